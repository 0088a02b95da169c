"""How well something that was found answers what was typed."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from math import log10
from typing import Final, NamedTuple

from rapidfuzz import fuzz

from films.names import sort_title_of
from films.numerals import in_figures, squeezed

EXACT, NAMED, ALIKE, BEGINS, HOLDS, REST = range(6)  # the main title, another, but for an article; begins so; has it
BONUS: Final = {EXACT: 4.0, NAMED: 3.5, ALIKE: 3.0, BEGINS: 2.0, HOLDS: 1.0, REST: 0.0}
LEAST_LIKE: Final = 60  # of 100: below that, a title is not what was meant
LIKE_BY_WORDS: Final = 75  # what has every word as it was typed is at least so like
PER_FAME: Final = 1.5


class Candidate(NamedTuple):
    """Something that may be the answer: its names, a line each, and how well known it is."""

    pk: int
    names: str
    weight: int


@dataclass(frozen=True, slots=True)
class Ranked:
    """Candidates, the best first. `exact`: one of them is called just so."""

    rows: list[Candidate]
    exact: bool = False


# Of the best known, most are among the candidates of every second thing that is typed.
@lru_cache(maxsize=2**15)
def figured(name: str) -> str:
    """A name without its article, its numbers in figures."""
    return in_figures(sort_title_of(name))


pressed: Final = lru_cache(maxsize=2**15)(squeezed)


def fame(weight: int, people: bool) -> float:
    """0 to about 10. Films below a thousand are known by their renown, others by members (Film.popularity)."""
    if people:
        return 2 * log10(1 + weight)
    return weight / 200 if weight < 1_000 else 2 + log10(weight)


class Wanted:
    """What was typed, for comparison."""

    def __init__(self, plain: str, *, typing: bool) -> None:
        self.plain, self.typing = plain, typing
        self.key = sort_title_of(plain)
        self.figures = in_figures(self.key)
        self.squeezed = squeezed(plain)
        self.words = set(self.figures.split())

    def nearness(self, one: Candidate) -> int:
        main, *others = one.names.split("\n")
        if figured(main) == self.figures:
            return EXACT
        best = REST
        for name in (main, *others):
            figures = figured(name)
            if figures == self.figures:
                return NAMED
            if figures.startswith(self.figures) or name.startswith(self.plain):
                best = min(best, ALIKE if pressed(name) == self.squeezed else BEGINS)
            elif best > HOLDS:
                if pressed(name) == self.squeezed:
                    best = ALIKE
                elif self.words.issubset(figures.split()):
                    best = HOLDS
        return best

    def in_order(self, found: Iterable[Candidate], people: bool) -> Ranked:
        """The very title first, of namesakes the best known; then by match and fame. While typing, by these alone."""
        weighed = []
        for one in found:
            near = self.nearness(one)
            first = near if near <= ALIKE and not self.typing else ALIKE + 1
            weighed.append((first, -(BONUS[near] + fame(one.weight, people)), -one.pk, one, near))
        weighed.sort()
        return Ranked([row[3] for row in weighed], any(row[4] <= ALIKE for row in weighed))

    def with_meant(self, ranked: Ranked, found: Iterable[Candidate], people: bool) -> Ranked:
        """What has the words as they were typed, and what was meant perhaps, by likeness and fame."""
        there = {one.pk for one in ranked.rows}
        weighed = [(max(self._likeness(one), LIKE_BY_WORDS), one) for one in ranked.rows]
        weighed += [(like, one) for one in found if one.pk not in there and (like := self._likeness(one)) >= LEAST_LIKE]
        scored = [(-(like + PER_FAME * fame(one.weight, people)), -one.pk, one) for like, one in weighed]
        return Ranked([one for _score, _pk, one in sorted(scored)])

    def _likeness(self, one: Candidate) -> float:
        return max(self._like(sort_title_of(name)) for name in one.names.split("\n"))

    def _like(self, name: str) -> float:
        """0 to 100: letter by letter; by the words in any order, a little less; with words left out, less."""
        like = fuzz.ratio(self.key, name)
        if self.typing and len(name) > len(self.key):
            like = max(like, 0.97 * fuzz.ratio(self.key, name[: len(self.key)]))
        if like < 90:
            like = max(like, 0.95 * fuzz.token_sort_ratio(self.key, name), 0.9 * fuzz.token_set_ratio(self.key, name))
        return like
