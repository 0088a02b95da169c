"""Some of a film's ratings, counted by their stars."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

FEWEST_TOLD: Final = 3  # people: what two gave could be told from one another


@dataclass(frozen=True)
class Voices:
    """`histogram` counts them from ½ star to 5; `people`, if it is not the same, how many they are of."""

    name: str
    histogram: Sequence[int]
    people: int | None = None

    @property
    def count(self) -> int:
        return sum(self.histogram)

    @property
    def sum(self) -> int:
        """All ratings added up, in half-stars."""
        return sum(half_stars * count for half_stars, count in enumerate(self.histogram, 1))

    @property
    def mean(self) -> float | None:
        """The mean in stars, None without a rating."""
        return self.sum / self.count / 2 if self.count else None

    @property
    def is_told(self) -> bool:
        """Enough people that nobody's own stars can be read from them."""
        return (self.count if self.people is None else self.people) >= FEWEST_TOLD

    def __add__(self, others: "Voices") -> "Voices":
        return Voices(self.name, [a + b for a, b in zip(self.histogram, others.histogram, strict=True)])

    def __sub__(self, others: "Voices") -> "Voices":
        return Voices(self.name, [max(0, a - b) for a, b in zip(self.histogram, others.histogram, strict=True)])

    def only(self, half_stars: Iterable[int]) -> "Voices":
        chosen = set(half_stars)
        return Voices(self.name, [n if stars in chosen else 0 for stars, n in enumerate(self.histogram, 1)])


def counted(rows: Iterable[tuple[int, int]]) -> list[int]:
    """A histogram from pairs of half-stars and how many."""
    histogram = [0] * 10
    for half_stars, count in rows:
        histogram[half_stars - 1] += count
    return histogram


def percentages(histogram: Sequence[int]) -> list[int]:
    """Whole percentages that sum to 100 (or to 0 where there is nothing), by the largest remainders."""
    total = sum(histogram)
    if not total:
        return [0] * len(histogram)
    shares = [divmod(100 * count, total) for count in histogram]
    whole = [share for share, _rest in shares]
    by_rest = sorted(range(len(shares)), key=lambda n: (-shares[n][1], n))
    for n in by_rest[: 100 - sum(whole)]:
        whole[n] += 1
    return whole
