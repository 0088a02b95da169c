"""How many films are found, and how many of them each choice would leave: exactly, whatever is asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from films.catalogue import OFFERED, Reading
from films.choices import NAMED, Choices
from films.facets import EVERY
from films.narrowing import Narrowing


@dataclass(frozen=True, slots=True)
class Counts:
    """Numbers by word, EVERY for all that were found."""

    of: Mapping[str, int] = field(default_factory=dict)

    def __len__(self) -> int:
        """About how much it takes to keep it."""
        return 100 * len(self.of)

    @property
    def found(self) -> int:
        return self.of.get(EVERY, 0)


def count(reading: Reading, narrowing: Narrowing, instead: Mapping[str, Narrowing] | None = None) -> Counts:
    """What is found, and what of it has each word.

    `instead` says what is found if a choice of these kinds is made in place of the one that is on.
    """
    instead = instead or {}
    films = reading.films(narrowing)
    counts = {EVERY: len(films)} | reading.count(films, OFFERED.difference(*instead))
    for kinds, other in instead.items():
        counts |= reading.count(reading.films(other), kinds)
    return Counts(counts)


def count_each(reading: Reading, narrowings: Sequence[Narrowing]) -> list[int]:
    """How many each would find."""
    return [len(reading.films(narrowing)) for narrowing in narrowings]


def by_choice(counts: Counts, choices: Choices, hides_scores: bool = False) -> dict[str, list[tuple[str, str, int]]]:
    """Slug, name and number of each choice of a kind that some film would be left with.

    What members gave is counted for nobody who hides scores.
    """
    offered = {
        kind: [(slug, name, counts.of.get(choices.words[kind, slug], 0)) for slug, name in names.items()]
        for kind, names in choices.names.items()
        if kind not in NAMED
    }
    measures = {"decade": "d", "length": "t"} | ({} if hides_scores else {"min_ratings": "k", "min_rating": "r"})
    for kind, letter in measures.items():
        words = sorted(word for word in counts.of if word[0] == letter)
        offered[kind] = [(_measure(kind, word), "", counts.of[word]) for word in words]
    return {kind: [row for row in rows if row[2]] for kind, rows in offered.items()}


def _measure(kind: str, word: str) -> str:
    """What an address says for the word: half-stars are stars there."""
    return f"{int(word[1:]) / 2:g}" if kind == "min_rating" else word[1:]
