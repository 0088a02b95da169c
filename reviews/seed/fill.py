"""Fills a new site: films, what the house says of one of them, and the first posters."""

from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from config.jobs import enqueue
from films.models import CollectionEntry, Film
from films.press import stock
from films.seed.bulk import take_turns
from films.seed.load import Progress, load
from reviews.actions.charting import draw_charts
from reviews.actions.documents import NotLoaded, load_document
from reviews.actions.learning import LEARN
from reviews.models import Article, Document, Review

DOCUMENTS: Final = Path(__file__).parent / "documents"
TEXTS: Final = (".md", ".txt")
POSTERS_AHEAD: Final = 24  # the front page's first look; the others are drawn when somebody asks


@dataclass(frozen=True, slots=True)
class Filled:
    films: int
    documents: int
    posters: int


def fill(*, progress: Progress = lambda step: None) -> Filled:
    """Add what is missing, and change nothing that is there."""
    films = load(progress=progress)
    if films:
        with transaction.atomic():
            enqueue(LEARN, once=LEARN)
    documents = load_first_documents(progress)
    if films:
        progress(_("Drawing up charts"))
        draw_charts()
    return Filled(films, documents, draw_first_posters(progress) if films else 0)


@transaction.atomic
def load_first_documents(progress: Progress) -> int:
    """The house's own texts, where nobody has written anything yet. What somebody took away stays away."""
    take_turns()
    if any(model.objects.exists() for model in (Document, Review, Article)):
        return 0
    progress(_("Reading the house's own texts"))
    return sum(load_first_document(path) for path in sorted(DOCUMENTS.iterdir()) if path.suffix in TEXTS)


def load_first_document(path: Path) -> bool:
    try:
        return load_document(source=path).is_new
    except NotLoaded:  # a catalogue of somebody's own need not have the film
        return False


def draw_first_posters(progress: Progress) -> int:
    """Those of the front page: the best known films, and the films of its collections."""
    progress(_("Drawing posters"))
    shown = CollectionEntry.objects.filter(collection__on_front_page=True).select_related("film")
    films = {film.pk: film for film in chain(Film.objects.popular()[:POSTERS_AHEAD], (entry.film for entry in shown))}
    return stock.draw_posters(films.values())
