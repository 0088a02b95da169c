"""CSV files that IMDb exports: ratings, the watchlist and lists, in each of the forms that they have had.

The form of 2013 quotes every name; until 2022 files were Latin-1; columns came, went and were renamed. Whether a line
is a film cannot be told by its type alone, which is a word in the language of whoever exported it.
"""

import re
from collections.abc import Iterator
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from reviews.importers.found import Found, row
from reviews.importers.opening import Part
from reviews.importers.tables import (
    Cells,
    columns_of,
    missing,
    moment_of,
    table,
    tenth_of,
    text_of,
    unreadable,
    year_in,
)
from reviews.importers.written_days import WrittenDays
from reviews.models import ImportRow

Kind = ImportRow.Kind
Problem = ImportRow.Problem

NUMBER: Final = re.compile(r"tt\d{7,10}")
RATINGS: Final = ("your rating", "you rated")
RATED: Final = ("date rated", "created")
# What series and games are called there, in the languages in which files were seen. Other lines may be films.
NO_FILMS: Final = re.compile(
    r"(?i)\b(series|serie|séries?|serien?|episode|episodio|épisode|folge|video game|videogioco|jeu vidéo|videospiel|"
    r"podcast\w*|music video)\b|tv(mini)?series|tvepisode|videogame|musicvideo"
)


def knows(part: Part) -> bool:
    return part.name.lower().endswith(".csv") and "const" in columns_of(text_of(part.read()) or "")


def check(part: Part) -> None:
    if lacks := missing(columns_of(text_of(part.read()) or ""), ["const", "title"]):
        raise ValidationError(
            _("“%(name)s” lacks the columns %(columns)s.") % {"name": part.name, "columns": ", ".join(lacks)},
            code="columns",
        )


def rows(parts: list[Part], found: Found) -> Iterator[ImportRow]:
    days = WrittenDays(_written_days(parts))
    for part in parts:
        text = text_of(part.read())
        if text is None or not knows(part):
            yield from found.leave_out(part)
            continue
        columns = columns_of(text)
        kind = kind_of(part, columns)
        number = found.begin_list(part.stem.replace("-", " ").capitalize()) if kind == Kind.ENTRY else None
        for line, cells in table(text):
            if cells is None:
                yield unreadable(part.name, line, Problem.SHAPE)
            else:
                yield from _line(part, line, cells, kind, number, days)


def _written_days(parts: list[Part]) -> Iterator[str]:
    """Every cell of every table that says a day."""
    for part in filter(knows, parts):
        for _number, cells in table(text_of(part.read()) or ""):
            yield from (cells[name] for name in RATED if cells and cells.get(name))


def kind_of(part: Part, columns: list[str]) -> str:
    """Ratings have no places; a watchlist is a list of that name."""
    if "position" not in columns:
        return Kind.RATING
    return Kind.WATCHLIST if "watchlist" in part.stem else Kind.ENTRY


def _line(part: Part, line: int, cells: Cells, kind: str, number: int | None, days: WrittenDays) -> Iterator[ImportRow]:
    const = cells.get("const", "")
    said = {"imdb": const if NUMBER.fullmatch(const) else ""}
    rating = tenth_of(next((cells[name] for name in RATINGS if cells.get(name)), ""))
    rated_on = moment_of(next((day for name in RATED if (day := days.read(cells.get(name, "")))), None))
    title, year = cells.get("title", "") or cells.get("original title", ""), year_in(cells.get("year", ""))
    if kind == Kind.RATING:
        made = row(part, line, kind, title, year, at=rated_on, half_stars=rating or None, **said)
        made = made if rating or made.problem else unreadable(part.name, line, Problem.RATING, made)
    else:
        place = cells.get("position", "")
        made = row(
            part, line, kind, title, year, at=moment_of(days.read(cells.get("created", ""))), list_number=number,
            position=int(place) if place.isdecimal() and len(place) < 7 else None,
            body=cells.get("description", "") if kind == Kind.ENTRY else "", **said,
        )  # fmt: skip
    if NO_FILMS.search(cells.get("title type", "")) and not made.problem:
        made.verdict = ImportRow.Verdict.NO_FILM
    yield made
    if kind != Kind.RATING and rating and not made.problem:  # newer lists say what one rated, too
        other = row(part, line, Kind.RATING, title, year, at=rated_on, half_stars=rating, **said)
        other.verdict = made.verdict
        yield other
