"""A Trakt export: the ZIP, flat or in folders, or JSON files of it one by one. Long ones come in numbered pages.

When a film was watched last is a day for the diary, unless so many films share the very minute that somebody marked
them all at once. Earlier plays have no days in `watched-movies`; the history has each. Notes about films, also on the
watchlist and among the favourites, are for who wrote them alone, there as here. What was collected is on the shelf.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from reviews.days import could_be_watched
from reviews.importers.copies import copy_at_trakt
from reviews.importers.found import Found, film_ids, row, year_of
from reviews.importers.notes import Notes
from reviews.importers.opening import Part, json_in
from reviews.importers.tables import instant_in, tenth_of, unreadable
from reviews.models import ImportRow

Kind = ImportRow.Kind
Problem = ImportRow.Problem

AT_ONCE: Final = 5  # films watched in the same minute that nobody watched then
WATCHED: Final = re.compile(r"(watched-)?history(-\d+)?|watched-movies(-\d+)?")
KINDS: Final = {
    Kind.RATING: re.compile(r"ratings-movies(-\d+)?"),
    Kind.VIEWING: WATCHED,
    Kind.WATCHLIST: re.compile(r"(lists-)?watchlist(-\d+)?"),
    Kind.LIKE: re.compile(r"(lists-)?favorites(-\d+)?"),
    Kind.NOTE: re.compile(r"notes-[a-z_]+(-\d+)?"),
    Kind.COPY: re.compile(r"collection(-movies)?(-\d+)?|collected(-movies)?(-\d+)?"),
    Kind.ENTRY: re.compile(r"(lists-)?list-(?P<id>\d+)-(?P<slug>.+)"),
}
NOTED: Final = frozenset({Kind.NOTE, Kind.WATCHLIST, Kind.LIKE})  # what has notes that are no list's
LISTS: Final = re.compile(r"(lists-)?lists")


def knows(part: Part) -> bool:
    return part.name.lower().endswith(".json") and (_kind_of(part) != "" or bool(LISTS.fullmatch(part.stem)))


def check(part: Part) -> None:
    if _rows_in(part) is None:
        raise ValidationError(_("“%(name)s” is not the JSON that Trakt exports.") % {"name": part.name}, code="json")


def rows(parts: list[Part], found: Found) -> Iterator[ImportRow]:
    listed = [one for part in parts if LISTS.fullmatch(part.stem) for one in _rows_in(part) or []]
    details = {str(_ids_of(one).get("trakt")): one for one in listed if isinstance(one, dict)}
    has_history, notes = any("history" in part.stem for part in parts), Notes(found)
    for part in parts:
        kind = _kind_of(part)
        entries = _rows_in(part) if kind else []
        if entries is None:
            yield unreadable(part.name, 1, Problem.FILE)
        elif kind and not (has_history and part.stem.startswith("watched-movies")):
            yield from _entries(part, kind, entries, found, details, notes)
        elif not LISTS.fullmatch(part.stem):
            found.left_out[part.name] += len(_rows_in(part) or [])
    yield from notes.rows()


def _kind_of(part: Part) -> str:
    return next((kind for kind, name in KINDS.items() if name.fullmatch(part.stem)), "")


def _rows_in(part: Part) -> list[Any] | None:
    """None for what is no list of JSON."""
    found = json_in(part)
    return found if isinstance(found, list) else None


def _entries(
    part: Part, kind: str, entries: list[Any], found: Found, details: dict[str, Any], notes: Notes
) -> Iterator[ImportRow]:
    number = None
    if kind == Kind.ENTRY and (named := KINDS[Kind.ENTRY].fullmatch(part.stem)):
        about = details.get(named["id"], {})
        title = str(about.get("name") or named["slug"].replace("-", " ").capitalize())
        ranked = about.get("display_numbers") is True
        number = found.begin_list(title, str(about.get("description") or ""), ranked=ranked)
    minutes = Counter(_minute(one) for one in entries if isinstance(one, dict))
    for line, one in enumerate(entries, start=1):
        film = one.get("movie") if isinstance(one, dict) else None
        if not isinstance(one, dict) or (film is not None and not isinstance(film, dict)):
            yield unreadable(part.name, line, Problem.SHAPE)
        elif film is None:
            found.left_out[part.name] += 1  # a series, an episode, a person
        else:
            if kind in NOTED:
                _note(part, line, one, film, notes)
            if kind != Kind.NOTE:
                yield _row(part, line, kind, one, film, number, minutes)


def _note(part: Part, line: int, one: dict[str, Any], film: dict[str, Any], notes: Notes) -> None:
    """Of a note of its own, or of a line of the watchlist or the favourites."""
    said = one["note"] if isinstance(one.get("note"), dict) else one
    at = instant_in(said.get("updated_at") or said.get("created_at") or said.get("listed_at"))
    title, year = str(film.get("title") or ""), year_of(film.get("year"))
    notes.add(part, line, title, year, str(said.get("notes") or ""), at=at, **_film_ids(film))


def _ids_of(one: dict[str, Any]) -> dict[str, Any]:
    ids = one.get("ids")
    return ids if isinstance(ids, dict) else {}


def _film_ids(film: dict[str, Any]) -> dict[str, str]:
    ids = _ids_of(film)
    return film_ids(ids.get("imdb"), ids.get("tmdb"))


def _minute(one: dict[str, Any]) -> str:
    return str(one.get("watched_at") or one.get("last_watched_at") or "")[:16]


def _row(
    part: Part, line: int, kind: str, one: dict[str, Any], film: dict[str, Any], number: int | None,
    minutes: Counter[str],
) -> ImportRow:  # fmt: skip
    said: dict[str, Any] = {**_film_ids(film)}
    year = year_of(film.get("year"))
    moments = ("rated_at", "watched_at", "last_watched_at", "listed_at", "collected_at")
    said["at"] = next((at for name in moments if (at := instant_in(one.get(name)))), None)
    if kind == Kind.VIEWING:
        day = timezone.localtime(said["at"]).date() if said["at"] else None
        if day and could_be_watched(day) and minutes[_minute(one)] < AT_ONCE:
            said["watched_on"] = day
        else:
            kind = Kind.WATCHED
    if kind == Kind.RATING:
        said["half_stars"] = tenth_of(one.get("rating"))
    if kind == Kind.COPY:
        said["circumstances"] = copy_at_trakt(one)
    if kind == Kind.ENTRY:
        place = one.get("rank")
        said |= {"list_number": number, "body": str(one.get("notes") or ""),
                 "position": place if isinstance(place, int) and 0 < place < 10**6 else None}  # fmt: skip
    made = row(part, line, kind, str(film.get("title") or ""), year, **said)
    if kind == Kind.RATING and not said["half_stars"] and not made.problem:
        made.half_stars = None
        unreadable(part.name, line, Problem.RATING, made)
    return made
