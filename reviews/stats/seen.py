"""What a viewer may know that a member saw, as columns of numbers: quick to count, however much it is."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any, Final

import numpy as np

from accounts.models import User
from accounts.models.viewer import Viewer
from config.replica import to_read
from films.narrowing import Sql
from films.ordered import Numbers
from films.packed import unpacked
from reviews.models import Mark, Viewing

EPOCH: Final = date(1970, 1, 1).toordinal()
LINES: Final = """
    SELECT string_agg(int4send(film_id::int), '') AS films,
        string_agg(int4send(watched_on - DATE '0001-01-01' + 1), '') AS days,
        string_agg(int2send(coalesce(half_stars, 0)::int2), '') AS stars,
        string_agg(int2send(rewatch::int::int2), '') AS again
    FROM ({lines} OFFSET 0) line
"""
MARKED: Final = """
    SELECT string_agg(int4send(film_id::int), '') AS marked,
        string_agg(int2send(coalesce(half_stars, 0)::int2), '') AS given
    FROM ({marks}) mark
"""


@dataclass(frozen=True)
class Seen:
    """`films`, `days` (ordinals), `stars` (half-stars, 0 for none) and `again` (1 for a film that was known) have a
    number for each line of the diary, in its order, the first day first.

    `marked` are all films that are marked as watched, dated or not, and `given` are their half-stars.
    """

    films: Numbers
    days: Numbers
    stars: Numbers
    again: Numbers
    marked: Numbers
    given: Numbers

    @cached_property
    def dates(self) -> Any:
        return (self.days - EPOCH).astype("datetime64[D]")

    @cached_property
    def line_years(self) -> Numbers:
        years: Numbers = self.dates.astype("datetime64[Y]").astype(int) + 1970
        return years

    @property
    def years(self) -> list[int]:
        """The years in which something was seen, the latest first."""
        return [int(year) for year in np.unique(self.line_years)[::-1]]

    def within(self, year: int) -> "Seen":
        """The lines of that year; films are marked once for all years."""
        lines = self.line_years == year
        return replace(
            self, films=self.films[lines], days=self.days[lines], stars=self.stars[lines], again=self.again[lines]
        )

    def ratings(self) -> tuple[Numbers, Numbers]:
        """The films of the lines, each once, with the stars that it got last: 0 where it never got any."""
        order = np.lexsort((np.arange(len(self.films)), self.stars > 0))[::-1]  # what has stars, the latest first
        films, first = np.unique(self.films[order], return_index=True)
        return films, self.stars[order][first]


def seen_by(member: User, viewer: Viewer) -> Seen:
    """What the member has seen, as far as the viewer may see it. One query."""
    lines, marks = of_diary(member, viewer), of_marks(member, viewer)
    text = f"SELECT * FROM ({LINES.format(lines=lines.text)}) l, ({MARKED.format(marks=marks.text)}) m"  # noqa: S608 -- ours
    with to_read().cursor() as cursor:
        cursor.execute(text, [*lines.values, *marks.values])
        films, days, stars, again, marked, given = cursor.fetchone()
    return Seen(
        films=unpacked(films, 4),
        days=unpacked(days, 4),
        stars=unpacked(stars, 2),
        again=unpacked(again, 2),
        marked=unpacked(marked, 4),
        given=unpacked(given, 2),
    )


def of_diary(member: User, viewer: Viewer, year: int | None = None) -> Sql:
    """The lines of the diary that the viewer may see, as SQL."""
    lines = Viewing.objects.visible_to(viewer).filter(member=member)
    if year is not None:
        lines = lines.filter(watched_on__range=(date(year, 1, 1), date(year, 12, 31)))
    columns = ("film_id", "watched_on", "half_stars", "rewatch")
    return _sql(lines.order_by("watched_on", "id").values(*columns))


def of_marks(member: User, viewer: Viewer) -> Sql:
    """The marks of films that were watched, as SQL."""
    marks = Mark.objects.visible_to(viewer).filter(member=member).watched()
    return _sql(marks.order_by().values("film_id", "half_stars"))


def _sql(rows: Any) -> Sql:
    text, values = rows.query.sql_with_params()
    return Sql(text, tuple(values))
