"""One title in several wordings: Forty-Two and 42, Friday the Thirteenth and the 13th, Doctor Strange and Dr. Strange.

Titles keep theirs, so a query asks for each of them; what is found is compared in the shortest.
"""

import re
from itertools import islice, product
from typing import Final

from films.numerals import SAME, in_figures

MOST_WORDINGS: Final = 16
ONES: Final = "one two three four five six seven eight nine".split()
TEENS: Final = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
TENS: Final = "twenty thirty forty fifty sixty seventy eighty ninety".split()
ORDINAL_ONES: Final = "first second third fourth fifth sixth seventh eighth ninth".split()
VALUES: Final = {word: value for value, word in enumerate([*ONES, *TEENS], start=1)} | {
    word: value for value, word in zip(range(20, 100, 10), TENS, strict=True)
}
ORDINALS: Final = {word: value for value, word in enumerate(ORDINAL_ONES, start=1)} | {
    "twelfth" if word == "twelve" else re.sub("y$", "ie", word) + "th": value
    for word, value in VALUES.items()
    if value > 9
}
SHORT: Final = {
    "doctor": "dr", "mister": "mr", "missus": "mrs", "saint": "st", "street": "st", "versus": "vs", "volume": "vol",
    "junior": "jr", "senior": "sr", "brothers": "bros", "boulevard": "blvd", "captain": "capt", "sergeant": "sgt",
    "lieutenant": "lt", "mount": "mt", "incorporated": "inc",
}  # fmt: skip

SPELT_ORDINAL: Final = re.compile(rf"\b(?:({'|'.join(TENS)}) )?({'|'.join(ORDINALS)})\b")
SPELT: Final = re.compile(rf"\b(?:({'|'.join(TENS)})(?: ({'|'.join(ONES)}))?|({'|'.join([*ONES, *TEENS])}))\b")
HUNDREDS: Final = re.compile(r"\b(\d{1,2}) hundred(?:(?: and)? (\d{1,2}))?\b")
THOUSANDS: Final = re.compile(r"\b(\d{1,3}) thousand(?:(?: and)? (\d{1,3}))?\b")
HALF: Final = re.compile(r"\b(\d+) and a half\b")
COUNTED: Final = re.compile(rf"(?<=\S\S) (?:(?:part|pt|vol|volume|chapter|episode) )?(?:{'|'.join(SAME)}|i)$")
LAST_ARTICLE: Final = re.compile(r"(?<=\S\S) (?:the|a|an)$")
FIGURES: Final = re.compile(r"\b([1-9]\d{0,2})(st|nd|rd|th)?\b")


def suffixed(value: int) -> str:
    """13th, 22nd."""
    return f"{value}{'th' if value // 10 % 10 == 1 else {1: 'st', 2: 'nd', 3: 'rd'}.get(value % 10, 'th')}"


def _both_ways(*pairs: dict[str, str]) -> dict[str, list[str]]:
    """For each word that is written in two ways, the other one, or ones."""
    ways: dict[str, list[str]] = {}
    for one, other in (pair for some in pairs for pair in some.items()):
        ways.setdefault(one, []).append(other)
        ways.setdefault(other, []).append(one)
    return ways


SHORT_OR_LONG: Final = _both_ways(SHORT)
OTHER_WAYS: Final = _both_ways(
    SHORT, {word: str(VALUES[word]) for word in TENS}, {word: suffixed(value) for word, value in ORDINALS.items()}
)
IN_LETTERS: Final = {value: word for word, value in VALUES.items()}
IN_ORDER: Final = {value: word for word, value in ORDINALS.items()}
SHORTENED: Final = re.compile(rf"\b(?:{'|'.join(SHORT)})\b")
TELLING: Final = frozenset([*SHORT, *VALUES, *ORDINALS])


def ways_to_say(word: str) -> list[str]:
    """The word itself, and what else people write for it."""
    return [word, *OTHER_WAYS.get(word, ())]


def wordings(plain: str) -> list[str]:
    """A normalised text as it was written, then in other ways, at most MOST_WORDINGS. "Matrix, the" is "matrix"."""
    wholes = dict.fromkeys([plain, numbered(plain), lettered(plain), LAST_ARTICLE.sub("", plain)])
    ways = (product(*([word, *SHORT_OR_LONG.get(word, ())] for word in whole.split())) for whole in wholes)
    return list(dict.fromkeys(islice((" ".join(words) for some in ways for words in some), MOST_WORDINGS)))


def shortest(plain: str) -> str:
    """A normalised text with all its numbers in figures and its long words short, so that two can be compared."""
    if not TELLING.isdisjoint(plain.split()):  # not many have
        plain = SHORTENED.sub(lambda found: SHORT[found[0]], numbered(plain))
    return in_figures(plain)


def numbered(plain: str) -> str:
    """ "Two thousand and one" as "2001", "thirty fourth" as "34th", "nine and a half" as "9 1 2"."""
    plain = SPELT_ORDINAL.sub(lambda found: suffixed(VALUES.get(found[1], 0) + ORDINALS[found[2]]), plain)
    plain = SPELT.sub(lambda found: str(sum(VALUES[word] for word in found.groups() if word)), plain)
    plain = HUNDREDS.sub(lambda found: str(int(found[1]) * 100 + int(found[2] or 0)), plain)
    plain = THOUSANDS.sub(lambda found: str(int(found[1]) * 1000 + int(found[2] or 0)), plain)
    return HALF.sub(r"\1 1 2", plain)


def lettered(plain: str) -> str:
    """ "42nd" as "forty second" and "101" as "one hundred and one"."""
    return FIGURES.sub(lambda found: _in_letters(int(found[1]), ordinal=bool(found[2])), plain)


def _in_letters(value: int, *, ordinal: bool) -> str:
    words = IN_ORDER if ordinal else IN_LETTERS
    if value in words:
        return words[value]
    if value > 99:
        hundreds = f"{IN_LETTERS[value // 100]} hundred"
        if value % 100:
            return f"{hundreds} and {_in_letters(value % 100, ordinal=ordinal)}"
        return hundreds + ("th" if ordinal else "")
    return f"{IN_LETTERS[value // 10 * 10]} {words[value % 10]}"


def series(plain: str) -> str:
    """What is counted, of a title with a number: "rocky 1" and "matrix 2" are films of those names. Else empty."""
    found = COUNTED.search(plain)
    return plain[: found.start()] if found else ""


def joined_numbers(word: str) -> list[str]:
    """A word that begins or ends with a number, with that in figures: "rockyii" as "rocky2", "xmen" as "10men"."""
    first = [figures + word[len(way) :] for way, figures in IN_FIGURES if word.startswith(way)]
    last = [word[: -len(way)] + figures for way, figures in IN_FIGURES if word.endswith(way)]
    return [way for way in (*first, *last) if not way.isdigit()]


IN_FIGURES: Final = [(way, in_figures(way)) for way in SAME if way.isalpha()]
