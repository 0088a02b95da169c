"""CSV files that Movary exports: the history, ratings and the watchlist, told apart by their columns.

A film watched twice on a day is two lines. A comment is of one evening, and there for oneself: it becomes a private
note that begins with the day. Watchlists of older versions have a year in their header and none in their lines.
"""

from collections.abc import Iterator
from typing import Final

from reviews.days import could_be_watched
from reviews.importers.found import Found, at_place, check_columns, film_ids, read_tables, row
from reviews.importers.notes import Notes
from reviews.importers.opening import Part
from reviews.importers.tables import Cells, day_in, instant_in, moment_of, tenth_of, unreadable, year_in
from reviews.models import ImportRow

Kind, Problem = ImportRow.Kind, ImportRow.Problem

IDS: Final = {"tmdbid", "imdbid"}
SIGNS: Final = {"watchedat", "userrating", "addedat"}  # of the history, of ratings, of a watchlist


def knows(part: Part) -> bool:
    columns = {*part.columns}
    return columns >= IDS and bool(columns & SIGNS)


def check(part: Part) -> None:
    """Raise ValidationError where the table lacks what names a film."""
    check_columns(part, ["title", "year"])


def rows(parts: list[Part], found: Found) -> Iterator[ImportRow]:
    notes = Notes(found)

    def read(part: Part, line: int, cells: Cells) -> Iterator[ImportRow]:
        if "watchedat" in part.columns:
            yield _evening(part, line, cells, notes)
        elif "userrating" in part.columns:
            yield _rating(part, line, cells)
        else:
            yield _wanted(part, line, cells)

    yield from read_tables(parts, knows, found, read)
    yield from notes.rows()


def _row(part: Part, line: int, kind: str, cells: Cells, **said: object) -> ImportRow:
    return row(part, line, kind, cells.get("title", ""), year_in(cells.get("year", "")), **_ids_in(cells), **said)


def _ids_in(cells: Cells) -> dict[str, str]:
    return film_ids(cells.get("imdbid"), cells.get("tmdbid"))


def _evening(part: Part, line: int, cells: Cells, notes: Notes) -> ImportRow:
    """A day in the diary; without one, a film that was seen."""
    watched, comment = cells.get("watchedat", ""), cells.get("comment", "")
    day = day_in(watched)
    known = day is not None and could_be_watched(day)
    said = {"at": moment_of(day), "watched_on": day, "circumstances": at_place(cells.get("location", ""))}
    made = _row(part, line, Kind.VIEWING if watched else Kind.WATCHED, cells, **(said if known else {}))
    if comment:
        words = f"{day}: {comment}" if known else comment
        notes.add(part, line, made.title, made.year, words, at=moment_of(day if known else None), **_ids_in(cells))
    return made if known or not watched or made.problem else unreadable(part.name, line, Problem.DAY, made)


def _rating(part: Part, line: int, cells: Cells) -> ImportRow:
    stars = tenth_of(cells.get("userrating"))
    made = _row(part, line, Kind.RATING, cells, half_stars=stars or None)
    return made if stars or made.problem else unreadable(part.name, line, Problem.RATING, made)


def _wanted(part: Part, line: int, cells: Cells) -> ImportRow:
    if "addedat" not in cells:
        cells = {"title": cells.get("title", ""), "tmdbid": cells.get("year", ""), "imdbid": cells.get("tmdbid", ""),
                 "addedat": cells.get("imdbid", "")}  # fmt: skip
    return _row(part, line, Kind.WATCHLIST, cells, at=instant_in(cells["addedat"]))
