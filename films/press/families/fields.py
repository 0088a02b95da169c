"""Patterns: compositions that fill a field with one figure."""

import math
import random
from functools import partial

from films.press.palettes import Colour
from films.press.press import MARGIN, Press
from films.press.sheet import Point, Sheet


def arcs(p: Press) -> None:
    """Rings around a point at the foot or in the middle."""
    r = p.rng
    ring = r.choice((64, 80, 100))
    x = r.choice((0.0, p.w, p.w / 2, p.w / 2))
    low = r.choice((True, False)) if x == p.w / 2 else True
    y = p.h if low else p.h * 0.58
    big = min(p.h * 0.67, p.w * 1.02) if low else p.w * 0.5 - MARGIN + 20
    colours = [p.accents[0], p.paper]
    if r.random() < 0.6:
        colours = [p.accents[0], p.accents[1], p.paper, p.accents[2]]
    count = max(3, int(big // (ring * 0.62)))
    for k in range(count):
        p.disc(x, y, big * (1 - k / count), colours[k % len(colours)])
    p.disc(x, y, big / count * 0.55, p.ink)
    if low:
        p.head(0.25, credit=46)
    else:
        p.head(0.27)
        p.credits()


def bauhaus(p: Press) -> None:
    """Sixteen tiles of plain geometry."""
    r, size = p.rng, p.w / 4
    top = r.random() < 0.5
    down = 0 if top else p.h - 4 * size
    pool = [*p.accents, p.ink, p.paper]
    for row in range(4):
        for column in range(4):
            ground, figure = r.sample(pool, 2)
            with p.tile(column * size, down + row * size, size, ground) as tile:
                _figure(tile, r, figure, ground, pool)
    if top:
        p.foot(0.70)
    else:
        p.head(0.235, largest=110, credit=44)


def _figure(tile: Sheet, r: random.Random, figure: Colour, ground: Colour, pool: list[Colour]) -> None:
    size = tile.w
    corners: list[Point] = [(0, 0), (size, 0), (size, size), (0, size)]
    match r.choice(("quarter", "quarter", "half", "circle", "triangle", "bars", "ring", "plain")):
        case "quarter":
            x, y = r.choice(corners)
            tile.disc(x, y, size, figure)
            if r.random() < 0.4:
                tile.disc(x, y, size * 0.5, r.choice(pool))
        case "half":
            start = r.choice((0, 90, 180, 270))
            tile.slice(size / 2, size / 2, size / 2, start, start + 180, figure)
        case "circle":
            tile.disc(size / 2, size / 2, size * r.choice((0.24, 0.36, 0.5)), figure)
        case "triangle":
            corners.pop(r.randrange(4))
            tile.shape(corners, figure)
        case "bars":
            count = r.choice((4, 6))
            for k in range(0, count, 2):
                near, far = k * size / count, (k + 1) * size / count
                if r.random() < 0.5:
                    tile.box(near, 0, far, size, figure)
                else:
                    tile.box(0, near, size, far, figure)
        case "ring":
            tile.disc(size / 2, size / 2, size * 0.42, figure)
            tile.disc(size / 2, size / 2, size * 0.2, ground)


def halftone(p: Press) -> None:
    """A ball or an eclipse in printer's dots."""
    r = p.rng
    step, angle = r.choice((20, 24, 30)), math.radians(r.choice((15, 30, 45)))
    x0, y0 = p.w * r.uniform(0.3, 0.7), p.h * r.uniform(0.34, 0.46)
    radius = p.w * r.uniform(0.5, 0.62)
    ball = r.choice((True, True, False))
    across, down = math.cos(angle) * step, math.sin(angle) * step
    reach = int(1100 / step)
    for i in range(-reach, reach):
        for j in range(-reach, reach):
            x, y = x0 + i * across - j * down, y0 + i * down + j * across
            if -step < x < p.w + step and -step < y < p.h * 0.76:
                _dot(p, x, y, x0, y0, radius, step, ball)
    p.foot(0.77)


def _dot(p: Press, x: float, y: float, x0: float, y0: float, radius: float, step: float, ball: bool) -> None:
    away = math.hypot(x - x0, y - y0)
    if not ball:
        glow = math.exp(-(((away - radius * 0.72) / (radius * 0.25)) ** 2))
        hot = min(1, glow * 1.2)
        a, b = p.accents[2], p.accents[0]
        colour = (int(a[0] + (b[0] - a[0]) * hot), int(a[1] + (b[1] - a[1]) * hot), int(a[2] + (b[2] - a[2]) * hot))
        p.disc(x, y, step * (0.08 + 0.58 * glow), colour)
    elif away < radius:
        from_light = math.hypot(x - x0 + radius * 0.38, y - y0 + radius * 0.42)
        p.disc(x, y, step * 0.66 * min(1, from_light / (radius * 1.5)) ** 1.25, p.accents[0])
    else:
        p.disc(x, y, step * (max(0, 1 - (away - radius) / (radius * 0.9)) ** 2 * 0.22 + 0.05), p.accents[2])


def spiral(p: Press) -> None:
    """Discs within discs, each a little aside."""
    r = p.rng
    x0, y0 = p.w * r.uniform(0.42, 0.58), p.h * r.uniform(0.36, 0.42)
    count = r.choice((11, 14, 18))
    big, drift, twist = p.w * 0.78, r.uniform(0.10, 0.2), r.uniform(2.2, 5)
    colours = (p.accents[0], p.paper, p.accents[0], p.accents[1])
    for k in range(count):
        t = k / count
        x = x0 + math.cos(twist * t * 3) * big * drift * t
        y = y0 + math.sin(twist * t * 3) * big * drift * t
        p.disc(x, y, big * (1 - t) ** 1.15, colours[k % 4] if k < count - 1 else p.ink)
    p.box(0, p.h * 0.73, p.w, p.h, p.paper)
    p.foot(0.76)


def truchet(p: Press) -> None:
    """Tiles with two quarter rings each, whose ends always meet."""
    r, size = p.rng, p.w / 5
    first, second, third = p.accents
    for row in range(6):
        for column in range(5):
            corners: tuple[Point, Point] = ((0, 0), (size, size)) if r.random() < 0.5 else ((size, 0), (0, size))
            inks = r.choice(((first, second), (second, first), (first, third)))
            with p.tile(column * size, row * size, size, p.paper) as tile:
                for (x, y), ink in zip(corners, inks, strict=True):
                    for reach, colour in ((0.70, ink), (0.56, p.paper), (0.44, ink), (0.30, p.paper)):
                        tile.disc(x, y, size * reach, colour)
    p.box(0, 6 * size - size / 6, p.w, p.h, p.paper)
    p.foot(0.83 if len(p.subject.title) < 16 else 0.80)


def petals(p: Press) -> None:
    """A flower in two layers of ink."""
    r = p.rng
    x, y = p.w * 0.5, p.h * 0.42
    count, big = r.choice((5, 6, 8, 9)), p.w * r.uniform(0.40, 0.46)
    spin = r.uniform(0, 2 * math.pi)
    bright = p.accents[1] if p.dark else max(p.accents[1:], key=sum)
    for layer, colour in ((1.0, p.accents[0]), (0.62, bright)):
        for k in range(count):
            angle = spin + 2 * math.pi * k / count + (0 if layer == 1 else math.pi / count)
            wide = big * (0.30 if count < 8 else 0.22) * layer
            outline = _petal(x, y, angle, big * 0.56 * layer, wide)
            petal = partial(Sheet.shape, points=outline, fill=215)
            if layer < 1 and not p.dark:  # the inner petals lie on top
                p.image.paste(colour, (0, 0), p.mask(petal))
            else:
                p.ink_over(petal, colour)
    p.disc(x, y, big * 0.13, p.accents[2])
    p.foot(0.73)


def _petal(x: float, y: float, angle: float, long: float, wide: float) -> list[Point]:
    """An ellipse that points away from (x, y)."""
    co, si = math.cos(angle), math.sin(angle)
    points = []
    for k in range(72):
        t = 2 * math.pi * k / 72
        out, side = long * 0.9 + long * math.cos(t), wide * math.sin(t)
        points.append((x + out * co - side * si, y + out * si + side * co))
    return points
