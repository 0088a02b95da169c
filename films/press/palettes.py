"""The paints: each palette is paper, ink, then three accents in order of importance.

Ink on paper is at least 7:1 in every row.
"""

type Colour = tuple[int, int, int]

PALETTES = {
    "overture": ("#c9302c", "#fff4e2", "#1d1017", "#f6b24f", "#f3d6bd"),
    "aubergine": ("#21121f", "#f8ebdd", "#e9476d", "#f4b74e", "#6d3a5e"),
    "pistachio": ("#cbdaa8", "#1a2718", "#2c5c45", "#f5f2dd", "#e2552d"),
    "vanilla": ("#f3e7d0", "#201a1d", "#c93349", "#1f3c5e", "#e7a63b"),
    "nightbus": ("#0f1b34", "#f3eddf", "#3f70dd", "#f5c54d", "#e5546d"),
    "rose": ("#f2bab5", "#3a0e22", "#b4183f", "#f9ead9", "#67274c"),
    "lagoon": ("#0d474b", "#f6eed9", "#f0855a", "#8ccbb9", "#f6d57d"),
    "mustard": ("#e5a930", "#20170f", "#7b1f2b", "#f9eecd", "#2c4759"),
    "frost": ("#dde5e8", "#14202b", "#27496d", "#e2574c", "#8eabbb"),
    "violet": ("#38235f", "#f7eeff", "#b873e8", "#f7a7c2", "#fad86f"),
    "forest": ("#162e1f", "#f0ead2", "#6d9d5c", "#dcc66c", "#cf5831"),
    "charcoal": ("#17171a", "#f1ede5", "#d84a34", "#8d8981", "#48484d"),
    "lilac": ("#cfbce2", "#251433", "#5d2e8c", "#f8f2e9", "#f06a59"),
    "sky": ("#a0cce5", "#0d2237", "#f8f4ea", "#e5503c", "#1f5a8c"),
    "brick": ("#74261f", "#fbebd3", "#e68e51", "#2a1416", "#f0ca8e"),
    "olive": ("#3c4620", "#f6f0d4", "#e3bd45", "#e8764a", "#aebf6b"),
    "peach": ("#f5c59c", "#2a1320", "#d63f2f", "#5c2a50", "#fff3e1"),
    "mint": ("#bfe1d0", "#0f2f2b", "#11695b", "#f0694b", "#f9f3e0"),
    "ink": ("#101519", "#eef1ec", "#41b5b0", "#f3c24f", "#e4572e"),
    "bordeaux": ("#46101f", "#fbe9d9", "#f0697c", "#f5bd68", "#8d2a44"),
}
NEARLY_WHITE: Colour = (255, 250, 240)
NEARLY_BLACK: Colour = (22, 16, 20)


def rgb(code: str) -> Colour:
    """The colour of `#rrggbb`."""
    return int(code[1:3], 16), int(code[3:5], 16), int(code[5:7], 16)


def mix(one: Colour, other: Colour, share: float) -> Colour:
    """One colour with a share (0 to 1) of another in it."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _luminance(colour: Colour) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [v / 3294 if v <= 10 else ((v / 255 + 0.055) / 1.055) ** 2.4 for v in colour]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: Colour, other: Colour) -> float:
    """WCAG 2.2, contrast ratio, 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def most_legible(ground: Colour, *inks: Colour) -> Colour:
    """Of some inks, a near white and a near black, the one that reads best on this ground."""
    return max((*inks, NEARLY_WHITE, NEARLY_BLACK), key=lambda ink: contrast(ink, ground))
