"""`{% wall films %}` and `{% wall_card film sizes=… %}`: films on walls and shelves, each a card that is one link.

A card is drawn once for all who see it so (config/drawing.py).
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Final, NamedTuple

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
    """Three to six across as the place allows. `across`: "six" or "four" fixes the number, and "twelve" leaves
    out five, which does not go into a dozen. `heading`: "h2" or "h3"."""
    cards = SafeString("".join([wall_card(film, ON_A_WALL, heading) for film in films]))
    return drawn(
        '<div class="wall-box"><ul role="list" class="wall{}">{}</ul></div>', f" {across}" if across else "", cards
    )


@register.simple_tag
def wall_card(
    film: Film,
    sizes: str = ON_A_WALL,
    heading: str = "h3",
    rating: str = "",
    rank: int = 0,
    below: str = "",
    because: str = "",
) -> SafeString:
    """A film as `Film.objects.with_card()` has it, and the reader's `mark` of it and what they are `warned` of, if any.

    `rating`: a member's, drawn; it stands instead of year and average. `rank`: its position, `below`: what is said of
    it there. `because`: why it is there.
    """
    mark = getattr(film, "mark", None)
    rating, below, because = (conditional_escape(text) if text else "" for text in (rating, below, because))
    warned = warning(getattr(film, "warned", ()))
    seen, liked = bool(mark and mark.is_watched), bool(mark and mark.is_liked)
    look = Look(sizes, heading, rank, rating, below, because, warned, seen, liked)
    # All that is read of the film, also by films/posters.py.
    facts = film.pk, film.slug, film.title, film.year, film.average, film.poster_key, film.poster_version
    return SafeString(remembered(("film card", get_language(), *facts, *look), lambda: _drawn(film, look)))


class Look(NamedTuple):
    """How a card is to look. The four texts are HTML."""

    sizes: str
    heading: str
    rank: int
    rating: str
    below: str
    because: str
    warned: str
    watched: bool
    liked: bool


@register.simple_tag
def warning(names: Sequence[str]) -> SafeString:
    """The line that says of what in a film its reader asked to be told; nothing where that is nothing."""
    if not names:
        return SafeString("")
    said = _("You asked to be told: %(names)s") % {"names": ", ".join(names)}
    return drawn('<p class="hint">{} {}</p>', icon("alert", "s"), said)


@register.simple_tag
def film_facts(film: Film) -> SafeString:
    """Its year and its average, as far as they are known."""
    year = f"<span>{film.year:d}</span>" if film.year else ""
    return SafeString(year + (_average(film.average, get_language()) if film.average else ""))


def _drawn(film: Film, look: Look) -> SafeString:
    below = drawn('<p class="film-facts">{}</p>', look.below) if look.below else ""
    because = drawn('<p class="because">{}</p>', look.because) if look.because else ""
    return drawn(
        CARD,
        poster(film, look.sizes),
        look.heading,
        drawn('<span class="rank">{}<span class="vh">.</span></span> ', look.rank) if look.rank else "",
        film.get_absolute_url(),
        film.title,
        look.heading,
        look.rating or film_facts(film),
        _marks(look.watched, look.liked, get_language()) if look.watched or look.liked else "",
        SafeString(below + because + look.warned),
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
