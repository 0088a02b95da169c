"""In which shapes and sizes pages show pictures: the one rule of cutting, and what a page needs of a cut picture.

A picture with a focal point is stored in two steps. At once its fresh files, enough to show it: every shape in one
size, as WebP. Later, by a job, all sizes of its shape as WebP and AVIF under a new key. Which of both a key means is
told by its folder, so that no page asks for a file that is yet to be made.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from accounts.picture_files import url_of

# What a field that chooses a picture says to the browser; static/js/preview.js shows the chosen one.
CHOOSER: Final = {"accept": "image/jpeg,image/png,image/webp", "data-preview": _("The chosen picture")}
FRESH: Final = "fresh"
STAND_IN: Final = 24  # pixels: shown blurred until the picture is there


@dataclass(frozen=True, slots=True)
class Source:
    """A better format for the browsers that know it, for a `<source>` before the `<img>`."""

    type: str
    srcset: str


@dataclass(frozen=True, slots=True)
class Cut:
    """Some files of a picture, named `<prefix><width>.<kind>`. `aspect` is width to height; None leaves it whole."""

    prefix: str
    widths: Sequence[int]
    aspect: float | None = None
    kinds: Sequence[str] = ("webp",)

    def order(self) -> dict[str, Any]:
        """As the worker reads it."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Shape:
    """A part of a picture that pages show. `usual` is the width for browsers that choose none.

    A kind that is shown in one shape only needs no name for it: its files are named by their widths.
    """

    name: str
    ratio: tuple[int, int]
    widths: tuple[int, ...]
    usual: int

    @property
    def aspect(self) -> float:
        return self.ratio[0] / self.ratio[1]

    def file(self, width: int) -> str:
        return f"{self.prefix}{width}"

    @property
    def prefix(self) -> str:
        return f"{self.name}-" if self.name else ""

    def fresh_cuts(self) -> list[Cut]:
        """What is made while the curator waits; the whole picture is for choosing its focal point."""
        return [Cut("whole-", (480,)), Cut(self.prefix, (STAND_IN, self.usual), self.aspect)]

    def all_cuts(self) -> list[Cut]:
        return [
            Cut("whole-", (480,)),
            Cut(self.prefix, (STAND_IN,), self.aspect),
            Cut(self.prefix, self.widths, self.aspect, ("webp", "avif")),
        ]


@dataclass(frozen=True, slots=True)
class Kept:
    """Where the pictures of a kind are stored, and in which shape they are shown."""

    folder: str
    shape: Shape


# By the field that holds a picture's key: `picture_key`, `portrait_key`, `poster_key`.
KEPT: Final = {
    "poster": Kept("posters", Shape("", (2, 3), (180, 360, 600), 360)),
    "picture": Kept("pictures", Shape("wide", (16, 9), (320, 640, 960, 1600), 640)),
    "portrait": Kept("portraits", Shape("face", (4, 5), (96, 192, 384), 192)),
}


@dataclass(frozen=True, slots=True)
class View:
    """A picture as a page shows it. `stand_in` is the address of a tiny one to show beneath it, blurred."""

    src: str
    srcset: str
    width: int
    height: int
    stand_in: str
    large: str
    sources: tuple[Source, ...] = ()


def view_of(key: str, field: str = "picture") -> View | None:
    """The picture with this key, from a row's column `<field>_key`; None without one. Costs no query."""
    if not key:
        return None
    shape = KEPT[field].shape
    src, stand_in = url_of(key, shape.file(shape.usual)), url_of(key, shape.file(STAND_IN))
    width, height = shape.usual, round(shape.usual / shape.aspect)
    if is_fresh(key):
        return View(src, f"{src} {shape.usual}w", width, height, stand_in, src)
    webp, avif = (_srcset(key, shape, kind) for kind in ("webp", "avif"))
    large = url_of(key, shape.file(shape.widths[-1]))
    return View(src, webp, width, height, stand_in, large, (Source("image/avif", avif),))


def whole_of(key: str) -> str:
    """The address of the picture as it was before cutting, 480 pixels wide; empty for no picture."""
    return url_of(key, "whole-480")


def is_fresh(key: str) -> bool:
    return key.startswith(f"{FRESH}/")


def _srcset(key: str, shape: Shape, kind: str) -> str:
    return ", ".join(f"{url_of(key, shape.file(width), kind)} {width}w" for width in shape.widths)
