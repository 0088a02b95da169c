"""Tables that other sites export as CSV, and what their cells say."""

import codecs
import csv
import io
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from typing import Any, Final

from django.utils import timezone

from reviews.days import EARLIEST
from reviews.models import ImportRow

LONGEST_CELL: Final = 2**20
LONGEST_TITLE: Final = 250  # of a film here
NOON: Final = time(12, tzinfo=UTC)  # of a day without an hour: the same day nearly everywhere
SEPARATORS: Final = (",", ";", "\t")
SEPARATOR: Final = re.compile(r"sep=", re.IGNORECASE)
DRAWN: Final = re.compile(r"★{1,4}½?|★{5}|½")
YEAR: Final = re.compile(r"(1[89]|20)\d\d")
DECIMAL: Final = re.compile(r"(\d{1,3})(?:[.,](\d)\d*)?", re.ASCII)

type Cells = dict[str, str]


def text_of(content: bytes) -> str | None:
    """UTF-8 with or without its mark, UTF-16 with it, else Latin-1, as IMDb wrote once. None for what is no text."""
    if content[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        words = content.decode("utf-16", "replace")
        return None if "\0" in words else words
    if b"\0" in content:
        return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def plain_name(column: str) -> str:
    """`Release Date (month/day/year)` is `release date`; `Num. Votes` is `num votes`."""
    return " ".join(re.findall(r"[a-z0-9]+", re.sub(r"\(.*?\)", "", column.lower())))


def columns_of(text: str) -> list[str]:
    """The header: the first line, as `plain_name`."""
    try:
        return _header(_reader(text[: 4 * 1024]))
    except csv.Error:
        return []


def _header(reader: Any) -> list[str]:
    first: list[str] = next(reader, [])
    if SEPARATOR.match(",".join(first)):  # a line for a spreadsheet, above the header
        first = next(reader, [])
    return [plain_name(cell) for cell in first]


def table(text: str) -> Iterator[tuple[int, Cells | None]]:
    """Each row with the line that it begins on; None for one that does not fit the header."""
    reader = _reader(text)
    try:
        header = _header(reader)
    except csv.Error:
        return
    while True:
        number = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error:
            yield number, None
            continue
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            beyond = any(cell.strip() for cell in cells[len(header) :])
            yield number, None if beyond else dict(zip(header, map(clean, cells), strict=False))


def records(text: str) -> Iterator[tuple[int, list[str]]]:
    """All rows as they are, with the lines that they begin on, for files that hold more than one table."""
    reader = _reader(text)
    while True:
        number = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error:
            continue
        if cells is None:
            return
        yield number, cells


def _reader(text: str) -> Any:
    csv.field_size_limit(LONGEST_CELL)
    return csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))


def _separator(text: str) -> str:
    """What parts the cells: whichever the first line that has one has most of. A spreadsheet puts in its own."""
    for line in text[: 4 * 1024].splitlines():
        found = {sign: line.count(sign) for sign in SEPARATORS}
        if any(found.values()):
            return max(SEPARATORS, key=lambda sign: found[sign])
    return ","


def clean(cell: str) -> str:
    return cell.replace("\0", "").replace("\ufeff", "").strip()


def missing(columns: Sequence[str], wanted: Sequence[str]) -> list[str]:
    return [name for name in wanted if name not in columns]


def year_in(cell: str) -> int | None:
    found = YEAR.match(cell.strip())
    return int(found[0]) if found else None


def day_in(cell: str) -> date | None:
    """The day of an ISO date or time, or of a date as IMDb once wrote them: `Fri Feb 15 22:45:23 2013`. None if the
    cell is empty or is neither.
    """
    words = " ".join(cell.split())
    try:
        return date.fromisoformat(words[:10])
    except ValueError:
        pass
    try:
        return datetime.strptime(words, "%a %b %d %H:%M:%S %Y").date()
    except ValueError:
        return None


def moment_of(day: date | None) -> datetime | None:
    """When something was done of which only the day is known; not later than now."""
    return None if day is None else min(datetime.combine(day, NOON), timezone.now())


def instant_in(cell: object) -> datetime | None:
    """A time as Trakt writes it: `2026-08-19T23:59:59.000Z`. One without a zone is UTC."""
    try:
        found = datetime.fromisoformat(str(cell))
    except ValueError:
        return None
    found = found if found.tzinfo else found.replace(tzinfo=UTC)
    return min(found, timezone.now()) if found.year >= EARLIEST.year else None


def half_stars_of(cell: str) -> int | None:
    """Stars from 0.5 to 5 in halves, doubled, in figures or drawn; 0 for what is none, None for no rating."""
    if not cell or cell in {"0", "0.0"}:
        return None
    if DRAWN.fullmatch(cell):
        return 2 * cell.count("★") + cell.count("½")
    try:
        doubled = float(cell.replace(",", ".")) * 2
    except ValueError:
        return 0
    return int(doubled) if 1 <= doubled <= 10 and doubled == int(doubled) else 0


def tenth_of(cell: object) -> int | None:
    """A rating from 1 to 10: the half-stars themselves; 0 for what is none, None for no rating."""
    words = str(cell if cell is not None else "").strip()
    if not words:
        return None
    return int(words) if re.fullmatch(r"0?[1-9]|10", words, re.ASCII) else 0


def tenth_near(cell: object) -> int | None:
    """A decimal rating up to 10 as the nearest half-stars, of two the higher; one above 0 is half a star at least.

    0 for what is none, None for no rating and for a plain 0.
    """
    words = str(cell if cell is not None else "").strip()
    if not words:
        return None
    if not (figures := DECIMAL.fullmatch(words)):
        return 0
    tenths = 10 * int(figures[1]) + int(figures[2] or 0)
    if tenths == 0:
        return None
    return max(1, (tenths + 5) // 10) if tenths <= 100 else 0


def unreadable(file: str, line: int, problem: str, row: ImportRow | None = None, kind: str = "") -> ImportRow:
    """A row that says of itself why nothing becomes of it."""
    row = row or ImportRow(kind=kind or ImportRow.Kind.WATCHED)
    row.file, row.line, row.problem, row.verdict = file[:200], line, problem, ImportRow.Verdict.UNREADABLE
    return row
