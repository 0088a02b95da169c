"""Titles of films, and names of people: made of the stock, so that few are the same and none is anybody's."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from reviews.seed.community.stock import NUMBERS, ROMANS, coin, words

COINED: Final = 60_000
# How each is built, and how often. N noun, A adjective, V doing, P place, S surname, F given name.
PATTERNS: Final = {
    "The {A} {N}": 6, "{A} {N}": 5, "{N} of {P}": 10, "The {N} of {Ns}": 8, "{F} {S}": 7, "{S}’s {N}": 9,
    "{N} and {N2}": 5, "{N} & {N2}": 2, "{V} the {N}": 6, "{N} in {P}": 9, "{P}": 5, "A {N} for {F}": 8,
    "{A} {N}, {A2} {N2}": 7, "The {A} {N} of {P}": 8, "{num} {Ns}": 2, "{num} {A} {Ns}": 4, "{F} and the {A} {N}": 8,
    "{A} {N} {roman}": 2, "{P} {roman}": 2, "Without {S}": 3, "An {N} at {P}": 3, "The {S} {N}": 8, "{V} {S}": 5,
    "{N}: {F} in {P}": 4, "No {N} in {P}": 4, "{P}, {year}": 2, "The {N} and the {N2} of {P}": 5,
}  # fmt: skip
VOWELS: Final = ("A", "E", "I", "O", "U", "É")


class Titles:
    """Draws a title for each film."""

    def __init__(self, rng: np.random.Generator, films: int) -> None:
        self.rng = rng
        number = max(300, min(COINED, films // 4))
        coined = coin(rng, 2 * number)
        self.places, self.surnames = coined[:number], coined[number:]

    def draw(self, years: list[int]) -> Iterator[str]:
        size, rng = len(years), self.rng
        patterns, often = list(PATTERNS), np.array(list(PATTERNS.values()), dtype=float)
        nouns, adjectives, doings, given = (words(name) for name in ("nouns", "adjectives", "doings", "given"))
        chosen = rng.choice(len(patterns), size, p=often / often.sum()).tolist()
        stocks = (nouns, nouns, adjectives, adjectives, doings, self.places, self.surnames, given, NUMBERS, ROMANS)
        drawn = [_often_the_first(rng, len(stock), size) for stock in stocks]
        for pattern, year, n, n2, a, a2, v, p, s, f, num, roman in zip(chosen, years, *drawn, strict=True):
            title = patterns[pattern].format(
                N=nouns[n], N2=nouns[n2], Ns=plural(nouns[n2]), A=adjectives[a], A2=adjectives[a2], V=doings[v],
                P=self.places[p], S=self.surnames[s], F=given[f], num=NUMBERS[num], roman=ROMANS[roman], year=year,
            )  # fmt: skip
            yield _with_article(title)


def _often_the_first(rng: np.random.Generator, number: int, size: int) -> list[int]:
    """Places in a stock, of which the first come up more often: some names are common."""
    places: list[int] = (rng.random(size) ** 1.5 * number).astype(np.int64).tolist()
    return places


def _with_article(title: str) -> str:
    """“A hour” and “An lamp” put right."""
    first, _space, rest = title.partition(" ")
    if first not in {"A", "An"}:
        return title
    return f"{'An' if rest.startswith(VOWELS) or rest.startswith('Hour') else 'A'} {rest}"


def plural(noun: str) -> str:
    if noun.endswith(("s", "x", "ch", "sh")):
        return f"{noun}es"
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}s"


def names(rng: np.random.Generator, size: int, surnames: list[str]) -> Iterator[str]:
    """Names of people; one in thirty has a letter in the middle, one in forty two surnames, and some are namesakes."""
    given = words("given")
    first, last, other = (_often_the_first(rng, len(stock), size) for stock in (given, surnames, surnames))
    fates = rng.random(size).tolist()
    for one, two, three, fate in zip(first, last, other, fates, strict=True):
        if fate < 0.033:
            yield f"{given[one]} {chr(65 + three % 26)}. {surnames[two]}"
        elif fate < 0.058:
            yield f"{given[one]} {surnames[two]}-{surnames[three]}"
        else:
            yield f"{given[one]} {surnames[two]}"
