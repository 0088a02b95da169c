"""Social cards: the picture of 1200 by 630 that other sites show beside a link to this one.

Three compositions, in the colours of the house with its lights down: a film beside its poster, what
somebody said of a film, and a fan of posters for whatever holds several films.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO, Final

from PIL import Image, ImageDraw, ImageFilter, ImageFont

from films.press import lines
from films.press.fonts import Words, words
from films.press.palettes import Colour, mix
from films.press.romanise import romanised
from films.press.sheet import Point, Sheet

WIDTH, HEIGHT = 1200, 630
SCALE: Final = 2  # drawn larger and reduced, so that edges are clean
MARGIN: Final = 60
POSTER: Final = (340, 510)
GROUND: Final[Colour] = (21, 13, 18)
TEXT: Final[Colour] = (246, 240, 231)
SOFT: Final[Colour] = (202, 191, 183)
RASPBERRY: Final[Colour] = (250, 135, 155)
TORCH: Final[Colour] = (250, 203, 92)
FIELD: Final[Colour] = (121, 14, 51)
ON_FIELD: Final[Colour] = (252, 243, 231)
ON_FIELD_SOFT: Final[Colour] = (244, 199, 195)
# The mark, a pause sign whose bars are curtains, in a box of 34 by 48.
_CURTAIN: Final[tuple[Point, ...]] = ((0, 0), (14, 0), (13.7, 12), (12.9, 26), (10.8, 48), (0, 48))


@dataclass(frozen=True, slots=True)
class Box:
    x: float
    y: float
    width: float
    height: float


class Card(Sheet):
    """A sheet for one card."""

    def __init__(self, ground: Colour) -> None:
        self.ground = ground
        super().__init__(WIDTH, HEIGHT, SCALE, ground)

    # Pictures

    def spill(self, poster: Image.Image) -> None:
        """The light of a poster: its colours, blurred and brought to one luminosity, fading into the ground."""
        colours = poster.convert("RGB").resize((12, 8), Image.Resampling.BOX).filter(ImageFilter.GaussianBlur(1.5))
        _light, blue, red = colours.convert("YCbCr").split()
        even = Image.merge("YCbCr", (Image.new("L", colours.size, 66), blue, red)).convert("RGB")
        size = self.image.size
        fade = Image.linear_gradient("L").resize(size).point([255 - v * 2 // 3 for v in range(256)])
        light = even.resize(size, Image.Resampling.BICUBIC)
        self.image.paste(Image.blend(Image.new("RGB", size, self.ground), light, 0.62), (0, 0), fade)

    def poster(self, picture: Image.Image, box: Box, *, edge: Colour | None = None) -> None:
        """A poster, cut to its box, with the corners that posters have on pages."""
        left, top, right, bottom = (
            round(length * self.scale) for length in (box.x, box.y, box.x + box.width, box.y + box.height)
        )
        size = (right - left, bottom - top)
        mask = Image.new("L", size, 0)
        ImageDraw.Draw(mask).rounded_rectangle((0, 0, size[0] - 1, size[1] - 1), 10 * self.scale, fill=255)
        if edge:
            self.pill(box.x - 3, box.y - 3, box.x + box.width + 3, box.y + box.height + 3, 13, edge)
        self.image.paste(filled(picture.convert("RGB"), size), (left, top), mask)

    def mark(self, x: float, y: float, height: float, colour: Colour) -> None:
        unit = height / 48
        for sign, edge in ((1, x), (-1, x + 34 * unit)):
            self.shape([(edge + sign * px * unit, y + py * unit) for px, py in _CURTAIN], colour)

    def stars(self, x: float, y: float, size: float, half_stars: int, colour: Colour, faint: Colour) -> float:
        """Five stars, so many halves of them lit, with their top at y; returns where they end."""
        for number in range(5):
            points = star(x + number * size * 1.16 + size / 2, y + size / 2, size / 2)
            lit = min(2, max(0, half_stars - 2 * number))
            self.shape(points, colour if lit == 2 else faint)
            if lit == 1:
                self.shape([point for point in points if point[0] <= points[0][0] + 0.01], colour)
        return x + 5 * size * 1.16

    # Words

    def font(self, text: Words, size: float) -> ImageFont.FreeTypeFont:
        return text.font(size * self.scale)

    def block(
        self, said: Sequence[str], role: str, box: Box, largest: float, fill: Colour, *, bottom: bool = False
    ) -> float:
        """Set the first of these texts that a font here has every letter of, as large as its box allows.

        Returns the last baseline, or the box's edge when none can be set.
        """
        text = settable(said, role)
        if text is None:
            return box.y + box.height if bottom else box.y
        setting = lines.fit(text.text, text.measure(), box.width, box.height, largest, 1.1 if text.own else 1.32)
        font = self.font(text, setting.size)
        rise = -font.getbbox("H" if text.own else setting.lines[0], anchor="ls")[1] / self.scale
        deep = rise + setting.step * (len(setting.lines) - 1)
        y = (box.y + box.height - deep if bottom else box.y) + rise
        for line in setting.lines:
            self.say(box, y, line, font, fill, rightward=text.rightward)
            y += setting.step
        return y - setting.step

    def row(self, said: Sequence[str], box: Box, size: float, fill: Colour, *, role: str = "sans_mid") -> None:
        """One line whose baseline is the foot of the box, cut to its width."""
        text = settable(said, role)
        if text is not None:
            cut = lines.shortened(text.text, text.measure(), box.width / size)
            foot = box.y + box.height
            self.say(box, foot, cut, self.font(text, size), fill, rightward=text.rightward)

    def say(
        self, box: Box, y: float, line: str, font: ImageFont.FreeTypeFont, fill: Colour, *, rightward: bool
    ) -> None:
        x, anchor = (box.x + box.width, "rs") if rightward else (box.x, "ls")
        self.draw.text((x * self.scale, y * self.scale), line, font=font, fill=fill, anchor=anchor)

    def signed(self, house: str, fill: Colour, mark: Colour) -> None:
        """The house's mark and name, at the foot on the right."""
        text = settable([house], "serif")
        wide = min(420.0, text.measure()(text.text) * 32) if text else 0.0
        x = WIDTH - MARGIN - wide
        self.mark(x - 34, HEIGHT - MARGIN - 27, 30, mark)
        self.row([house], Box(x, HEIGHT - MARGIN - 32, 421, 32), 32, fill, role="serif")

    def finish(self) -> Image.Image:
        return self.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)


def film_card(
    poster: Image.Image, *, titles: Sequence[str], facts: str, half_stars: int, average: str, house: str
) -> Image.Image:
    """A film: its poster, its title, its facts, its average in words and as the stars nearest to it (0: none yet)."""
    card = Card(GROUND)
    card.spill(poster)
    card.poster(poster, Box(MARGIN, MARGIN, *POSTER))
    column = Box(MARGIN + POSTER[0] + 56, MARGIN, WIDTH - 2 * MARGIN - POSTER[0] - 56, 310)
    last = card.block(titles, "serif", column, 104, TEXT)
    card.row([facts], Box(column.x, last, column.width, 62), 31, SOFT)
    if average:
        end = card.stars(column.x, HEIGHT - MARGIN - 38, 38, half_stars, TORCH, mix(GROUND, TEXT, 0.22))
        card.row([average], Box(end + 14, HEIGHT - MARGIN - 32, 120, 26), 38, TEXT, role="serif")
    card.signed(house, TEXT, RASPBERRY)
    return card.finish()


def words_card(
    poster: Image.Image, *, said: str, by: str, about: Sequence[str], half_stars: int, house: str
) -> Image.Image:
    """What somebody said of a film: their words, their stars (0: none), their name, the film."""
    card = Card(GROUND)
    card.spill(poster)
    column = Box(MARGIN, MARGIN, WIDTH - 3 * MARGIN - 240, 0)
    top: float = MARGIN
    if half_stars:
        card.stars(column.x, top, 34, half_stars, TORCH, mix(GROUND, TEXT, 0.22))
        top += 62
    card.block([said], "serif", Box(column.x, top, column.width, HEIGHT - MARGIN - 112 - top), 60, TEXT)
    card.poster(poster, Box(WIDTH - MARGIN - 240, MARGIN, 240, 360))
    card.row([by], Box(column.x, HEIGHT - MARGIN - 66, column.width, 26), 30, TEXT)
    card.row(about, Box(column.x, HEIGHT - MARGIN - 26, column.width - 60, 26), 27, SOFT)
    card.signed(house, TEXT, RASPBERRY)
    return card.finish()


def shelf_card(posters: Sequence[Image.Image], *, title: str, facts: str, house: str) -> Image.Image:
    """Several films: a fan of up to four posters over a field of flat colour."""
    card = Card(FIELD)
    wide, high, step = 230, 345, 150
    left = WIDTH - MARGIN - wide - step * (min(4, len(posters)) - 1)
    for number, poster in reversed(list(enumerate(posters[:4]))):
        card.poster(poster, Box(left + number * step, MARGIN, wide, high), edge=FIELD)
    column = Box(MARGIN, MARGIN, (left if posters else WIDTH - MARGIN) - MARGIN - 44, 400)
    card.block([title, romanised(title)], "serif", column, 84, ON_FIELD)
    card.row([facts], Box(MARGIN, HEIGHT - MARGIN - 26, 700, 26), 30, ON_FIELD_SOFT)
    card.signed(house, ON_FIELD, ON_FIELD)
    return card.finish()


def write_card(card: Image.Image, file: BinaryIO) -> None:
    """As JPEG, which every site that shows cards can read, with the colours of small type kept."""
    card.save(file, "JPEG", quality=86, optimize=True, progressive=True, subsampling=0)


def settable(said: Sequence[str], role: str) -> Words | None:
    """The first of some texts that can be set without a box, else the first in Latin letters."""
    texts = [*said, *(romanised(each) for each in said)]
    return next((found for text in texts if text and (found := words(text, role))), None)


def star(x: float, y: float, radius: float) -> list[Point]:
    """Five points around (x, y), the first of them up."""
    found = []
    for corner in range(10):
        reach = radius if corner % 2 == 0 else radius * 0.42
        angle = math.radians(36 * corner - 90)
        found.append((x + reach * math.cos(angle), y + reach * math.sin(angle)))
    return found


def filled(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    """A picture that covers a box of this size, cut around its middle."""
    wide, high = picture.size
    grown = max(size[0] / wide, size[1] / high)
    part = (size[0] / grown, size[1] / grown)
    left, top = (wide - part[0]) / 2, (high - part[1]) / 2
    return picture.resize(size, Image.Resampling.LANCZOS, box=(left, top, left + part[0], top + part[1]))
