"""Copies of films that a member owns: as JSON, and as a table for spreadsheets and other programs."""

from collections.abc import Iterator
from typing import Any, Final

from accounts.models import User
from reviews.exporters.letterboxd import Cells
from reviews.exporters.rows import each, film_ref, ids_of, with_film
from reviews.models import OwnedCopy

COPIES: Final = ("tmdbID", "imdbID", "Title", "Year", "Kind", "Cut", "Details", "Since", "LentTo", "LentOn", "Added")


def shelf(member: User) -> Iterator[dict[str, Any]]:
    for copy in copies_of(member):
        yield {
            "film": film_ref(copy),
            "kind": copy.kind,
            "cut": copy.cut,
            "details": copy.details,
            "since": copy.said_since,
            "lent_to": copy.lent_to,
            "lent_on": copy.lent_on,
            "created_at": copy.created_at,
            "updated_at": copy.updated_at,
        }


def copies(member: User) -> Iterator[Cells]:
    """A line a copy."""
    for copy in copies_of(member):
        ids = ids_of(copy)
        yield (
            ids.get("tmdb", ""),
            ids.get("imdb", ""),
            copy.film.title,
            copy.film.year or "",
            copy.kind,
            copy.cut,
            copy.details,
            copy.said_since,
            copy.lent_to,
            copy.lent_on.isoformat() if copy.lent_on else "",
            copy.created_at.date().isoformat(),
        )


def copies_of(member: User) -> Iterator[Any]:
    """In the order in which they were put there."""
    return each(with_film(OwnedCopy.objects.filter(member=member)).order_by("created_at", "pk"))
