"""Of a copy of a member's own: goals, saved searches, and of what films they say what, or want to be told."""

from collections.abc import Iterator
from typing import Any, Final

from django.utils import timezone

from accounts.legible import one_line
from films.models import ContentNote
from reviews.importers.found import Found, row, storable
from reviews.importers.opening import Part
from reviews.importers.ours_rows import Record, row_of, visibility_in
from reviews.importers.tables import instant_in, unreadable
from reviews.models import Category, ImportRow, Level
from reviews.models.goal import MOST_FILMS
from reviews.models.saved_search import LONGEST_NAME
from reviews.searches import LONGEST_QUERY, filters_in, query_of
from reviews.stats.years import is_year

Kind = ImportRow.Kind
Problem = ImportRow.Problem

MOST_ANSWERS: Final = 500


def goal(part: Part, line: int, one: Record, found: Found, evenings: dict[Any, Record]) -> Iterator[ImportRow]:
    year, films = one.get("year"), one.get("films")
    known = year if isinstance(year, int) and is_year(year, timezone.localdate()) else None
    number = films if isinstance(films, int) and 1 <= films <= MOST_FILMS else None
    told = {"position": number, "visibility": visibility_in(one), "verdict": ImportRow.Verdict.NEW}
    made = row(part, line, Kind.GOAL, str(year), known, **told)
    yield unreadable(part.name, line, Problem.GOAL, made) if known is None or number is None else made


def search(part: Part, line: int, one: Record, found: Found, evenings: dict[Any, Record]) -> Iterator[ImportRow]:
    """What it asks for, as far as it is known here: the films of a person whom this catalogue lacks are not."""
    name = one_line(storable(str(one.get("name") or "")))[:LONGEST_NAME]
    asked = storable(str(one.get("query") or ""))
    query = query_of(filters_in([asked])[0][0]) if len(asked) <= LONGEST_QUERY else ""
    told = {"at": instant_in(one.get("created_at")), "body": query, "verdict": ImportRow.Verdict.NEW}
    made = row(part, line, Kind.SEARCH, name, None, **told)
    yield made if query and name else unreadable(part.name, line, Problem.SEARCH, made)


def caution(part: Part, line: int, one: Record, found: Found, evenings: dict[Any, Record]) -> Iterator[ImportRow]:
    slug = storable(str(one.get("note") or ""))[:60]
    note = ContentNote.objects.filter(slug=slug).first()
    told = {"at": instant_in(one.get("since")), "circumstances": {"note": slug}, "verdict": ImportRow.Verdict.NEW}
    made = row(part, line, Kind.CAUTION, note.name if note else slug, None, **told)
    yield made if note else unreadable(part.name, line, Problem.CONTENT, made)


def guidance(part: Part, line: int, one: Record, found: Found, evenings: dict[Any, Record]) -> Iterator[ImportRow]:
    """What a member says that a film contains, as far as it can be said here."""
    answers, at = answers_in(one), instant_in(one.get("updated_at"))
    made = row_of(part, line, Kind.GUIDANCE, one, at=at, half_stars=None, circumstances=answers)
    yield made if any(answers.values()) else unreadable(part.name, line, Problem.CONTENT, made)


def answers_in(one: Record) -> dict[str, dict[str, Any]]:
    """Levels by category, and whether notes are true by their slugs. Which notes there are here is asked later.

    A level is written by its name, or by its number in a line that waited for its film.
    """
    known = {level.name.lower(): level.value for level in Level} | {level.value: level.value for level in Level}
    levels = {name: level for name, level in _pairs(one.get("levels")) if isinstance(level, str | int)}
    return {
        "levels": {name: known[level] for name, level in levels.items() if name in Category.values and level in known},
        "notes": {storable(slug)[:60]: there for slug, there in _pairs(one.get("notes")) if isinstance(there, bool)},
    }


def _pairs(said: Any) -> list[tuple[str, Any]]:
    return list(said.items())[:MOST_ANSWERS] if isinstance(said, dict) else []
