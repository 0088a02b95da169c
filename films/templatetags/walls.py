"""`{% wall films %}` and `{% wall_card film sizes=… %}`: films on walls and shelves, each a card that is one link.

A card is drawn once for all who see it so (config/drawing.py).
"""

from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from typing import Final

from django import template
from django.template.defaultfilters import floatformat
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.templatetags.icons import icon
from config.drawing import drawn
from config.keeping import remembered
from films.models import Film
from films.templatetags.posters import poster

register = template.Library()

CARD: Final = """\
<li class="film">{}<{} class="film-name">{}<a href="{}">{}</a></{}><p class="film-facts">{}{}</p>{}</li>"""
ON_A_WALL: Final = "(min-width: 76rem) 11.5rem, (min-width: 48rem) 18vw, 30vw"  # what a poster measures there


@register.simple_tag
def wall(films: Iterable[Film], heading: str = "h3", across: str = "") -> SafeString:
    """Three to six across as the place allows. `across`: "six" or "four" fixes the number. `heading`: "h2" or "h3"."""
    cards = SafeString("".join([wall_card(film, ON_A_WALL, heading) for film in films]))
    return drawn(
        '<div class="wall-box"><ul role="list" class="wall{}">{}</ul></div>', f" {across}" if across else "", cards
    )


@register.simple_tag
def wall_card(
    film: Film, sizes: str = ON_A_WALL, heading: str = "h3", rating: str = "", rank: int = 0, below: str = ""
) -> SafeString:
    """A film as `Film.objects.with_card()` has it, and the reader's `mark` of it, if there is one.

    `rating`: a member's, drawn; it stands instead of year and average. `rank`: its position, `below`: what is said of
    it there.
    """
    mark = getattr(film, "mark", None)
    said = rating and conditional_escape(rating), rank, below and conditional_escape(below)
    shown = sizes, heading, *said, bool(mark and mark.is_watched), bool(mark and mark.is_liked)
    # All that is read of the film, also by films/posters.py.
    facts = film.pk, film.slug, film.title, film.year, film.average, film.poster_key, film.poster_version
    return SafeString(remembered(("film card", get_language(), *facts, *shown), lambda: _drawn(film, *shown)))


@register.simple_tag
def film_facts(film: Film) -> SafeString:
    """Its year and its average, as far as they are known."""
    year = f"<span>{film.year:d}</span>" if film.year else ""
    return SafeString(year + (_average(film.average, get_language()) if film.average else ""))


def _drawn(
    film: Film, sizes: str, heading: str, rating: str, rank: int, below: str, watched: bool, liked: bool
) -> SafeString:
    return drawn(
        CARD,
        poster(film, sizes),
        heading,
        drawn('<span class="rank">{}<span class="vh">.</span></span> ', rank) if rank else "",
        film.get_absolute_url(),
        film.title,
        heading,
        rating or film_facts(film),
        _marks(watched, liked, get_language()) if watched or liked else "",
        drawn('<p class="film-facts">{}</p>', below) if below else "",
    )


@lru_cache(maxsize=1000)
def _average(average: Decimal, _language: str | None) -> SafeString:
    said = '<span class="avg">{}<span class="vh">{} </span>{}</span>'
    return drawn(said, icon("star"), _("Average rating"), floatformat(average, 1))


@lru_cache(maxsize=1000)
def _marks(watched: bool, liked: bool, _language: str | None) -> SafeString:
    said = '<span class="{}">{}<span class="vh">{}</span></span>'
    seen = drawn(said, "seen", icon("eye", "s"), _("You have watched this")) if watched else ""
    heart = drawn(said, "liked", icon("heart", "s"), _("You liked this")) if liked else ""
    return drawn('<span class="film-mark">{}{}</span>', seen, heart)
