"""A Letterboxd profile: what somebody says of themselves, and four favourites.

These are addresses of films, which the tables of the same export name.
"""

import re
from collections.abc import Iterator
from typing import Final

from reviews.importers.found import Found, profile_row, row
from reviews.importers.html_text import to_markdown
from reviews.importers.opening import Part
from reviews.importers.tables import Cells, table, text_of, year_in
from reviews.models import ImportRow
from reviews.models.favourite import MOST_FAVOURITES

PROFILE: Final = "profile"
WORDS: Final = {"location": "location", "website": "website", "bio": "bio"}
# Tables whose addresses are of films; those of the diary and of reviews are of entries.
OF_FILMS: Final = ("watched", "ratings", "films", "watchlist")


def favourites_of(parts: list[Part], kinds: dict[str, str], found: Found) -> Iterator[ImportRow]:
    """A row for each; one whose film no table names is left out, and counted."""
    for part in parts:
        if part.stem != PROFILE or part.folder == "deleted":
            continue
        for line, cells in table(text_of(part.read()) or ""):
            addresses = re.split(r"[,\s]+", (cells or {}).get("favorite films", ""))[:MOST_FAVOURITES]
            wanted = [address for address in addresses if address]
            films = _films_at({*wanted}, parts, kinds) if wanted else {}
            for place, address in enumerate(wanted, 1):
                if (film := films.get(address)) is None:
                    found.left_out[part.name] += 1
                else:
                    year = year_in(film.get("year", ""))
                    yield row(part, line, ImportRow.Kind.FAVOURITE, film.get("name", ""), year, position=place)


def profile_of(parts: list[Part], found: Found) -> Iterator[ImportRow]:
    """What they say of themselves. Not their name and pronouns: there everybody has some."""
    for part in parts:
        if part.stem == PROFILE and part.folder != "deleted":
            for line, cells in table(text_of(part.read()) or ""):
                for column, field in WORDS.items():
                    yield from profile_row(part, line, field, to_markdown((cells or {}).get(column, ""))[0], found)


def _films_at(addresses: set[str], parts: list[Part], kinds: dict[str, str]) -> dict[str, Cells]:
    films: dict[str, Cells] = {}
    for part in parts:
        if kinds[part.name] in OF_FILMS and addresses - {*films}:
            for _line, cells in table(text_of(part.read()) or ""):
                if cells and cells.get("letterboxd uri", "") in addresses:
                    films.setdefault(cells["letterboxd uri"], cells)
    return films
