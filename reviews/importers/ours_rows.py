"""Rows of a copy from here: what its records have in common."""

import re
from typing import Any

from accounts.models import CommentPolicy
from reviews.importers.found import row
from reviews.importers.opening import Part
from reviews.importers.tables import half_stars_of, unreadable
from reviews.models import ImportRow, Visibility

Problem = ImportRow.Problem

type Record = dict[str, Any]


def row_of(part: Part, line: int, kind: str, one: Record, **said: Any) -> ImportRow:
    """The row of a record that has a film, and perhaps stars."""
    film = one.get("film") if isinstance(one.get("film"), dict) else {}
    assert isinstance(film, dict)
    imdb, tmdb, year = str(film.get("imdb") or ""), str(film.get("tmdb") or ""), film.get("year")
    stars = half_stars_of(str(one.get("stars") or "")) if "half_stars" not in said else said.pop("half_stars")
    made = row(
        part, line, kind, str(film.get("title") or ""),
        year if isinstance(year, int) and 1800 < year < 2101 else None,
        imdb=imdb if re.fullmatch(r"tt\d{7,10}", imdb) else "", tmdb=tmdb if re.fullmatch(r"\d{1,12}", tmdb) else "",
        half_stars=stars or None, visibility=visibility_in(one), **said,
    )  # fmt: skip
    return unreadable(part.name, line, Problem.STARS, made) if stars == 0 else made


def comment_policy_in(one: Record) -> str:
    """Of a word that we do not know, too, only that it is not everyone."""
    said = str(one.get("comment_policy") or "")
    return said if not said or said in CommentPolicy.values else CommentPolicy.NOBODY


def visibility_in(one: Record) -> str:
    """Who may see it. A word that is not known here counts as the narrowest: the member alone."""
    said = one.get("visibility")
    return "" if said is None else str(said) if said in Visibility.values else Visibility.PRIVATE
