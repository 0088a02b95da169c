"""The press: one poster in the making, with its paints, its dice and its type."""

from collections.abc import Callable
from typing import Literal

from PIL import Image, ImageChops, ImageFilter, ImageFont

from films.press import lines
from films.press.fonts import Words, words
from films.press.palettes import PALETTES, Colour, rgb
from films.press.romanise import romanised
from films.press.sheet import Sheet
from films.press.subject import Subject

WIDTH, HEIGHT = 600, 900  # units
MARGIN = 44  # of all type
SMALL_TYPE = 15.5
TRACKING = 0.14
HAIRLINE = 1.2

type Align = Literal["left", "center", "right"]
_ANCHORS = {"left": "ls", "center": "ms", "right": "rs"}


class Press(Sheet):
    """A sheet that knows its film."""

    def __init__(self, subject: Subject, scale: float) -> None:
        self.subject = subject
        self.rng = subject.chance()
        self.fonts: dict[tuple[Words, float], ImageFont.FreeTypeFont] = {}
        self._named: dict[str, Words | None] = {}
        chosen = self.rng.choice(sorted(PALETTES))
        self.palette = subject.palette if subject.palette in PALETTES else chosen
        self.paper, self.ink, *accents = map(rgb, PALETTES[self.palette])
        self.accents: list[Colour] = accents
        self.dark = sum(self.paper) < 300
        super().__init__(WIDTH, HEIGHT, scale, self.paper)

    def darken(self) -> None:
        """Swap paper and ink if the paper is light: some scenes need a dark room."""
        if not self.dark:
            self.paper, self.ink, self.dark = self.ink, self.paper, True
            self.box(0, 0, self.w, self.h, self.paper)

    def ink_over(self, draw: Callable[[Sheet], object], ink: Colour, strength: float = 1.0) -> None:
        """Overprint in the way that suits the paper."""
        self.overprint(draw, ink, strength, light=self.dark)

    # Words

    def named(self, role: str) -> Words | None:
        """The title as it can be set: itself, the original one, or in Latin letters."""
        if role not in self._named:
            film = self.subject
            texts = (film.title, film.original_title, romanised(film.title), romanised(film.original_title))
            settings = (words(text, role) for text in texts if text)
            self._named[role] = next((setting for setting in settings if setting), None)
        return self._named[role]

    def font(self, text: Words, size: float) -> ImageFont.FreeTypeFont:
        key = (text, size)
        if key not in self.fonts:
            self.fonts[key] = text.font(size * self.scale)
        return self.fonts[key]

    def title(
        self,
        box: tuple[float, float, float, float],
        role: str | None = None,
        largest: float = 150,
        align: Align = "left",
        valign: Literal["top", "bottom"] = "top",
    ) -> float:
        """Set the title as large as its box allows; returns its last baseline."""
        role = role or self.rng.choice(("sans", "serif", "sans"))
        x0, y0, x1, y1 = box
        text = self.named(role)
        if text is None:
            return y0 if valign == "top" else y1
        leading = 1.3 if not text.own else 0.94 if role == "sans" else 1.0
        setting = lines.fit(text.text, text.measure(), x1 - x0, y1 - y0, largest, leading)
        font = self.font(text, setting.size)
        rise, drop = self._reach(text, setting, font)
        block = rise + setting.step * (len(setting.lines) - 1)
        y = (y0 if valign == "top" else y1 - drop - block) + rise
        if text.rightward and align == "left":
            align = "right"
        for line in setting.lines:
            bearing = font.getbbox(line, anchor="ls")[0] / self.scale
            x = {"left": x0 - bearing, "center": (x0 + x1) / 2, "right": x1}[align]
            self.text(x, y, line, font, self.ink, _ANCHORS[align])
            y += setting.step
        return y - setting.step + drop

    def _reach(self, text: Words, setting: lines.Setting, font: ImageFont.FreeTypeFont) -> tuple[float, float]:
        """How far the block stands above its first baseline and hangs below its last.

        Own faces stand on their capitals: marks, and tails that are not long, reach into the
        white around.
        """
        if not setting.lines:
            return 0.0, 0.0
        drop = font.getbbox(setting.lines[-1], anchor="ls")[3] / self.scale
        if text.own:
            return -font.getbbox("H", anchor="ls")[1] / self.scale, max(0.0, drop - 18)
        return -font.getbbox(setting.lines[0], anchor="ls")[1] / self.scale, max(0.0, drop)

    def text(self, x: float, y: float, text: str, font: ImageFont.FreeTypeFont, fill: Colour, anchor: str) -> None:
        self.draw.text((x * self.scale, y * self.scale), text, font=font, fill=fill, anchor=anchor)

    def small(self, x: float, y: float, text: str, fill: Colour, room: float, align: Align = "left") -> None:
        """A credit: letterspaced capitals where the script has them, made to fit its room."""
        setting = words(text, "sans_mid")
        if setting is None:
            return
        track = TRACKING if setting.separable else 0.0
        said = setting.text.upper() if setting.separable else setting.text
        measure = setting.measure()

        def width(part: str) -> float:
            return sum(measure(c) + track for c in part) - track if track else measure(part)

        largest = SMALL_TYPE if track else SMALL_TYPE * 1.25
        size = min(largest, max(10.5, room / max(width(said), 0.01)))
        said = lines.shortened(said, width, room / size)
        font = self.font(setting, size)
        if not track:
            self.text(x, y, said, font, fill, _ANCHORS[align])
            return
        x -= {"left": 0.0, "center": 0.5, "right": 1.0}[align] * width(said) * size
        for c in said:
            self.text(x, y, c, font, fill, "ls")
            x += (measure(c) + track) * size

    # Where the words stand

    def head(self, depth: float, *, largest: float = 150, credit: float | None = None) -> None:
        """The title at the head down to `depth` of the sheet, a credit line `credit` units below it."""
        last = self.title((MARGIN, MARGIN + 6, self.w - MARGIN, self.h * depth), largest=largest)
        if credit is not None:
            year = "" if self.subject.year is None else str(self.subject.year)
            said = "  ".join(part for part in (self.subject.director, year) if part)
            self.small(MARGIN, last + credit, said, self.ink, self.w - 2 * MARGIN)

    def foot(self, top: float, *, role: str | None = None, largest: float = 150) -> None:
        """The title at the foot from `top` of the sheet, the credits under it."""
        box = (MARGIN, self.h * top, self.w - MARGIN, self.h - MARGIN - 58)
        self.title(box, role=role, largest=largest, valign="bottom")
        self.credits()

    def credits(self, fill: Colour | None = None, rule: bool = True, lift: float = 0) -> None:
        """Director on the left, year on the right, over a hairline, at the foot."""
        y, film, fill = self.h - MARGIN - lift, self.subject, fill or self.ink
        year = "" if film.year is None else str(film.year)
        if rule and (film.director or year):
            self.box(MARGIN, y - 30, self.w - MARGIN, y - 30 + HAIRLINE, fill)
        self.small(MARGIN, y, film.director, fill, self.w - 2 * MARGIN - (90 if year else 0))
        self.small(self.w - MARGIN, y, year, fill, 90, "right")

    # The end

    def finish(self, width: int) -> Image.Image:
        """The sheet at its final width, with a breath of grain and of shade."""
        size = (width, width * 3 // 2)
        image = self.image.resize(size, Image.Resampling.LANCZOS)
        noise = Image.frombytes("L", size, self.rng.randbytes(size[0] * size[1]))
        noise = noise.filter(ImageFilter.GaussianBlur(0.6)).point([128 + (v - 128) // 3 for v in range(256)])
        image = Image.blend(image, ImageChops.overlay(image, noise.convert("RGB")), 0.3)
        shade = Image.linear_gradient("L").resize(size).point([255 - v // 14 for v in range(256)])
        return ImageChops.multiply(image, Image.merge("RGB", (shade,) * 3))
