"""A NeoDB export as CSV: the ZIP, of which the files about films are read, or one of these by itself.

A mark is one line whatever is said by it: seen or wanted, stars, a short comment, tags. When it was marked is no day
for the diary. Reviews and notes have two columns called `title`: of the film, and of what is written. Notes are there
for oneself: all of a film are one private note.
"""

import re
from collections.abc import Iterator
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from reviews.importers.found import Found, row, tidy_tags
from reviews.importers.notes import Notes
from reviews.importers.opening import Part
from reviews.importers.tables import Cells, clean, columns_of, instant_in, records, tenth_of, text_of, unreadable
from reviews.models import ImportRow

Kind, Problem = ImportRow.Kind, ImportRow.Problem

MARK: Final = ("title", "info", "links", "timestamp", "status", "rating", "comment", "tags")
REVIEW: Final = ("title", "info", "links", "timestamp", "heading", "content")
NOTE: Final = ("title", "info", "links", "timestamp", "progress", "heading", "content")
OURS: Final = {"movie_mark": MARK, "movie_review": REVIEW, "movie_note": NOTE}  # by the name of the file
COMMON: Final = MARK[:4]  # columns of every file of such an export
STATUS: Final = {"complete": Kind.WATCHED, "wishlist": Kind.WATCHLIST}
IMDB: Final = re.compile(r"\b(tt\d{7,10})\b")
TMDB: Final = re.compile(r"themoviedb\.org/movie/(\d{1,12})")
YEAR: Final = re.compile(r"\byear:((?:18|19|20)\d\d)\b")


def knows(part: Part) -> bool:
    return part.stem in OURS and tuple(columns_of(text_of(part.read()) or "")[:4]) == COMMON


def check(part: Part) -> None:
    """Raise ValidationError where the file cannot be what its name says."""
    if len(columns_of(text_of(part.read()) or "")) < len(OURS[part.stem]):
        raise ValidationError(_("“%(name)s” lacks columns of a NeoDB export.") % {"name": part.name}, code="columns")


def rows(parts: list[Part], found: Found) -> Iterator[ImportRow]:
    notes = Notes(found)
    for part in parts:
        text = text_of(part.read())
        if text is None:
            yield unreadable(part.name, 1, Problem.FILE)
            continue
        lines = records(text)
        next(lines, None)
        if not knows(part):  # of books and music
            found.left_out[part.name] += sum(1 for _line, cells in lines if any(cells))
            continue
        for line, cells in lines:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) > len(OURS[part.stem]):
                yield unreadable(part.name, line, Problem.SHAPE)
                continue
            said = dict(zip(OURS[part.stem], map(clean, cells), strict=False))
            if part.stem == "movie_note":
                _note(part, line, said, notes)
            else:
                yield from _mark(part, line, said, found) if part.stem == "movie_mark" else _review(part, line, said)
    yield from notes.rows()


def _mark(part: Part, line: int, said: Cells, found: Found) -> Iterator[ImportRow]:
    """Whether it was seen, its stars, and its comment, which is a review of few words."""
    kind, stars, words = STATUS.get(said.get("status", "")), tenth_of(said.get("rating")), said.get("comment", "")
    if kind is None and not stars and not words:
        yield from found.leave_out(part)
        return
    about = {"at": instant_in(said.get("timestamp")), "tags": tidy_tags(said.get("tags", "").split("|"))}
    if kind is not None:
        yield _row(part, line, kind, said, at=about["at"], tags=[] if words else about["tags"])
    if stars == 0:
        yield unreadable(part.name, line, Problem.RATING, _row(part, line, Kind.RATING, said))
    elif stars:
        yield _row(part, line, Kind.RATING, said, at=about["at"], half_stars=stars)
    if words:
        yield _row(part, line, Kind.REVIEW, said, body=words, half_stars=stars or None, **about)


def _review(part: Part, line: int, said: Cells) -> Iterator[ImportRow]:
    if body := headed(said.get("heading", ""), said.get("content", "")):
        yield _row(part, line, Kind.REVIEW, said, body=body, at=instant_in(said.get("timestamp")))


def headed(heading: str, words: str) -> str:
    """A review whose title is its first heading."""
    return f"# {heading}\n\n{words}" if heading and words else words or heading


def noted(progress: str, heading: str, words: str) -> str:
    """A note below its title, and below how far into the film it is."""
    above = " · ".join(filter(None, (progress, heading)))
    return "\n".join(filter(None, (above, words)))


def _note(part: Part, line: int, said: Cells, notes: Notes) -> None:
    words = noted(said.get("progress", ""), said.get("heading", ""), said.get("content", ""))
    (title, year), ids = _named(said), _ids(said)
    notes.add(part, line, title, year, words, at=instant_in(said.get("timestamp")), **ids)


def _row(part: Part, line: int, kind: str, said: Cells, **more: object) -> ImportRow:
    title, year = _named(said)
    return row(part, line, kind, title, year, **_ids(said), **more)


def _named(said: Cells) -> tuple[str, int | None]:
    year = YEAR.search(said.get("info", ""))
    return said.get("title", ""), int(year[1]) if year else None


def _ids(said: Cells) -> dict[str, str]:
    return ids_in(f"{said.get('info', '')} {said.get('links', '')}")


def ids_in(where: str) -> dict[str, str]:
    """The film's ids in the addresses that other sites have it at."""
    imdb, tmdb = IMDB.search(where), TMDB.search(where)
    return {"imdb": imdb[1] if imdb else "", "tmdb": tmdb[1] if tmdb else ""}
