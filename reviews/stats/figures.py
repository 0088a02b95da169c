"""All figures about what a member saw, ever or in one year.

A film that was seen several times is several viewings (lines of the diary) and one film. Ever, films are those that are
marked as watched, dated or not, and stars are what the member gives them now. Of a year, films are those of its
viewings, and stars those of the evening: of several evenings the latest that has any.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final

import numpy as np

from accounts.models import User
from config.freshness import ANY
from config.keeping import Tags
from films.catalogue import Catalogue, Reading
from films.freshness import tag_of
from films.models import Film
from films.ordered import Numbers
from reviews.blind import is_blind
from reviews.stats.ranking import FEWEST_OF_A_YEAR, FEWEST_RATED, Ranking, made_by, rank
from reviews.stats.seen import Seen, of_diary, of_marks, seen_by
from reviews.stats.standouts import Standouts, best_known, load_films, of_films, stand_out

MOST_STAMPED: Final = 300
MOST_ASKED: Final = 2_000  # films of which is asked how many members like them


@dataclass(frozen=True)
class Figures:
    """`year` is None for all of it. `untimed` films have no known running time, so `minutes` are without them.

    `years`, the latest first, are those with viewings. `stars_shown` is False for a reader who wants no ratings.
    """

    year: int | None
    years: list[int]
    viewings: int
    films: int
    minutes: int
    untimed: int
    again: int
    by_day: Counter[date]
    histogram: list[int]
    rankings: list[Ranking]
    standouts: Standouts
    cards: dict[int, Film]
    stars_shown: bool
    tags: Tags

    @property
    def rated(self) -> int:
        return sum(self.histogram)

    @property
    def average(self) -> float | None:
        total = sum(number * half_stars for half_stars, number in enumerate(self.histogram, start=1))
        return round(total / self.rated / 2, 2) if self.rated else None

    @property
    def hours(self) -> int:
        return round(self.minutes / 60)

    @cached_property
    def by_month(self) -> Counter[date]:
        """How many viewings each month had, by the first day of the month."""
        months: Counter[date] = Counter()
        for day, number in self.by_day.items():
            months[day.replace(day=1)] += number
        return months

    @cached_property
    def by_weekday(self) -> list[int]:
        """From Monday to Sunday."""
        numbers = [0] * 7
        for day, number in self.by_day.items():
            numbers[day.weekday()] += number
        return numbers


def figures_of(member: User, viewer: Any, year: int | None = None) -> Figures:
    """The member's figures, of what the viewer may see. Five queries, six for a viewer who hides scores."""
    every = seen_by(member, viewer)
    seen = every if year is None else every.within(year)
    rated = _rated(seen, year)
    films = rated[0]
    catalogue = Reading().catalogue
    lines = of_marks(member, viewer) if year is None else of_diary(member, viewer, year)
    credits = made_by(lines, best_known(catalogue, films, MOST_ASKED))
    shown = not is_blind(viewer) or viewer.pk == member.pk
    fewest = FEWEST_RATED if year is None else FEWEST_OF_A_YEAR
    standouts = stand_out(viewer, catalogue, seen, rated if shown else _unrated(rated), credits["likes"])
    minutes = of_films(catalogue, "runtime_minutes", films)
    return Figures(
        year=year,
        years=every.years,
        viewings=len(seen.films),
        films=len(films),
        minutes=_minutes(catalogue, seen, films),
        untimed=int((minutes <= 0).sum()),
        again=int(seen.again.sum()),
        by_day=_by_day(seen),
        histogram=_histogram(seen.given if year is None else seen.stars) if shown else [0] * 10,
        rankings=rank(catalogue, credits, *(rated if shown else _unrated(rated)), fewest),
        standouts=standouts,
        cards=load_films(standouts.film_ids),
        stars_shown=shown,
        tags=tuple(map(tag_of, films.tolist())) if len(films) <= MOST_STAMPED else (ANY,),
    )


def _rated(seen: Seen, year: int | None) -> tuple[Numbers, Numbers]:
    """The films that count, in the order of their numbers, with their half-stars or 0."""
    if year is not None:
        return seen.ratings()
    order = np.argsort(seen.marked)
    return seen.marked[order], seen.given[order]


def _unrated(rated: tuple[Numbers, Numbers]) -> tuple[Numbers, Numbers]:
    films, stars = rated
    return films, np.zeros_like(stars)


def _minutes(catalogue: Catalogue, seen: Seen, films: Numbers) -> int:
    """The minutes of all viewings, and once of each film that was seen without a date."""
    viewed = np.concatenate([seen.films, np.setdiff1d(films, seen.films)])
    minutes = of_films(catalogue, "runtime_minutes", viewed)
    return int(minutes[minutes > 0].sum(dtype=np.int64))


def _by_day(seen: Seen) -> Counter[date]:
    days, numbers = np.unique(seen.days, return_counts=True)
    return Counter({date.fromordinal(int(day)): int(number) for day, number in zip(days, numbers, strict=True)})


def _histogram(stars: Numbers) -> list[int]:
    return [int(number) for number in np.bincount(stars, minlength=11)[1:]]
