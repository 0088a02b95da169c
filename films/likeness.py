"""How well something that was found answers what was typed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from heapq import nsmallest
from math import log10
from typing import Final, NamedTuple

from rapidfuzz import fuzz

from films.asking import BEGINNING, title_keys
from films.names import sort_title_of
from films.numerals import squeezed
from films.spelling import Known
from films.wordings import series, shortest

# The main title, another, but for an article; begins so; has the words; is of the series that was counted; the rest.
EXACT, NAMED, ALIKE, BEGINS, HOLDS, COUNTED, REST = range(7)
BONUS_OF_INITIALS: Final = 0.5
BONUS: Final = {EXACT: 4.0, NAMED: 3.5, ALIKE: 3.0, BEGINS: 2.0, HOLDS: 1.0, COUNTED: 0.5, REST: 0.0}
LEAST_LIKE: Final = 60  # of 100: below that, a title is not what was meant
LIKE_BY_BEGINNING: Final = 95  # what begins with the very words is at least so like
LIKE_BY_WORDS: Final = 92  # and so like what has every word as it was typed
LIKE_BY_MEANING: Final = 90  # or as it may be meant, less
ONE_WORD: Final = 16  # less of both where it is but one
LIKE_BY_INITIALS: Final = 84
LIKE_AS_MEANT: Final = 85  # what is so like is what was meant, as far as we can tell
LEAST_LETTERS: Final = 5  # of what may be meant by its words alone
PER_EDIT: Final = 4  # for each letter that is wrong
LIKE_IN_PART: Final = 74  # what has some of the words is at most so like, but for
MOST_IN_PART: Final = 87  # but by its letters what is a part of what was typed
PER_SHARE: Final = 0.9  # the share of the query that a title is which stands in it as a whole
PER_FAME: Final = 1.5
A_LITTLE: Final = 0.01
MOST_TYPING: Final = 30  # answers while somebody types


class Candidate(NamedTuple):
    """Something that may be the answer: its names, a line each, and how well known it is."""

    pk: int
    names: str
    weight: int


@dataclass(frozen=True, slots=True)
class Ranked:
    """Candidates, the best first. `exact`: one of them is called just so, or has just what was typed."""

    rows: list[Candidate]
    exact: bool = False
    by_initials: frozenset[int] = frozenset()  # the ids of those that have nothing else of what was typed


# Of the best known, most are among the candidates of every second thing that is typed.
@lru_cache(maxsize=2**15)
def figured(name: str) -> str:
    """A name without its article, in its shortest wording."""
    return shortest(sort_title_of(name))


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
        self.key, self.figures = sort_title_of(plain), figured(plain)
        self.series = figured(series(plain))
        self.squeezed = squeezed(plain)
        self.titles = {key.removeprefix("=") for key in title_keys(plain)}
        self.words = set(self.figures.split())
        self.count = len(self.figures.split())
        self.vague = 0 if self.count > 1 else ONE_WORD

    def nearness(self, one: Candidate) -> int:
        best = REST
        for place, name in enumerate(one.names.split("\n")):
            figures = figured(name)
            if figures == self.figures:
                return NAMED if place else EXACT
            if figures.startswith(self.figures) or name.startswith(self.plain):
                best = min(best, ALIKE if pressed(name) in self.titles else BEGINS)
            elif best > HOLDS:
                if pressed(name) in self.titles:
                    best = ALIKE
                elif self.words.issubset(figures.split()):
                    best = HOLDS
                elif self._of_series(figures):
                    best = COUNTED
        return best

    def in_order(self, found: Iterable[Candidate], people: bool) -> Ranked:
        """The very title first, of namesakes the best known; then by match and fame.

        While typing, by these alone, and no more than MOST_TYPING of them.
        """
        weighed = []
        for one in found:
            near = self.nearness(one)
            first = near if near <= ALIKE and not self.typing else ALIKE + 1
            weighed.append((first, -(BONUS[near] + fame(one.weight, people)), one, near))
        exact = any(row[3] <= ALIKE for row in weighed)
        if self.typing and len(weighed) > MOST_TYPING:
            last = nsmallest(MOST_TYPING, [row[1] for row in weighed])[-1]
            weighed = [row for row in weighed if row[1] <= last]
        turned = sorted((first, score, self._turn(one), one) for first, score, one, _near in weighed)
        return Ranked([row[3] for row in turned], exact)

    def with_initials(self, ranked: Ranked, found: Iterable[Candidate], as_typed: Iterable[Candidate]) -> Ranked:
        """Also those with these initials, by fame, but behind all that have the words `as_typed`, or are called so."""
        there = {one.pk for one in ranked.rows}
        new = [one for one in found if one.pk not in there]
        if not new:
            return ranked
        words = {one.pk for one in as_typed}
        near = {one.pk: self.nearness(one) for one in ranked.rows}
        sure = max((n for n, one in enumerate(ranked.rows, 1) if one.pk in words or near[one.pk] <= ALIKE), default=0)
        rest = [(-BONUS[near[one.pk]] - fame(one.weight, people=False), place, one)
                for place, one in enumerate(ranked.rows[sure:])]  # fmt: skip
        rest += [(-BONUS_OF_INITIALS - fame(one.weight, people=False), one.pk, one) for one in new]
        rows = [*ranked.rows[:sure], *(one for _score, _turn, one in sorted(rest))]
        return Ranked(rows, ranked.exact, frozenset(one.pk for one in new))

    def _turn(self, one: Candidate) -> tuple[int, int]:
        """Which of those that are as good is first: namesakes, the newest first; a series as it came out; others."""
        main = figured(one.names.partition("\n")[0])
        words = main.split()
        if self._of_series(main):
            return 1, one.pk
        beginning = " ".join(words[: self.count])
        begun = len(self.figures) > BEGINNING and beginning.startswith(self.figures)
        if not begun and fuzz.ratio(self.figures, beginning) < LIKE_AS_MEANT:
            return 2, -one.pk
        return (1, one.pk) if len(words) > self.count else (0, -one.pk)

    def _of_series(self, figures: str) -> bool:
        return bool(self.series) and f"{figures} ".startswith(self.series + " ")

    def with_meant(
        self, ranked: Ranked, found: Iterable[Candidate], close: Mapping[str, Iterable[Known]], people: bool
    ) -> Ranked:
        """What has the words as they were typed, and what was meant perhaps, by likeness and fame.

        `close`: for each word, what it may stand for.
        """
        meant = [
            {shortest(known.text): known.edits for known in some} | {shortest(word): 0} for word, some in close.items()
        ]
        there = {one.pk for one in ranked.rows}
        weighed = [(self._likeness(one, meant), one) for one in found if one.pk not in there]
        scored = [(like + PER_FAME * fame(one.weight, people), one) for like, one in weighed if like >= LEAST_LIKE]
        scored += self._scored_again(ranked, meant, people)
        sure = bool(ranked.rows) or any(like >= LIKE_AS_MEANT for like, _one in weighed)
        best = sorted((-score, self._turn(one), one) for score, one in scored)
        return Ranked(list(dict.fromkeys(one for _score, _turn, one in best)), sure)

    def _scored_again(self, ranked: Ranked, meant: list[dict[str, int]], people: bool) -> list[tuple[float, Candidate]]:
        """What was found already, by likeness and fame; by its initials, but never behind what it stood before."""
        scored, behind = [], 0.0
        for one in reversed(ranked.rows):
            short = one.pk in ranked.by_initials
            like = LIKE_BY_INITIALS if short else max(self._likeness(one, meant), self._like_as_typed(one))
            score = like + PER_FAME * fame(one.weight, people)
            behind = max(behind + A_LITTLE if short else 0, score, behind)
            scored.append((behind if short else score, one))
        return scored

    def _like_as_typed(self, one: Candidate) -> int:
        near = self.nearness(one)
        return LIKE_BY_BEGINNING if near <= BEGINS else LIKE_BY_WORDS - self.vague - (near - HOLDS)

    def _likeness(self, one: Candidate, meant: list[dict[str, int]]) -> float:
        """The best of its names, as they are and in their shortest wording: "Se7en" is nearer to Seven than to 7."""
        return max(
            max(self._by_words(name, meant), *(_like(*two, typing=self.typing) for two in self._both(name)))
            for name in one.names.split("\n")
        )

    def _both(self, name: str) -> set[tuple[str, str]]:
        return {(self.figures, figured(name)), (self.key, sort_title_of(name))}

    def _by_words(self, name: str, meant: list[dict[str, int]]) -> float:
        """How like it is if it has all the words, as they may be meant, or all the letters in a row."""
        if self.squeezed in pressed(name):
            return LIKE_BY_WORDS - self.vague
        if len(self.squeezed) < LEAST_LETTERS:
            return 0
        words = figured(name).split()
        edits = [min((known[word] for word in words if word in known), default=None) for known in meant]
        return 0 if None in edits else LIKE_BY_MEANING - self.vague - PER_EDIT * sum(filter(None, edits))


def _like(typed: str, name: str, *, typing: bool) -> float:
    """0 to 100: letter by letter; by the words in any order, a little less; with words left out, less."""
    like = fuzz.ratio(typed, name)
    wanted, words = typed.split(), name.split()
    if set(wanted) > set(words):
        return max(LIKE_IN_PART + PER_SHARE * len(name) / len(typed), min(like, MOST_IN_PART))
    if typing and len(name) > len(typed):
        like = max(like, 0.97 * fuzz.ratio(typed, name[: len(typed)]))
    elif len(words) > len(wanted) > 1:
        like = max(like, 0.88 * fuzz.ratio(typed, " ".join(words[: len(wanted)])))
    if like < LIKE_IN_PART:
        like = max(like, min(LIKE_IN_PART, 0.9 * fuzz.token_set_ratio(typed, name)))
    return like if like > 90 else max(like, 0.95 * fuzz.token_sort_ratio(typed, name))
