"""Of a copy of a member's own: essays, with the films and people that they are about as other catalogues know them."""

from collections.abc import Iterator
from typing import Any, Final

from accounts.legible import is_legible, one_line
from reviews.importers.found import Found, film_ids, row, storable, year_of
from reviews.importers.opening import Part
from reviews.importers.ours_rows import Record, comment_policy_in, visibility_in
from reviews.importers.tables import instant_in
from reviews.models import ImportRow
from reviews.models.essay import LONGEST_TITLE, MOST_FILMS

LONGEST_SLUG: Final = 120


def essay(part: Part, line: int, one: Record, found: Found, evenings: dict[Any, Record]) -> Iterator[ImportRow]:
    title, body = one_line(storable(str(one.get("title") or "")))[:LONGEST_TITLE], str(one.get("body") or "")
    if one.get("removed_at") or not title or not is_legible(storable(body)):
        found.left_out[part.name] += 1
        return
    about = {
        "films": [_film_in(film) for film in _records(one.get("films"))],
        "people": [_slug_in(person) for person in _records(one.get("people"))],
        "draft": not one.get("published_at"),
    }
    yield row(
        part, line, ImportRow.Kind.ESSAY, title, None, at=instant_in(one.get("published_at") or one.get("updated_at")),
        body=body, spoilers=one.get("spoilers") is True, visibility=visibility_in(one),
        comment_policy=comment_policy_in(one), circumstances=about, verdict=ImportRow.Verdict.NEW,
    )  # fmt: skip


def _records(said: Any) -> list[Record]:
    return [one for one in said if isinstance(one, dict)][:MOST_FILMS] if isinstance(said, list) else []


def _film_in(film: Record) -> dict[str, Any]:
    return {"slug": _slug_in(film), "year": year_of(film.get("year")), **film_ids(film.get("imdb"), film.get("tmdb"))}


def _slug_in(one: Record) -> str:
    return storable(str(one.get("slug") or ""))[:LONGEST_SLUG]
