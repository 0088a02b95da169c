"""Days as texts write them. A day without a year, or one that may be read two ways, needs the text's own date."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import zip_longest

from reviews.documents.layout import Flow, Taken
from reviews.documents.words import MONTHS, NUMBERS, WEEKDAYS

MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
DAY_MONTH = re.compile(
    rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|º|ª|\.)?\s+(?:of\s+|"
    rf"de\s+)?(?P<m>{MONTH})\b\.?(?:,?\s+(?:de\s+|del\s+)?(?P<y>(?:19|20)\d\d))?(?!\d)",
    re.IGNORECASE,
)
MONTH_DAY = re.compile(
    rf"\b(?P<m>{MONTH})\.?\s+(?:the\s+)?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:,?\s+(?P<y>(?:19|20)\d\d))?",
    re.IGNORECASE,
)
ISO = re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)(?!\d)")
DOTTED = re.compile(r"(?<!\d)(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.\s?(?P<y>(?:19|20)\d\d)?(?!\d)")
SLASHED = re.compile(r"(?<!\d)(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>(?:19|20)\d\d)(?!\d)")
END_OF_MONTH = re.compile(
    rf"\b(?:end of|last day of|close of)\s+(?:(?P<this>the|this|next)\s+month|"
    rf"(?:the\s+month of\s+)?(?P<m>{MONTH})\b(?:,?\s+(?P<y>(?:19|20)\d\d))?)",
    re.IGNORECASE,
)
IN_DAYS = re.compile(r"\bin\s+(?:just\s+|only\s+)?(?P<n>\d{1,2}|[a-z]+)\s+(?P<unit>days?|weeks?)\b", re.IGNORECASE)
DAY = "|".join(WEEKDAYS)
NAMED = re.compile(
    rf"\b(?P<today>today|tonight)\b|\b(?P<tomorrow>tomorrow)\b|\b(?:(?:on|this|until|by|next)\s+)(?P<day>{DAY})\b",
    re.IGNORECASE,
)
DATELINE = re.compile(
    r"^(?:[^\W\d][\w .]{2,30},\s+(?=\w+\.? \d|\d))?(?:published|posted|updated|last updated|date|"
    r"veröffentlicht|publié le|by [^,|•·]{2,40}[,|•·])?\s*(?:on|am|le)?\s*[:–—-]?\s*",
    re.IGNORECASE,
)


POSTED = re.compile(
    r"\b(?:posted|published|written|last updated|veröffentlicht|publié)\s+(?:on\s+|am\s+|le\s+)?", re.IGNORECASE
)
MONTH_AND_YEAR = re.compile(rf"\b(?P<m>{MONTH})\s+(?P<y>20\d\d)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Day:
    """A day at a place of the text; `day` is None when the text leaves open which."""

    said: str
    start: int
    end: int
    day: date | None


def find(text: str, base: date | None) -> list[Day]:
    """Every day in the text; `base` is the date the text itself was written on."""
    found: list[Day] = []
    taken = Taken(text)
    for day in [*_full(text, base), *_relative(text, base)]:
        if not taken.meets(day.start, day.end):
            found.append(day)
            taken.take(day.start, day.end)
    found.sort(key=lambda day: day.start)
    # "on Sunday, 2 June": the figure says more than the weekday before it.
    return [
        day
        for day, other in zip_longest(found, found[1:])
        if other is None or other.day is None or other.start - day.end > 6
    ]


def written_on(flow: Flow) -> date | None:
    """The date in a dateline: alone on one of the first lines or the last, or before a dash that opens the text."""
    if (posted := POSTED.search(flow.text)) is not None:
        days = find(flow.text[posted.end() : posted.end() + 40], None)
        if days and days[0].start < 3 and days[0].day is not None:
            return days[0].day
    for index in dict.fromkeys([*range(min(4, len(flow.parts))), len(flow.parts) - 1]):
        text = flow.parts[index].text if index >= 0 and flow.parts else ""
        label = DATELINE.match(text)
        after = text[label.end() :] if label else text
        opening = next((day for day in find(after, None) if day.start < 2 and day.day is not None), None)
        rest = after[opening.end :].strip(" .") if opening else ""
        if opening and (not rest or (rest[0] in "—–-|•·:" and index < 3) or len(rest) < 12):
            return opening.day
    return None


def made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _full(text: str, base: date | None) -> Iterator[Day]:
    years = {} if base else {MONTHS[match["m"].lower()]: int(match["y"]) for match in MONTH_AND_YEAR.finditer(text)}
    for pattern in (ISO, DOTTED, DAY_MONTH, MONTH_DAY, SLASHED):
        for match in pattern.finditer(text):
            named = match["m"].lower()
            month = MONTHS.get(named) or (int(named) if named.isdigit() else 0)
            day = int(match["d"])
            if pattern is SLASHED and 12 < month <= 31 and day <= 12:
                day, month = month, day
            elif pattern is SLASHED and day <= 12 and month <= 12 and day != month:
                yield Day(match[0], *match.span(), None)  # two countries read it two ways
                continue
            if not 1 <= month <= 12 or not 1 <= day <= 31:
                continue
            year = int(match["y"]) if match["y"] else years.get(month)
            found = made(year, month, day) if year else _next(month, day, base)
            if match["y"] is None or found is not None:
                yield Day(match[0], *match.span(), found)


def _next(month: int, day: int, base: date | None) -> date | None:
    """The next such day; shortly after one it is still that one."""
    if base is None:
        return None
    this = made(base.year, month, day)
    if this is not None and this >= base - timedelta(days=31):
        return this
    return made(base.year + 1, month, day)


def _relative(text: str, base: date | None) -> Iterator[Day]:
    for match in END_OF_MONTH.finditer(text):
        yield Day(match[0], *match.span(), _end_of_month(match, base))
    for match in IN_DAYS.finditer(text):
        count = int(match["n"]) if match["n"].isdigit() else NUMBERS.get(match["n"].lower(), 0)
        if count:
            days = count * (7 if match["unit"].lower().startswith("week") else 1)
            yield Day(match[0], *match.span(), base + timedelta(days=days) if base else None)
    for match in NAMED.finditer(text):
        yield Day(match[0], *match.span(), _named_day(match, base))


def _end_of_month(match: re.Match[str], base: date | None) -> date | None:
    if match["m"]:
        month = MONTHS[match["m"].lower()]
        year = int(match["y"]) if match["y"] else None
        if year is None and base is not None:
            year = base.year + (month < base.month)
    elif base is not None:
        later = match["this"].lower() == "next"
        year, month = base.year + (later and base.month == 12), base.month % 12 + 1 if later else base.month
    else:
        return None
    return date(year, month, calendar.monthrange(year, month)[1]) if year else None


def _named_day(match: re.Match[str], base: date | None) -> date | None:
    if base is None:
        return None
    if match["today"]:
        return base
    if match["tomorrow"]:
        return base + timedelta(days=1)
    return base + timedelta(days=(WEEKDAYS.index(match["day"].lower()) - base.weekday() - 1) % 7 + 1)
