"""What a film's poster is and where its pictures are: the one door for pages, API and feeds.

Costs no query: everything comes from columns that `Film.objects.with_card()` has.
"""

from dataclasses import dataclass
from typing import Final

from accounts.picture_shapes import KEPT, Source, view_of
from config.paths import path
from films.models import Film

WIDTHS: Final = KEPT["poster"].shape.widths
_USUAL: Final = KEPT["poster"].shape.usual


@dataclass(frozen=True, slots=True)
class Poster:
    """`drawn` says that the site's press made it; `alt` is empty unless a curator described it.

    `stand_in` is the address of a tiny one to show beneath an uploaded poster, blurred; a drawn one has none.
    """

    src: str
    srcset: str
    width: int
    height: int
    alt: str
    drawn: bool
    stand_in: str = ""
    sources: tuple[Source, ...] = ()


def poster_of(film: Film) -> Poster:
    """The uploaded poster, else the drawn one. `src` is 360 by 540; `srcset` has every width."""
    if image := view_of(film.poster_key, "poster"):
        return Poster(
            image.src, image.srcset, image.width, image.height, film.poster_alt, False, image.stand_in, image.sources
        )
    src = drawn_url(film.pk, film.poster_version)
    stem = src.removesuffix(f"{_USUAL}.webp")
    srcset = ", ".join(f"{stem}{width}.webp {width}w" for width in WIDTHS)
    return Poster(src, srcset, _USUAL, _USUAL * 3 // 2, film.poster_alt, True)


def drawn_url(film_id: int, version: int, width: int = _USUAL) -> str:
    """The address of a drawn poster. It changes with the version, so that the picture may be kept for ever."""
    return path("films:drawn_poster", film_id, version, width)
