"""Days as tables write them: ISO, as IMDb wrote them once, or in the order of somebody's spreadsheet.

Whether 03/04/2021 is in March or in April no cell says by itself; another day of the same upload does, as 25/04/2021.
"""

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Final

from django.utils import timezone

from reviews.importers.tables import day_in
from reviews.models import ImportRow

IN_FIGURES: Final = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d\d)(?:[ T,].*)?")
YEAR_FIRST: Final = re.compile(r"(\d{4})([./-])(\d{1,2})\2(\d{1,2})(?:[ T,].*)?")
IN_WORDS: Final = ("%d %b %Y", "%d-%b-%Y", "%d %B %Y", "%b %d, %Y", "%B %d, %Y", "%d-%b-%y")


class WrittenDays:
    """Reads the days of one upload. With dots the day comes first; with strokes or dashes it is as `cells` tell."""

    def __init__(self, cells: Iterable[str]) -> None:
        self.is_day_first: bool | None = None
        told = {which for cell in cells if (which := _order_of(cell)) is not None}
        if len(told) == 1:
            self.is_day_first = told.pop()

    def read(self, cell: str) -> date | None:
        """None for an empty cell, for what is no day, and for what may be one of two."""
        words = " ".join(cell.split())
        if (found := day_in(words)) is not None or not words:
            return found
        if years := YEAR_FIRST.fullmatch(words):
            return _day(int(years[1]), int(years[3]), int(years[4]))
        if figures := IN_FIGURES.fullmatch(words):
            ways = self._ways(figures)
            return ways[0] if len(ways) == 1 else None
        return _in_words(words)

    def problem_of(self, cell: str) -> str:
        """Why a cell that says something is no day."""
        figures = IN_FIGURES.fullmatch(" ".join(cell.split()))
        return ImportRow.Problem.DAY_ORDER if figures and len(self._ways(figures)) > 1 else ImportRow.Problem.DAY

    def _ways(self, figures: re.Match[str]) -> list[date]:
        """The days that these figures can be."""
        first, second, year = int(figures[1]), int(figures[3]), _year(figures[4])
        day_first, month_first = _day(year, second, first), _day(year, first, second)
        if figures[2] == ".":
            return [day_first] if day_first else []
        if self.is_day_first is not None and day_first and month_first:
            return [day_first if self.is_day_first else month_first]
        return list(dict.fromkeys(day for day in (day_first, month_first) if day))


def _order_of(cell: str) -> bool | None:
    """Whether the day comes before the month in a cell that can be read in one way only."""
    figures = IN_FIGURES.fullmatch(cell.strip())
    if figures is None or figures[2] == "." or (int(figures[1]) > 12) == (int(figures[3]) > 12):
        return None
    return int(figures[1]) > 12


def _year(figures: str) -> int:
    """Two figures are of the last hundred years."""
    if len(figures) == 4:
        return int(figures)
    this = timezone.localdate().year
    year = this // 100 * 100 + int(figures)
    return year if year <= this else year - 100


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _in_words(words: str) -> date | None:
    for form in IN_WORDS:
        try:
            return datetime.strptime(words, form).date()
        except ValueError:
            continue
    return None
