"""The CSV that Yamtrack exports, and Floppy, which has lists and tags in it, too.

Of all that is tracked there films alone are read. Each time a film was watched is a line of its own; one that is done
says when. Zero is a rating there, as an empty cell is none.
"""

import json
from collections.abc import Iterator
from typing import Any, Final

from reviews.days import could_be_watched
from reviews.importers.found import Found, check_columns, empty_list, film_ids, read_tables, row, tidy_tags
from reviews.importers.notes import Notes
from reviews.importers.opening import Part
from reviews.importers.tables import Cells, day_in, instant_in, moment_of, tenth_near, unreadable
from reviews.models import ImportRow

Kind, Problem = ImportRow.Kind, ImportRow.Problem

SIGNS: Final = {"media id", "media type", "status"}
FILM: Final = "movie"
DONE: Final = frozenset({"completed", "repeating"})
WANTED: Final = "planning"
ITSELF: Final = ("", "media")  # lines about what is tracked; others are lists, and what somebody owns


def knows(part: Part) -> bool:
    return {*part.columns} >= SIGNS


def check(part: Part) -> None:
    """Raise ValidationError where the table lacks what names a film."""
    check_columns(part, ["title", "score", "end date"])


def rows(parts: list[Part], found: Found) -> Iterator[ImportRow]:
    reader = _Reader(found)
    yield from read_tables(parts, knows, found, reader.read)
    yield from reader.rows_of_empty_lists()
    yield from reader.notes.rows()


class _Reader:
    def __init__(self, found: Found) -> None:
        self.found, self.notes = found, Notes(found)
        self.lists: dict[str, tuple[int, Part, int]] = {}  # by their ids: number, and where they are told
        self.filled = set[int]()

    def read(self, part: Part, line: int, cells: Cells) -> Iterator[ImportRow]:
        sort = cells.get("row type", "").lower()
        if sort == "list":
            yield from self._list(part, line, cells)
        elif sort not in (*ITSELF, "list_item"):
            yield from self.found.leave_out_a(sort, part)
        elif cells.get("media type", "").lower() != FILM:
            yield from self.found.leave_out_a(cells.get("media type", ""), part)
        elif sort == "list_item":
            yield from self._entry(part, line, cells)
        else:
            yield from self._film(part, line, cells)

    def _film(self, part: Part, line: int, cells: Cells) -> Iterator[ImportRow]:
        status, words = cells.get("status", "").lower(), cells.get("notes", "")
        stars = _stars_in(cells.get("score", ""))
        at = instant_in(cells.get("progressed at") or cells.get("progress changed") or cells.get("created at"))
        about: dict[str, Any] = {"at": at, "tags": _tags_in(cells.get("item tags", ""))}
        if status in DONE:
            yield self._evening(part, line, cells, about)
        elif status == WANTED:
            yield _row(part, line, Kind.WATCHLIST, cells, at=at)
        elif stars is None and not words:
            yield from self.found.leave_out_a(status, part)
        if stars is not None:
            made = _row(part, line, Kind.RATING, cells, at=at, half_stars=stars or None)
            yield made if stars or made.problem else unreadable(part.name, line, Problem.RATING, made)
        if words:
            self.notes.add(part, line, cells.get("title", ""), None, words, at=at, **_ids_in(cells))

    def _evening(self, part: Part, line: int, cells: Cells, about: dict[str, Any]) -> ImportRow:
        """A line of the diary, on the day on which it ended, or began; without a day, a film that was seen."""
        written = cells.get("end date") or cells.get("start date") or ""
        day = day_in(written)
        if not written:
            return _row(part, line, Kind.WATCHED, cells, **about)
        if day is None or not could_be_watched(day):
            return unreadable(part.name, line, Problem.DAY, _row(part, line, Kind.VIEWING, cells))
        return _row(part, line, Kind.VIEWING, cells, watched_on=day, **(about | {"at": moment_of(day)}))

    def _list(self, part: Part, line: int, cells: Cells) -> Iterator[ImportRow]:
        if cells.get("list is smart", "").lower() == "true":  # a search, in words that are not ours
            yield from self.found.leave_out_a("smart list", part)
            return
        title, tags = cells.get("list name", ""), _tags_in(cells.get("list tags", ""))
        number = self.found.begin_list(title, cells.get("list description", ""), tags)
        self.lists[cells.get("list uid") or title] = number, part, line

    def _entry(self, part: Part, line: int, cells: Cells) -> Iterator[ImportRow]:
        told = self.lists.get(cells.get("list uid") or cells.get("list name", ""))
        number = told[0] if told else self.found.number_of(cells.get("list name", ""))
        self.filled.add(number)
        yield _row(part, line, Kind.ENTRY, cells, list_number=number, at=instant_in(cells.get("list item date added")))

    def rows_of_empty_lists(self) -> Iterator[ImportRow]:
        for number, part, line in self.lists.values():
            if number not in self.filled:
                yield empty_list(part, line, self.found, number, None)


def _row(part: Part, line: int, kind: str, cells: Cells, **said: Any) -> ImportRow:
    return row(part, line, kind, cells.get("title", ""), None, **_ids_in(cells), **said)


def _ids_in(cells: Cells) -> dict[str, str]:
    """Of what somebody entered by hand the id says nothing."""
    source, number = cells.get("source", "tmdb").lower(), cells.get("media id", "")
    return film_ids(number if source == "imdb" else "", number if source == "tmdb" else "")


def _stars_in(score: str) -> int | None:
    """Half-stars; 0 for what is none, None for no rating."""
    return 1 if score and not score.strip("0.,") else tenth_near(score)


def _tags_in(cell: str) -> list[str]:
    try:
        tags = json.loads(cell or "[]")
    except (ValueError, RecursionError):
        return []
    return tidy_tags(str(tag) for tag in tags) if isinstance(tags, list) else []
