"""Places: a road, a horizon, a wall of windows, a stair, a planet, a cinema."""

import math
from functools import partial

from films.press.palettes import mix, most_legible
from films.press.press import MARGIN, Press
from films.press.sheet import Sheet


def horizon(p: Press) -> None:
    """A sun over hills."""
    r = p.rng
    x, sun, top = p.w * r.choice((0.34, 0.5, 0.66)), p.w * r.uniform(0.24, 0.36), p.h * r.uniform(0.52, 0.6)
    p.disc(x, top, sun, p.accents[1])
    if r.random() < 0.5:  # slats across the sun
        for k in range(6):
            y = top - sun * 0.15 + k * sun * 0.19
            p.box(0, y, p.w, y + 2 + k * 3, p.paper)
    layers = r.choice((4, 5, 6))
    near = p.paper if p.dark else p.accents[2]
    for k in range(layers):
        base = top + sun * 0.25 + (p.h - top - sun * 0.25) * k / layers
        wave, phase, tall = r.uniform(0.5, 1.5) * 2 * math.pi, r.uniform(0, 2 * math.pi), 46 - 4 * k
        crest = [
            (
                p.w * i / 75,
                base + tall * math.sin(wave * i / 75 + phase) + tall * 0.3 * math.sin(2.3 * wave * i / 75 + phase),
            )
            for i in range(76)
        ]
        p.shape([*crest, (p.w, p.h), (0, p.h)], mix(p.accents[0], near, k / max(1, layers - 1) * 0.8))
    p.head(0.24)
    p.credits(fill=most_legible(mix(p.accents[0], near, 0.8), p.ink, p.paper), rule=False)


def beam(p: Press) -> None:
    """A projector's light over rows of seats."""
    p.darken()
    r = p.rng
    left = r.random() < 0.5
    x0, y0 = p.w * (0.06 if left else 0.94), p.h * 0.06
    far = p.w if left else 0.0
    near = p.w * (0.18 if left else 0.82)
    for k in range(5):
        s = k / 5
        light = [
            (x0, y0),
            (far, p.h * (0.30 + 0.10 * s)),
            (far, p.h * (0.86 - 0.08 * s)),
            (near * (1 - s) + far * s * 0.3, p.h * 0.86),
        ]
        p.ink_over(partial(Sheet.shape, points=light, fill=255), mix(p.paper, p.accents[1], 0.55), 0.55)
    for _ in range(90):  # dust
        t, u = r.random(), r.random()
        p.disc(x0 + (far - x0) * t, y0 + t * p.h * (0.28 + 0.5 * u), r.uniform(0.8, 3.2), p.ink)
    seats = r.choice((5, 6, 7))
    wide = p.w / seats
    for row in range(3):
        y = p.h * (0.66 + 0.07 * row)
        colour = mix(p.accents[0], p.paper, 0.5 - 0.25 * row)
        for i in range(-1, seats + 1):
            x = (i + 0.5 * (row % 2)) * wide
            p.pill(x + wide * 0.06, y, x + wide * 0.94, y + p.h * 0.2, wide * 0.3, colour)
    p.box(0, p.h * 0.855, p.w, p.h, p.paper)
    sides = (p.w * 0.3, p.w - MARGIN) if left else (MARGIN, p.w * 0.7)
    p.title((sides[0], MARGIN + 6, sides[1], p.h * 0.3), align="right" if left else "left", largest=100)
    p.credits(lift=14, rule=False)


def windows(p: Press) -> None:
    """A house at night, somebody at one window."""
    r = p.rng
    columns, rows = r.choice(((5, 7), (6, 8), (7, 10)))
    top = p.h * 0.30
    wide, tall = p.w / columns, (p.h - top) / rows
    pad = wide * 0.14
    wall = mix(p.paper, p.ink, 0.10 if p.dark else 0.16)
    p.box(0, top, p.w, p.h, wall)
    home = (r.randrange(columns), r.randrange(1, rows - 2))
    for j in range(rows):
        for i in range(columns):
            x0, y0 = i * wide + pad, top + j * tall + pad
            x1, y1 = x0 + wide - 2 * pad, y0 + tall - 2 * pad
            v = r.random()
            light = p.accents[1] if v < 0.2 else p.accents[2] if v < 0.34 else mix(wall, p.paper, 0.7)
            p.box(x0, y0, x1, y1, p.accents[0] if (i, j) == home else light)
            if (i, j) == home:
                x = (x0 + x1) / 2
                p.disc(x, y1 - tall * 0.28, tall * 0.1, p.paper)
                p.slice(x, y1 + tall * 0.01, tall * 0.19, 180, 360, p.paper)
            elif v < 0.34 and r.random() < 0.5:  # a blind
                p.box(x0, y0, x1, y0 + (tall - 2 * pad) * r.uniform(0.25, 0.6), mix(light, wall, 0.5))
    p.head(0.215, largest=104, credit=40)


def orbit(p: Press) -> None:
    """A planet, its limb lit, and what goes round it."""
    r = p.rng
    x, y, big = p.w * r.uniform(0.3, 0.7), p.h * 0.62, p.w * 0.36
    for k in range(1, 6):
        away, angle = big * (1 + 0.38 * k), r.uniform(0, 2 * math.pi)
        p.circle(x, y, away, mix(p.paper, p.ink, 0.38), 1.5)
        size, colour = r.uniform(8, 30), r.choice(p.accents)
        for turned in (angle, -angle, math.pi - angle, math.pi + angle):  # clear of all type
            moon = (x + away * math.cos(turned), y + away * math.sin(turned))
            if 0 < moon[0] < p.w and p.h * 0.27 + size < moon[1] < p.h * 0.88 - size:
                p.disc(*moon, size, colour)
                break
    p.disc(x, y, big, p.accents[0])
    light = mix(p.paper, p.accents[1], 0.5)
    for k in range(14):
        limb = partial(Sheet.chord, x=x, y=y, r=big, start=300 + 4 * k, end=480 - 4 * k, fill=255)
        p.ink_over(limb, light, 0.10)
    p.head(0.22)
    p.box(0, p.h - MARGIN - 54, p.w, p.h, p.paper)
    p.credits(rule=False)


def road(p: Press) -> None:
    """A road into a sun."""
    r = p.rng
    y, x = p.h * r.uniform(0.46, 0.54), p.w * r.uniform(0.36, 0.64)
    if r.random() < 0.75:
        p.disc(x, y, p.w * r.uniform(0.24, 0.34), p.accents[1])
    p.box(0, y, p.w, p.h, p.accents[0])
    for k in range(9):  # fields sweeping to the vanishing point
        a = -p.w * 2.2 + k * p.w * 0.62
        p.shape([(x, y), (a, p.h), (a + p.w * 0.31, p.h)], mix(p.accents[0], p.paper, 0.28))
    half = p.w * 0.40 + 60
    tar = mix(p.paper, (0, 0, 0), 0.35) if p.dark else p.ink
    p.shape([(x - 3, y), (x + 3, y), (x + half, p.h), (x - half, p.h)], tar)
    bright = sum(abs(a - b) for a, b in zip(p.accents[1], tar, strict=True)) > 200
    for k in range(8):
        t0, t1 = (k / 8) ** 2.1, ((k + 0.55) / 8) ** 2.1
        y0, y1, w0, w1 = y + (p.h - y) * t0, y + (p.h - y) * t1, 20 * t0 + 0.5, 20 * t1 + 0.5
        p.shape([(x - w0, y0), (x + w0, y0), (x + w1, y1), (x - w1, y1)], p.accents[1 if bright else 2])
    p.head(0.24, largest=132, credit=44)


def steps(p: Press) -> None:
    """A stair lit from above, with a ball on it."""
    r = p.rng
    count = r.choice((6, 7, 8))
    top, bottom = p.h * 0.24, p.h * 0.835
    wide, tall = p.w / count, (bottom - top) / count
    flip = r.random() < 0.5
    far = p.paper if p.dark else p.accents[2]
    for k in range(count):
        y, tone = bottom - tall * (k + 1), mix(p.accents[0], far, 0.78 * k / count)
        x0, x1 = (0.0, p.w - k * wide) if flip else (k * wide, p.w)
        p.box(x0, y, x1, bottom, tone)
        p.box(x0, y, x1, y + 11, mix(tone, p.accents[1], 0.72))
    k = r.randrange(1, count - 2)
    x = (k + 0.5) * wide
    p.disc(p.w - x if flip else x, bottom - tall * (k + 1) - wide * 0.34, wide * 0.34, p.accents[1])
    sides = (p.w * 0.26, p.w - MARGIN) if flip else (MARGIN, p.w * 0.74)
    p.title((sides[0], MARGIN + 6, sides[1], p.h * 0.25), align="right" if flip else "left", largest=96)
    p.credits(rule=False)
