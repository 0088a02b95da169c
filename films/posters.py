"""What a film's poster is and where its pictures are: the one door for pages, API and feeds.

Costs no query: everything comes from columns that `Film.objects.with_card()` has.
"""

from dataclasses import dataclass
from typing import Final

from django.urls import reverse

from accounts.picture_files import srcset_of, url_of
from accounts.picture_shapes import Source
from films.models import Film

WIDTHS: Final = (180, 360, 600)
RATIO: Final = 2 / 3
_USUAL: Final = 360


@dataclass(frozen=True, slots=True)
class Poster:
    """`drawn` says that the site's press made it; `alt` is empty unless a curator described it."""

    src: str
    srcset: str
    width: int
    height: int
    alt: str
    drawn: bool
    sources: tuple[Source, ...] = ()


def poster_of(film: Film) -> Poster:
    """The uploaded poster, else the drawn one. `src` is 360 by 540; `srcset` has every width."""
    if film.poster_key:
        src, srcset = url_of(film.poster_key, _USUAL), srcset_of(film.poster_key, WIDTHS)
        sources: tuple[Source, ...] = (Source("image/avif", srcset_of(film.poster_key, WIDTHS, "avif")),)
    else:
        src = drawn_url(film.pk, film.poster_version)
        stem = src.removesuffix(f"{_USUAL}.webp")
        srcset = ", ".join(f"{stem}{width}.webp {width}w" for width in WIDTHS)
        sources = ()
    return Poster(src, srcset, _USUAL, _USUAL * 3 // 2, film.poster_alt, not film.poster_key, sources)


def drawn_url(film_id: int, version: int, width: int = _USUAL) -> str:
    """The address of a drawn poster. It changes with the version, so that the picture may be kept for ever."""
    return reverse("films:drawn_poster", args=[film_id, version, width])
