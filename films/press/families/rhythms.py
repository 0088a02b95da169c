"""Bars, waves and ridges: compositions that repeat one stroke."""

import math

from films.press.palettes import mix
from films.press.press import MARGIN, Press

TURN = 2 * math.pi


def overture(p: Press) -> None:
    """Bars that rise like music, hang like stalactites, or part like a curtain."""
    r = p.rng
    count = r.choice((19, 23, 29))
    step, gap = p.w / count, r.choice((0.34, 0.42, 0.5))
    slow, quick, phase = r.uniform(0.5, 1.2), r.uniform(1.6, 2.6), r.uniform(0, TURN)
    mode = r.choice(("rise", "hang", "part"))
    for i in range(count):
        t = i / (count - 1)
        swell = 0.5 + 0.36 * math.sin(slow * TURN * t + phase) + 0.16 * math.sin(quick * TURN * t)
        x0, x1 = i * step + gap * step / 2, (i + 1) * step - gap * step / 2
        colour = mix(p.accents[0], p.accents[1], t)
        if mode == "part":  # long at the sides
            length = p.h * (0.10 + 0.55 * (0.12 + 0.88 * abs(2 * t - 1) ** 1.5))
        else:
            length = p.h * (0.12 + 0.50 * max(0, swell))
        if mode == "rise":
            p.box(x0, p.h - length, x1, p.h, colour)
        else:
            p.box(x0, 0, x1, length, colour)
    if mode == "rise":
        p.head(0.24, credit=44)
    else:
        p.foot(0.74)


def waveform(p: Press) -> None:
    """A sound, mirrored and smaller below the line."""
    r = p.rng
    count = r.choice((17, 21, 27))
    step = (p.w - 2 * MARGIN) / count
    middle, loud = p.h * 0.60, p.h * 0.31
    tones = list(zip((0.55, 0.3, 0.25), (r.uniform(1, 2.4), r.uniform(3, 5), r.uniform(7, 12)), strict=True))
    phases = [r.uniform(0, TURN) for _ in range(3)]
    wide = step * 0.62
    for i in range(count):
        t = i / (count - 1)
        sound = sum(
            share * math.sin(pitch * math.pi * t + phase) for (share, pitch), phase in zip(tones, phases, strict=True)
        )
        tall = max(step * 0.5, loud * min(1, abs(sound)) * (1 - 0.35 * abs(2 * t - 1)))
        x, colour = MARGIN + i * step, mix(p.accents[0], p.accents[1], t)
        p.pill(x, middle - tall, x + wide, middle, wide / 2, colour)
        p.pill(x, middle - wide, x + wide, middle + tall * 0.62, wide / 2, colour)
        p.box(x, middle - 2, x + wide, middle + 2, p.paper)
    p.head(0.245)
    p.credits()


def ridges(p: Press) -> None:
    """Hills, each before the last, drawn as by a recording needle."""
    r = p.rng
    count, top, bottom = r.choice((15, 18, 22)), p.h * 0.40, p.h * 0.90
    bumps = [(r.uniform(0.25, 0.75), r.uniform(0.06, 0.15), r.uniform(0.5, 1)) for _ in range(3)]
    back = p.accents[0]
    front = p.accents[1] if abs(sum(p.accents[1]) - sum(p.paper)) > 160 else back
    for k in range(count):
        y = top + (bottom - top) * k / count
        here = [(c + r.uniform(-0.05, 0.05), w * r.uniform(0.8, 1.3), a * r.uniform(0.3, 1.2)) for c, w, a in bumps]
        phase = r.uniform(0, 9)
        points = []
        for i in range(101):
            t = i / 100
            tall = sum(a * math.exp(-(((t - c) / w) ** 2)) for c, w, a in here)
            points.append((p.w * t, y - tall * (0.86 + 0.14 * math.sin(34 * t + phase)) * 104))
        colour = mix(back, front, k / count)
        p.shape([*points, (p.w, p.h), (0, p.h)], mix(p.paper, colour, 0.16))
        p.line(points, colour, 4.6)
    p.head(0.22)
    p.box(0, p.h - MARGIN - 50, p.w, p.h, p.paper)
    p.credits(rule=False)
