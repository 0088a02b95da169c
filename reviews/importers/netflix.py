"""The viewing history of a Netflix profile as CSV: a title and a day, written as people do where the account is.

A film is a title without a year, so that only one which has its title for itself is found by it. Which title is an
episode only its shape tells (`Show: Season 1: Episode`, in the language of the account); those are lines that are no
film, until the member says which film one is.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from reviews.days import could_be_watched
from reviews.importers.found import Found, read_tables, row
from reviews.importers.opening import Part
from reviews.importers.tables import LONGEST_TITLE, Cells, moment_of, table, text_of, unreadable
from reviews.importers.written_days import WrittenDays
from reviews.models import ImportRow

COLUMNS: Final = ("title", "date")
PARTS: Final = re.compile(r"\s*[:：]\s+|：")
# A season, as Netflix calls it in the languages in which histories were seen.
CALLED: Final = (
    "season|series|staffel|saison|temporada|stagione|seizoen|säsong|sæson|sesong|kausi|sezon|sezóna|série|évad|сезон|"
    "シーズン|시즌"
)
SEASON: Final = re.compile(
    rf"(?i)({CALLED})\s*\d+\b.*|\d+\s*[.ªº°]?\s*({CALLED})|第\s*\d+\s*[季期]|"
    r"(limited|mini)[ -]?series?|miniserie[ns]?|mini-?série|(serie|série) limit\w+"
)
# How films in parts end; a series has its episode behind it.
PART: Final = re.compile(r"(?i)(part|teil|partie|parte|deel|del|vol\.?|volume)\s+(\d+|[ivx]+|one|two|three)")


def knows(part: Part) -> bool:
    return part.columns == COLUMNS


def check(part: Part) -> None:
    """Its two columns are all there is to it."""


def rows(parts: list[Part], found: Found) -> Iterator[ImportRow]:
    written, titles = list[str](), set[str]()
    for part in filter(knows, parts):
        for _number, cells in table(text_of(part.read()) or ""):
            written.append((cells or {}).get("date", ""))
            titles.add(_title_in(cells or {}))
    days, seasons = WrittenDays(written), _seasons_of(titles)
    seen = set[tuple[str, str]]()

    def read(part: Part, line: int, cells: Cells) -> Iterator[ImportRow]:
        title, date = _title_in(cells), cells.get("date", "")
        if (title, date) not in seen:  # looked at in two sittings on one day
            seen.add((title, date))
            yield _line(part, line, title, date, days, is_film=not _is_episode(title, seasons))

    yield from read_tables(parts, knows, found, read)


def _title_in(cells: Cells) -> str:
    """As much as is kept of one: a longer one would only keep those busy who look at its shape."""
    return cells.get("title", "")[:LONGEST_TITLE]


def _line(part: Part, line: int, title: str, date: str, days: WrittenDays, *, is_film: bool) -> ImportRow:
    day = days.read(date)
    known = day if day is not None and could_be_watched(day) else None
    made = row(part, line, ImportRow.Kind.VIEWING, title, None, at=moment_of(known), watched_on=known)
    if not is_film and not made.problem:
        made.verdict = ImportRow.Verdict.NO_FILM
    elif known is None and not made.problem:
        problem = days.problem_of(date) if day is None else ImportRow.Problem.DAY
        return unreadable(part.name, line, problem, made)
    return made


def _seasons_of(titles: set[str]) -> Counter[tuple[str, ...]]:
    """How many titles go on behind the same two parts: `Show: Show 2` of `Show: Show 2: Chapter One`."""
    split = [PARTS.split(title) for title in titles]
    return Counter((parts[0], parts[1]) for parts in split if len(parts) > 2 and not PART.fullmatch(parts[-1].strip()))


def _is_episode(title: str, seasons: Counter[tuple[str, ...]]) -> bool:
    parts = [part.strip() for part in PARTS.split(title)]
    if not parts[0]:  # of a series that is not there any more
        return True
    if len(parts) < 3 or PART.fullmatch(parts[-1]):
        return False
    return any(SEASON.fullmatch(part) for part in parts[1:-1]) or seasons[parts[0], parts[1]] > 1
