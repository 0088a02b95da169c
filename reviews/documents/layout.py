"""The layout of a text: its parts (paragraphs, lines that stand alone, list items), sentences and words."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from films.names import normalise

LONGEST_WRAPPED_LINE = 120  # a text whose lines are longer has not been wrapped by hand

ATX = re.compile(r"^ {0,3}(#{1,6})[ \t]+(.+?)[ \t]*#*$")
UNDERLINE = re.compile(r"^ {0,3}(=+|-{3,}|~{3,})[ \t]*$")
RULE = re.compile(r"^\s*(?:(?:[-*_=~+#][ \t]*){3,}|[\u2500-\u257f\u2e3a\u2e3b—–•·◆❖✦⁂\s]{3,})$")
ITEM = re.compile(r"^\s*(?:[-*+•‣▪–]|\(?\d{1,2}[.)])\s+\S")
QUOTE = re.compile(r"^\s*>")
LABEL = re.compile(r"^\W{0,3}(?:[^\W\d_]+ ){0,2}[^\W\d_]+\*{0,2}:\*{0,2}\s+\S")  # "Directed by: …"

# A word: with the apostrophes inside it, initials such as J.J., or a lone ampersand.
WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’ʼ][^\W_]+)*|&")
ABBREVIATED = {
    "mr",
    "mrs",
    "ms",
    "dr",
    "st",
    "vs",
    "v",
    "no",
    "vol",
    "pt",
    "jr",
    "sr",
    "prof",
    "lt",
    "sgt",
    "capt",
    "mt",
}
# What may stand between two words of one title or name.
GAP = re.compile(r"[ \t]*(?:\n[ \t]*)?[-–—:,!?.·/*]{0,3}[ \t]*(?:\n[ \t]*)?[-–—]?[ \t]*")
SENTENCE_END = re.compile(r"(?:[.!?…]|\.\.\.)[\"'”’»)\]*_]*(?=\s|$)|[。！？]|\n")
MONTHS_SHORT = {"jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"}
INITIAL = re.compile(r"(?:^|[\s(.])[A-Z]\.$")
TRAILING_SIGNS = re.compile(r"[^\w.!?…:;,)\]”\"'’»%&*+@/-]+$")


class Taken:
    """Which stretches of a text are spoken for. Asking and taking cost the stretch, however many there are."""

    def __init__(self, text: str) -> None:
        self._places = bytearray(len(text) + 1)

    def meets(self, start: int, end: int) -> bool:
        return 1 in self._places[max(0, start) : end]

    def take(self, start: int, end: int) -> None:
        self._places[start:end] = b"\x01" * (min(end, len(self._places)) - start)


class Shape(Enum):
    """What a part looks like before anybody has thought about its words."""

    TEXT = "text"
    HEADING = "marked heading"
    ITEM = "list item"
    QUOTE = "quotation"
    RULE = "rule"


@dataclass(frozen=True, slots=True)
class Part:
    """Lines of the text that belong together, from `first` to before `after`; `text` is on one line."""

    shape: Shape
    text: str
    first: int
    after: int
    level: int = 0  # of a marked heading, 1 to 6
    alone: bool = True  # set off by blank lines (or the text's ends), or by the width of the page


@dataclass(frozen=True, slots=True)
class Word:
    text: str
    key: str  # as titles and names are compared
    start: int
    end: int
    is_capital: bool  # starts like a name: with a capital, a digit, or a letter of a script that has no capitals


@dataclass(frozen=True, slots=True)
class Sentence:
    text: str
    start: int
    end: int


def bare(text: str) -> str:
    """`text` without the emoji and ornaments at its end."""
    text = text.strip()
    return (text[:-80] + TRAILING_SIGNS.sub("", text[-80:])).strip()


def parts(text: str) -> list[Part]:
    lines = text.split("\n")
    width = max((len(line.rstrip()) for line in lines), default=0)
    found: list[Part] = []
    first = 0
    while first < len(lines):
        if not lines[first].strip():
            first += 1
            continue
        after = first
        while after < len(lines) and lines[after].strip():
            after += 1
        found += _parts_of_block(lines, first, after, width)
        first = after
    return found


def _parts_of_block(lines: list[str], first: int, after: int, width: int) -> Iterator[Part]:
    """Cut a run of lines where a line is marked, or ends though the next word would have fitted."""
    number = first
    while number < after:
        line = lines[number]
        if (marked := ATX.match(line)) is not None:
            yield Part(Shape.HEADING, marked[2].strip(), number, number + 1, level=len(marked[1]))
            number += 1
            continue
        if number + 1 < after and (under := _underlines(line, lines[number + 1])) is not None:
            yield Part(Shape.HEADING, line.strip(), number, number + 2, level=1 if under[1][0] == "=" else 2)
            number += 2
            continue
        if RULE.match(line):
            yield Part(Shape.RULE, line.strip(), number, number + 1)
            number += 1
            continue
        shape = Shape.QUOTE if QUOTE.match(line) else Shape.ITEM if ITEM.match(line) else Shape.TEXT
        end = number + 1
        while end < after and not _breaks(lines, end, after, width):
            end += 1
        words = " ".join(" ".join(each.split()) for each in lines[number:end])
        yield Part(shape, words, number, end, alone=number == first and end == after)
        number = end


def _breaks(lines: list[str], number: int, after: int, width: int) -> bool:
    """Whether line `number` starts something new, or goes on with the one before it."""
    line, before = lines[number], lines[number - 1]
    if (
        ATX.match(line)
        or LABEL.match(line)
        or LABEL.match(before)
        or ITEM.match(line)
        or RULE.match(line)
        or bool(QUOTE.match(line)) != bool(QUOTE.match(before))
    ):
        return True
    if width > LONGEST_WRAPPED_LINE or (number + 1 < after and _underlines(line, lines[number + 1])):
        return True
    return len(before.rstrip()) + 1 + len(line.split()[0]) <= width * 0.92


def _underlines(line: str, below: str) -> re.Match[str] | None:
    return None if len(line) > LONGEST_WRAPPED_LINE or RULE.match(line) else UNDERLINE.match(below)


@dataclass(frozen=True, slots=True)
class Flow:
    """The text without its line breaks: each part on a line, a blank line between. All positions are in `text`."""

    text: str
    parts: tuple[Part, ...]
    starts: tuple[int, ...]

    def part_at(self, position: int) -> int:
        """The index of the part that holds `position`."""
        return max(0, bisect_right(self.starts, position) - 1)


def flow(text: str) -> Flow:
    found = parts(text)
    starts, end = [], 0
    for part in found:
        starts.append(end)
        end += len(part.text) + 2
    return Flow("\n\n".join(part.text for part in found), tuple(found), tuple(starts))


def words(text: str) -> list[Word]:
    return [
        Word(found[0], normalise(found[0]), *found.span(), _is_capital(found[0][0])) for found in WORD.finditer(text)
    ]


def _is_capital(letter: str) -> bool:
    return letter.isupper() or letter.isdigit() or (letter.isalpha() and not letter.islower()) or letter == "&"


def joined(text: str, one: Word, other: Word) -> bool:
    """Whether two neighbouring words may be words of one title or name: no sentence ends between them."""
    gap = text[one.end : other.start]
    if GAP.fullmatch(gap) is None:
        return False
    return not (gap[:1] == "." and gap[-1:].isspace()) or one.key in ABBREVIATED or len(one.key) == 1


def phrases(text: str, found: list[Word], longest: int) -> Iterator[tuple[int, int]]:
    """Every run of up to `longest` joined words, as indices (first, after)."""
    together = [joined(text, one, other) for one, other in pairwise(found)]
    for first in range(len(found)):
        yield first, first + 1
        for after in range(first + 2, min(first + longest, len(found)) + 1):
            if not together[after - 2]:
                break
            yield first, after


def sentences(text: str) -> list[Sentence]:
    """Sentences, and lines without one; abbreviations and initials do not end them."""
    found: list[Sentence] = []
    start = 0
    for stop in SENTENCE_END.finditer(text):
        if stop.start() < start or (stop[0][0] == "." and _is_abbreviation(text, start, stop.start())):
            continue
        _add(found, text, start, stop.end())
        start = stop.end()
    _add(found, text, start, len(text))
    return found


def _add(found: list[Sentence], text: str, start: int, end: int) -> None:
    words = text[start:end]
    if words.strip():
        lead = len(words) - len(words.lstrip())
        found.append(Sentence(words.strip(), start + lead, start + lead + len(words.strip())))


def _is_abbreviation(text: str, start: int, dot: int) -> bool:
    last = text[max(start, dot - 12) : dot].split()[-1:]
    if not last:
        return False
    word = last[0].lstrip("(\"'“‘").lower()
    return word in ABBREVIATED or word in MONTHS_SHORT or bool(INITIAL.search(text[max(0, dot - 2) : dot + 1]))
