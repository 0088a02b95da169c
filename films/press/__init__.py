"""The poster press: a poster for any film that has no artwork.

`draw(Subject(title, year, director, genre), width)` gives a 2:3 picture. The same film always
gives the same picture, at every width; a genre leans the choice of composition and never fixes
it. It needs Pillow and the site's two font packages, and uses the machine's other fonts for
scripts that these lack.
"""

from typing import BinaryIO

from PIL import Image

from films.press.families import FAMILIES, family_of
from films.press.palettes import PALETTES
from films.press.press import WIDTH, Press
from films.press.subject import Subject

__all__ = ["FAMILIES", "PALETTES", "Subject", "draw", "write"]


def draw(subject: Subject, width: int) -> Image.Image:
    """A film's poster, `width` pixels wide and half as high again."""
    oversample = 3 if width < 300 else 2  # drawn larger and reduced, so that edges are clean
    press = Press(subject, width * oversample / WIDTH)
    FAMILIES[family_of(press)](press)
    return press.finish(width)


def write(poster: Image.Image, file: BinaryIO) -> None:
    """Write a poster as WebP. Method 2 takes a third of the default's time for a tenth more bytes."""
    poster.save(file, "WEBP", quality=76, method=2)
