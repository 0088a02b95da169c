"""Figures as bars and as a calendar: places and lengths in the units of the pictures, and every number in words."""

import re
from calendar import isleap
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.urls import reverse
from django.utils.dates import MONTHS, MONTHS_3, WEEKDAYS, WEEKDAYS_ABBR
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from reviews.days import first_weekday, place_in_week
from reviews.stats.figures import Figures
from reviews.stats.words import viewings

CELL: Final = 13  # of the calendar, with the gap to the next
HEADROOM: Final = 16  # for the names of months
LEVELS: Final = 4  # of colour
MOST_LABELS: Final = 14  # of years, in the room of a telephone


@dataclass(frozen=True, slots=True)
class Bar:
    """`label` stands under it, `said` is all of it in words, `url` what it counts, if that can be listed."""

    label: str
    said: str
    count: int
    height: str
    top: str
    peak: bool
    url: str


@dataclass(frozen=True, slots=True)
class Bars:
    """`name` is for the page's own links, `title` for people."""

    name: str
    title: str
    bars: list[Bar]


@dataclass(frozen=True, slots=True)
class Day:
    x: int
    y: int
    level: int
    said: str


@dataclass(frozen=True, slots=True)
class Calendar:
    """A square for each day of the year, a week to a column; `days` with viewings also as rows."""

    cells: list[Day]
    months: list[tuple[int, str]]
    days: list[tuple[date, int]]
    width: int
    height: int = HEADROOM + 7 * CELL


def bars_of(figures: Figures, username: str) -> list[Bars]:
    """Month by month, week by week and by the days of the week."""
    if figures.year is None:
        return [_years(figures, username), _calendar_months(figures), _weekdays(figures)]
    diary = reverse("reviews:member_diary", args=[username])
    return [_months(figures, diary, figures.year), _weeks(figures, figures.year), _weekdays(figures)]


def calendar_of(figures: Figures, year: int) -> Calendar:
    first = date(year, 1, 1)
    before = place_in_week(first)
    most = max(figures.by_day.values(), default=1)
    cells = []
    for place in range(366 if isleap(year) else 365):
        day = first + timedelta(days=place)
        week, row = divmod(before + place, 7)
        number = figures.by_day[day]
        said = _said(date_format(day, "DATE_FORMAT"), number) if number else ""
        level = -(-LEVELS * number // most)  # any number is a level of its own, however few it is beside the most
        cells.append(Day(week * CELL, HEADROOM + row * CELL, level, said))
    months = [(((date(year, n, 1) - first).days + before) // 7 * CELL, str(MONTHS_3[n])) for n in range(1, 13)]
    days = sorted((day, number) for day, number in figures.by_day.items() if number)
    return Calendar(cells, [(x, name.capitalize()) for x, name in months], days, (cells[-1].x + CELL))


def _said(when: Any, number: int) -> str:
    return _("%(when)s: %(viewings)s") % {"when": when, "viewings": viewings(number)}


def _drawn(name: str, title: str, rows: list[tuple[str, str, int, str]]) -> Bars:
    """Rows of what stands under the bar, what it is about, how many and where they are."""
    most = max((number for _label, _when, number, _url in rows), default=0) or 1
    bars = []
    for label, when, number, url in rows:
        height = max(1.5, 100 * number / most)  # the least bar is a sliver, so that none vanishes
        bars.append(
            Bar(label, _said(when, number), number, f"{height:.1f}", f"{100 - height:.1f}", number == most, url)
        )
    return Bars(name, title, bars)


def _years(figures: Figures, username: str) -> Bars:
    """Where there are too many for a label each, every tenth has one."""
    few = len(figures.years) <= MOST_LABELS
    by_year = dict.fromkeys(reversed(figures.years), 0)
    for month, number in figures.by_month.items():
        by_year[month.year] += number
    rows = [
        (
            f"’{year % 100:02d}" if few else str(year) if year % 10 == 0 else "",
            str(year),
            number,
            reverse("reviews:member_year", args=[username, year]),
        )
        for year, number in by_year.items()
    ]
    return _drawn("years", _("Year by year"), rows)


def _months(figures: Figures, diary: str, year: int) -> Bars:
    rows = []
    for n in range(1, 13):
        month = date(year, n, 1)
        number = figures.by_month[month]
        rows.append((_initial(MONTHS[n]), date_format(month, "YEAR_MONTH_FORMAT"), number, f"{diary}?on={month:%Y-%m}"))
    return _drawn("months", _("Month by month"), rows)


def _calendar_months(figures: Figures) -> Bars:
    numbers = dict.fromkeys(range(1, 13), 0)
    for month, number in figures.by_month.items():
        numbers[month.month] += number
    rows = [(_initial(MONTHS[n]), str(MONTHS[n]), number, "") for n, number in numbers.items()]
    return _drawn("months", _("By month, all years together"), rows)


def _weeks(figures: Figures, year: int) -> Bars:
    """A bar for each week, as the reader counts them. The first and the last end with the year."""
    first = date(year, 1, 1)
    numbers: dict[date, int] = {}
    day = first
    while day.year == year:
        numbers.setdefault(max(first, day - timedelta(days=place_in_week(day))), 0)
        day += timedelta(days=1)
    for day, number in figures.by_day.items():
        numbers[max(first, day - timedelta(days=place_in_week(day)))] += number
    rows = [
        ("", _("Week of %(day)s") % {"day": date_format(monday, "MONTH_DAY_FORMAT")}, number, "")
        for monday, number in numbers.items()
    ]
    return _drawn("weeks", _("Week by week"), rows)


def _weekdays(figures: Figures) -> Bars:
    days = sorted(range(7), key=lambda n: (n - first_weekday()) % 7)
    rows = [(str(WEEKDAYS_ABBR[n]), str(WEEKDAYS[n]), figures.by_weekday[n], "") for n in days]
    return _drawn("weekdays", _("By day of the week"), rows)


def _initial(name: Any) -> str:
    """Of a month, or its number where that is its name."""
    number = re.match("[0-9]+", str(name))
    return number[0] if number else str(name)[:1].upper()
