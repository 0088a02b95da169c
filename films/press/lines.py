"""Breaking a title into lines and finding the size at which it fills its box.

Sizes and widths are in the sheet's units (600 to its width); `measure` gives a text's
width at size 1.
"""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

type Measure = Callable[[str], float]

SMALLEST = 28.0  # below this a title cannot be read on a card: words are broken, then left out
FEW = 12  # up to so many pieces the best of all breaks is looked for
SMALL_WORDS = frozenset("a an the of in on to for and from vs. la le de & with at is".split())
_CLOSING = set("、。，．！？：；）」』】〉》”’ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ…・,.!?)")
_TAILS = " ,.;:-–—"
_OPENING = set("（「『【〈《“‘(")


@dataclass(frozen=True)
class Setting:
    """Lines of text and the size to set them at."""

    lines: list[str]
    size: float
    leading: float

    @property
    def step(self) -> float:
        """From one baseline to the next."""
        return self.size * self.leading


@dataclass(frozen=True)
class Piece:
    """What a line may not break; `gap` says whether a space stands before it."""

    text: str
    gap: bool


def fit(text: str, measure: Measure, width: float, height: float, largest: float, leading: float) -> Setting:
    """The biggest good setting of a text in a box; a text too long for it ends in an ellipsis."""
    pieces = split(text)
    if len(pieces) <= FEW:
        setting = _best(pieces, measure, width, height, largest, leading)
        if setting.size >= SMALLEST:
            return setting
    size = min(largest, height / leading)
    while size > SMALLEST:
        lines = _wrap(pieces, measure, width / size)
        if lines and len(lines) * leading * size <= height:
            return Setting(lines, size, leading)
        size *= 0.96
    size = min(SMALLEST, height / leading)
    room = width / size
    broken = [part for piece in pieces for part in _broken(piece, measure, room)]
    lines = _wrap(broken, measure, room) or []
    most = max(1, int(height / (leading * size)))
    if len(lines) > most:
        lines = [*lines[: most - 1], shortened(" ".join(lines[most - 1 :]), measure, room, always=True)]
    return Setting(lines, size, leading)


def split(text: str) -> list[Piece]:
    """Words; and in scripts written without spaces every character, with its punctuation."""
    pieces: list[Piece] = []
    for word in text.split():
        parts: list[str] = []
        for cluster in clusters(word):
            joins = parts and not (
                (_breakable(cluster[0]) or _breakable(parts[-1][-1]))
                and cluster[0] not in _CLOSING
                and parts[-1][-1] not in _OPENING
            )
            if joins:
                parts[-1] += cluster
            else:
                parts.append(cluster)
        pieces += [Piece(part, gap=k == 0 and bool(pieces)) for k, part in enumerate(parts)]
    return pieces


def clusters(word: str) -> list[str]:
    """Characters with the marks and joiners that belong to them."""
    found: list[str] = []
    for c in word:
        follows = unicodedata.category(c)[0] == "M" or c in "\u200c\u200d" or (found and found[-1][-1] == "\u200d")
        if found and follows:
            found[-1] += c
        else:
            found.append(c)
    return found


def shortened(text: str, measure: Measure, room: float, always: bool = False) -> str:
    """As much of a text as the room holds, with an ellipsis where it was cut."""
    if not always and measure(text) <= room:
        return text
    kept = clusters(text)
    while kept and measure("".join(kept).rstrip(_TAILS) + "…") > room:
        kept.pop()
    left = "".join(kept)
    whole = left.rpartition(" ")[0]
    if len(whole) > len(left) * 0.6:  # rather between words
        left = whole
    return left.rstrip(_TAILS) + "…"


def _breakable(c: str) -> bool:
    return unicodedata.east_asian_width(c) in "WF" and not 0xAC00 <= ord(c) <= 0xD7A3


def _joined(pieces: list[Piece]) -> str:
    return "".join((" " if piece.gap and k else "") + piece.text for k, piece in enumerate(pieces))


def _best(
    pieces: list[Piece], measure: Measure, width: float, height: float, largest: float, leading: float
) -> Setting:
    """Over one to six lines, the setting that is largest, fewer lines preferred."""
    widths = {(i, j): measure(_joined(pieces[i:j])) for i in range(len(pieces)) for j in range(i + 1, len(pieces) + 1)}
    choice: tuple[float, float, list[str]] | None = None
    for count in range(1, min(len(pieces), 6) + 1):
        lines = _even(pieces, widths, count)
        size = min(largest, width / max(0.01, *map(measure, lines)), height / (count * leading))
        score = size * (1 - 0.03 * count)
        if choice is None or score > choice[0]:
            choice = (score, size, lines)
    return Setting(choice[2], choice[1], leading) if choice else Setting([], largest, leading)


def _even(pieces: list[Piece], widths: dict[tuple[int, int], float], count: int) -> list[str]:
    """Break the pieces into `count` lines so that the widest is as narrow as can be. A line that ends in a small word
    counts as wider.
    """
    best: dict[tuple[int, int], tuple[float, list[str]]] = {(0, 0): (0.0, [])}
    for line in range(1, count + 1):
        for end in range(line, len(pieces) + 1):
            options = []
            for start in range(line - 1, end):
                if (line - 1, start) in best:
                    cost, lines = best[line - 1, start]
                    wide = widths[start, end]
                    if end < len(pieces) and pieces[end - 1].text.lower() in SMALL_WORDS:
                        wide *= 1.22
                    options.append((max(cost, wide), [*lines, _joined(pieces[start:end])]))
            if options:
                best[line, end] = min(options, key=lambda option: option[0])
    return best[count, len(pieces)][1]


def _wrap(pieces: list[Piece], measure: Measure, room: float) -> list[str] | None:
    """Lines filled one after the other; None if a piece alone is wider than the room."""
    lines: list[str] = []
    space, filled = measure("n n") - measure("nn"), 0.0
    for piece in pieces:
        wide = measure(piece.text)
        if wide > room:
            return None
        longer = filled + space * piece.gap + wide
        if lines and longer <= room * 0.99:  # a little left for kerning between the pieces
            lines[-1] += " " * piece.gap + piece.text
            filled = longer
        else:
            lines.append(piece.text)
            filled = wide
    return lines


def _broken(piece: Piece, measure: Measure, room: float) -> list[Piece]:
    """A piece wider than the room in parts, with hyphens between letters."""
    parts, gap, part = [], piece.gap, ""
    for cluster in clusters(piece.text):
        hyphen = "-" if cluster[0].isalpha() else ""
        if part and measure(part + cluster + hyphen) > room:
            parts.append(Piece(part + hyphen, gap))
            part, gap = "", False
        part += cluster
    return [*parts, Piece(part, gap)]
