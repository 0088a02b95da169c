"""Fills a new site: films, what the house says of one of them, and the first posters."""

from dataclasses import dataclass
from itertools import chain
from typing import Final

from django.utils.translation import gettext as _

from films.models import CollectionEntry, Film
from films.press import stock
from films.seed.load import Progress, load

POSTERS_AHEAD: Final = 24  # the front page's first look; the others are drawn when somebody asks


@dataclass(frozen=True, slots=True)
class Filled:
    films: int
    posters: int


def fill(*, progress: Progress = lambda step: None) -> Filled:
    """Add what is missing, and change nothing that is there."""
    films = load(progress=progress)
    return Filled(films, draw_first_posters(progress) if films else 0)


def draw_first_posters(progress: Progress) -> int:
    """Those of the front page: the best known films, and the films of its collections."""
    progress(_("Drawing posters"))
    shown = CollectionEntry.objects.filter(collection__on_front_page=True).select_related("film")
    films = {film.pk: film for film in chain(Film.objects.popular()[:POSTERS_AHEAD], (entry.film for entry in shown))}
    return stock.draw_posters(films.values())
