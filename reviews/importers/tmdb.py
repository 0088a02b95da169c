"""CSV files that a TMDB account exports: ratings, the watchlist and favourites, which all have the same columns.

A table is what its name says. Under another name it is ratings if anything in it is rated, and a watchlist otherwise.
"""

from collections.abc import Iterator
from typing import Any, Final

from reviews.importers.found import Found, check_columns, film_ids, read_tables, row
from reviews.importers.opening import Part
from reviews.importers.tables import Cells, instant_in, table, tenth_near, text_of, unreadable, year_in
from reviews.models import ImportRow

Kind, Problem = ImportRow.Kind, ImportRow.Problem

SIGNS: Final = {"tmdb id", "type", "your rating"}
FILM: Final = "movie"


def knows(part: Part) -> bool:
    return {*part.columns} >= SIGNS


def check(part: Part) -> None:
    """Raise ValidationError where the table lacks what names a film."""
    check_columns(part, ["name"])


def rows(parts: list[Part], found: Found) -> Iterator[ImportRow]:
    kinds = {part.name: kind_of(part) for part in parts if knows(part)}

    def read(part: Part, line: int, cells: Cells) -> Iterator[ImportRow]:
        sort = cells.get("type", "")
        if sort.lower() != FILM:
            yield from found.leave_out_a(sort, part)
        else:
            yield from _film(part, line, cells, kinds[part.name])

    yield from read_tables(parts, knows, found, read)


def kind_of(part: Part) -> str:
    """What its lines are."""
    if "watchlist" in part.stem:
        return Kind.WATCHLIST
    if "favorite" in part.stem or "favourite" in part.stem:
        return Kind.LIKE
    lines = table(text_of(part.read()) or "")
    is_rated = "rating" in part.stem or any(cells.get("your rating") for _line, cells in lines if cells)
    return Kind.RATING if is_rated else Kind.WATCHLIST


def _film(part: Part, line: int, cells: Cells, kind: str) -> Iterator[ImportRow]:
    said: dict[str, Any] = film_ids(cells.get("imdb id"), cells.get("tmdb id"))
    said["at"] = instant_in(cells.get("date rated", ""))
    title, year, stars = cells.get("name", ""), year_in(cells.get("release date", "")), tenth_near(cells["your rating"])
    if kind != Kind.RATING:
        yield row(part, line, kind, title, year, **said)
    if kind == Kind.RATING or stars is not None:
        made = row(part, line, Kind.RATING, title, year, half_stars=stars or None, **said)
        yield made if stars or made.problem else unreadable(part.name, line, Problem.RATING, made)
