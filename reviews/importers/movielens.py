"""The ratings that MovieLens exports as CSV. It says of none when it was given.

Films are named as in libraries, `Matrix, The (1999)`, and by what IMDb calls them without its letters.
"""

import re
from collections.abc import Iterator
from typing import Final

from reviews.importers.found import Found, check_columns, film_ids, read_tables, row
from reviews.importers.opening import Part
from reviews.importers.tables import LONGEST_TITLE, Cells, half_stars_of, unreadable
from reviews.models import ImportRow

Kind, Problem = ImportRow.Kind, ImportRow.Problem

SIGNS: Final = {"movie id", "imdb id", "tmdb id", "rating", "average rating"}
TITLE: Final = re.compile(r"(?P<title>.+?)(?:,\s(?P<article>\w{1,3}'?))?(?:\s\([^()]*\))*?(?:\s\((?P<year>\d{4})\))?")


def knows(part: Part) -> bool:
    return {*part.columns} >= SIGNS


def check(part: Part) -> None:
    """Raise ValidationError where the table lacks what names a film."""
    check_columns(part, ["title"])


def rows(parts: list[Part], found: Found) -> Iterator[ImportRow]:
    yield from read_tables(parts, knows, found, _rating)


def _rating(part: Part, line: int, cells: Cells) -> Iterator[ImportRow]:
    number, (title, year) = cells.get("imdb id", ""), titled(cells.get("title", "")[:LONGEST_TITLE])
    ids = film_ids(f"tt{number:0>7}" if number.isdecimal() else number, cells.get("tmdb id"))
    stars = half_stars_of(cells.get("rating", ""))
    made = row(part, line, Kind.RATING, title, year, half_stars=stars or None, **ids)
    yield made if stars or made.problem else unreadable(part.name, line, Problem.STARS, made)


def titled(words: str) -> tuple[str, int | None]:
    """`Matrix, The (1999)` is The Matrix, of 1999; names in other languages, in brackets before the year, go."""
    told = TITLE.fullmatch(words.strip())
    if told is None:
        return words, None
    article, year = told["article"], told["year"]
    title = f"{article}{'' if article.endswith("'") else ' '}{told['title']}" if article else told["title"]
    return title, int(year) if year else None
