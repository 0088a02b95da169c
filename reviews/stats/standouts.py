"""Films that stand out among those that a member saw."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

import numpy as np
from django.conf import settings

from accounts.models.viewer import Viewer
from films.catalogue import Catalogue
from films.following import MILLION, UNKNOWN
from films.models import Film
from films.models.film import FEW_RATINGS
from films.ordered import Numbers
from reviews.blind import covered_among
from reviews.stats.seen import Seen

MOST_SHOWN: Final = 4


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the diary."""

    film: int
    day: date


@dataclass(frozen=True, slots=True)
class Measured:
    """A film with its number: half-stars, minutes, viewings or likes."""

    film: int
    number: int

    @property
    def stars(self) -> float:
        return self.number / 2


@dataclass(frozen=True, slots=True)
class Apart:
    """A film to which the member gave other stars than members at large: theirs, and the weighted mean."""

    film: int
    stars: float
    mean: float


@dataclass(frozen=True)
class Standouts:
    first: Line | None = None
    last: Line | None = None
    longest: Measured | None = None
    best: list[Measured] = field(default_factory=list)  # by half-stars, among equals the best known
    again: list[Measured] = field(default_factory=list)  # seen more than once
    above: list[Apart] = field(default_factory=list)  # liked better than by others, by how much
    below: list[Apart] = field(default_factory=list)
    liked: list[Measured] = field(default_factory=list)  # that most members like

    @property
    def film_ids(self) -> set[int]:
        return {each.film for each in self._all() if each}

    def _all(self) -> Iterator[Any]:
        yield from (self.first, self.last, self.longest)
        for films in (self.best, self.again, self.above, self.below, self.liked):
            yield from films


def stand_out(
    viewer: Viewer, catalogue: Catalogue, seen: Seen, rated: tuple[Numbers, Numbers], likes: tuple[Numbers, Numbers]
) -> Standouts:
    """`rated` are films with half-stars or 0, `likes` how many members like which film.

    No query, but for a viewer who hides scores: of films that they have not rated now they see no mean.
    """
    films, stars = rated
    above, below = _apart(catalogue, films, stars)
    covered = covered_among(viewer, (each.film for each in [*above, *below]))
    return Standouts(
        first=_line(seen, 0) if len(seen.films) else None,
        last=_line(seen, -1) if len(seen.films) else None,
        longest=next(iter(_most(films, of_films(catalogue, "runtime_minutes", films), least=1, shown=1)), None),
        best=_most(films, stars, least=1, then=of_films(catalogue, "popularity", films)),
        again=_most(*np.unique(seen.films, return_counts=True), least=2),
        above=[each for each in above if each.film not in covered],
        below=[each for each in below if each.film not in covered],
        liked=_most(likes[1], likes[0], least=1),
    )


def of_films(catalogue: Catalogue, column: str, films: Numbers) -> Numbers:
    """What the column says of each of the films; UNKNOWN for one that came after the catalogue was read."""
    numbers = catalogue.columns[column]
    there = films < len(numbers)
    found: Numbers = np.where(there, numbers[np.where(there, films, 0)] if len(numbers) else UNKNOWN, UNKNOWN)
    return found


def best_known(catalogue: Catalogue, films: Numbers, most: int) -> list[int]:
    """So many of the films, or all that there are."""
    order = np.argsort(-of_films(catalogue, "popularity", films), kind="stable")
    return [int(film) for film in films[order[:most]]]


def _line(seen: Seen, place: int) -> Line:
    return Line(int(seen.films[place]), date.fromordinal(int(seen.days[place])))


def _most(
    films: Numbers, numbers: Numbers, *, least: int, shown: int = MOST_SHOWN, then: Numbers | None = None
) -> list[Measured]:
    order = np.lexsort((films, films if then is None else then, numbers))[::-1]
    return [Measured(int(films[n]), int(numbers[n])) for n in order[:shown] if numbers[n] >= least]


def _apart(catalogue: Catalogue, films: Numbers, stars: Numbers) -> tuple[list[Apart], list[Apart]]:
    """Those liked better than by others, and those liked less, by how much; of films that have a mean to show."""
    means = of_films(catalogue, "rating_weighted", films)
    enough = of_films(catalogue, "rating_count", films) >= max(FEW_RATINGS, settings.RATINGS_FOR_AVERAGE)
    known = (stars > 0) & (means != UNKNOWN) & enough
    films, stars, means = films[known], stars[known], means[known] / MILLION
    further = stars - means
    order = np.lexsort((films, further))
    apart = [Apart(int(films[n]), stars[n] / 2, round(float(means[n]) / 2, 2)) for n in order]
    above = [each for each in apart[: -MOST_SHOWN - 1 : -1] if each.stars > each.mean]
    return above, [each for each in apart[:MOST_SHOWN] if each.stars < each.mean]


def load_films(numbers: set[int]) -> dict[int, Film]:
    """By their numbers, with what a card shows. One query."""
    return {film.pk: film for film in Film.objects.with_card().filter(pk__in=numbers)} if numbers else {}
