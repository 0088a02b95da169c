"""A sheet to draw on, measured in its own units, whatever its size in pixels.

Compositions work in units only (600 by 900 to a poster), so that one film's poster is the
same picture at every width.
"""

from collections.abc import Callable, Iterable

from PIL import Image, ImageChops, ImageDraw

from films.press.palettes import Colour

type Paint = Colour | int
type Point = tuple[float, float]


class Sheet:
    """A picture of `width` by `height` units at `scale` pixels to the unit."""

    def __init__(
        self,
        width: float,
        height: float,
        scale: float,
        ground: Paint,
        mode: str = "RGB",
        pixels: tuple[int, int] | None = None,
    ) -> None:
        self.w, self.h, self.scale, self.mode = width, height, scale, mode
        self.image = Image.new(mode, pixels or (round(width * scale), round(height * scale)), ground)
        self.draw = ImageDraw.Draw(self.image)

    def _scaled(self, *lengths: float) -> tuple[float, ...]:
        return tuple(length * self.scale for length in lengths)

    def box(self, x0: float, y0: float, x1: float, y1: float, fill: Paint) -> None:
        if x1 > x0 and y1 > y0:
            a, b, c, d = self._scaled(x0, y0, x1, y1)
            self.draw.rectangle((a, b, max(a, c), max(b, d)), fill=fill)

    def pill(self, x0: float, y0: float, x1: float, y1: float, radius: float, fill: Paint) -> None:
        self.draw.rounded_rectangle(self._scaled(x0, y0, x1, y1), radius * self.scale, fill=fill)

    def disc(self, x: float, y: float, r: float, fill: Paint) -> None:
        self.draw.ellipse(self._scaled(x - r, y - r, x + r, y + r), fill=fill)

    def circle(self, x: float, y: float, r: float, colour: Paint, thickness: float) -> None:
        around = self._scaled(x - r, y - r, x + r, y + r)
        self.draw.ellipse(around, outline=colour, width=max(1, round(thickness * self.scale)))

    def slice(self, x: float, y: float, r: float, start: float, end: float, fill: Paint) -> None:
        """A piece of cake, in degrees from three o'clock."""
        self.draw.pieslice(self._scaled(x - r, y - r, x + r, y + r), start, end, fill=fill)

    def chord(self, x: float, y: float, r: float, start: float, end: float, fill: Paint) -> None:
        self.draw.chord(self._scaled(x - r, y - r, x + r, y + r), start, end, fill=fill)

    def shape(self, points: Iterable[Point], fill: Paint) -> None:
        self.draw.polygon([(x * self.scale, y * self.scale) for x, y in points], fill=fill)

    def line(self, points: Iterable[Point], colour: Paint, thickness: float) -> None:
        scaled = [(x * self.scale, y * self.scale) for x, y in points]
        self.draw.line(scaled, fill=colour, width=max(1, int(thickness * self.scale)), joint="curve")

    def tile(self, x: float, y: float, size: float, ground: Paint) -> "Tile":
        """A square whose drawing does not reach over its edges."""
        return Tile(self, x, y, size, ground)

    def mask(self, draw: Callable[["Sheet"], object]) -> Image.Image:
        """What a drawing in white covers of a sheet like this one."""
        sheet = Sheet(self.w, self.h, self.scale, 0, "L")
        draw(sheet)
        return sheet.image

    def overprint(self, draw: Callable[["Sheet"], object], ink: Colour, strength: float, light: bool) -> None:
        """Print a drawing as a second ink: on a dark sheet (`light`) it brightens, else it deepens."""
        mask = self.mask(draw)
        area = mask.getbbox()
        if area:
            below = self.image.crop(area)
            blend = ImageChops.screen if light else ImageChops.multiply
            above = blend(below, Image.new(self.mode, below.size, ink))
            part = mask.crop(area)
            if strength < 1:
                part = part.point([int(value * strength) for value in range(256)])
            self.image.paste(above, area[:2], part)


class Tile(Sheet):
    """Use with `with`: what was drawn is laid down at the end."""

    def __init__(self, parent: Sheet, x: float, y: float, size: float, ground: Paint) -> None:
        left, top = round(x * parent.scale), round(y * parent.scale)
        right, bottom = round((x + size) * parent.scale), round((y + size) * parent.scale)
        super().__init__(size, size, parent.scale, ground, parent.mode, (right - left, bottom - top))
        self._parent, self._corner = parent, (left, top)

    def __enter__(self) -> "Tile":
        return self

    def __exit__(self, *_: object) -> None:
        self._parent.image.paste(self.image, self._corner)
