"""A copy of a member's own, from here or from another Intermission: the ZIP, of which the JSON is read.

Left out are what moderators removed, what others are part of (comments, people, likes and so on), and whatever would
be a claim about this site that anybody could write into the file: that a rating was blind.
"""

from collections.abc import Iterator
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.legible import is_legible, one_line
from reviews.days import could_be_watched
from reviews.importers.copies import copy_in
from reviews.importers.found import (
    LONGEST_PLACE,
    Found,
    empty_list,
    profile_row,
    storable,
    tidy_tags,
    what_it_finds,
)
from reviews.importers.opening import Part, json_in
from reviews.importers.ours_apart import answers_in, caution, goal, guidance, search
from reviews.importers.ours_essays import essay
from reviews.importers.ours_rows import Record, comment_policy_in, row_of
from reviews.importers.tables import day_in, instant_in, unreadable
from reviews.models import FilmList, ImportRow
from reviews.models.favourite import MOST_FAVOURITES
from reviews.models.importing import OF_NO_FILM
from reviews.models.viewing import Cut, Format

Kind = ImportRow.Kind
Problem = ImportRow.Problem

FORMAT: Final = "intermission"
VERSION: Final = 1
FOLDER: Final = "json"
HEAD: Final = "export"
# When a mark says what, in the order in which they are taken in: when it was watched is kept to the end.
MARKS: Final = (
    ("rated_at", Kind.RATING),
    ("watched_at", Kind.WATCHED),
    ("liked_at", Kind.LIKE),
    ("watchlisted_at", Kind.WATCHLIST),
)
PROFILE: Final = "profile"
# Of whom a copy says these words: as our profile calls them.
WORDS: Final = {
    "display_name": "display_name", "about": "bio", "location": "location", "pronouns": "pronouns",
    "website": "website", "licence": "licence",
}  # fmt: skip
NO_FILMS: Final = frozenset({HEAD, "settings", "sessions"})  # of which nothing is counted as left out


def knows(part: Part) -> bool:
    return part.stem == HEAD and part.folder == FOLDER and part.name.lower().endswith(".json")


def check(part: Part) -> None:
    """Raise ValidationError for one without the rest of the archive."""
    raise ValidationError(_("“%(name)s” alone says nothing: upload the whole ZIP.") % {"name": part.name}, code="alone")


def rows(parts: list[Part], found: Found) -> Iterator[ImportRow]:
    files = {part.stem: part for part in parts if part.folder == FOLDER and part.name.lower().endswith(".json")}
    head = json_in(files[HEAD])
    if not isinstance(head, dict) or head.get("format") != FORMAT or head.get("version") != VERSION:
        yield unreadable(files[HEAD].name, 1, Problem.FILE)
        return
    evenings = {one.get("id"): one for _line, one in _records(files.get("viewings")) if one}
    for stem, part in files.items():
        reader = READERS.get(stem)
        if stem == PROFILE:
            yield from _profile(part, found)
        elif reader is None:
            found.left_out[part.name] += 0 if stem in NO_FILMS else sum(1 for _each in _records(part))
        elif not isinstance(json_in(part), list):
            yield unreadable(part.name, 1, Problem.FILE)
        else:
            for line, one in _records(part):
                if one is None:
                    yield unreadable(part.name, line, Problem.SHAPE)
                else:
                    yield from reader(part, line, one, found, evenings)


def _records(part: Part | None) -> Iterator[tuple[int, Record | None]]:
    """Each on a line of its own, below the bracket; None for what is no record."""
    found = json_in(part) if part else None
    for line, one in enumerate(found if isinstance(found, list) else [], 2):
        yield line, one if isinstance(one, dict) else None


def _mark(part: Part, line: int, one: Record, found: Found, evenings: dict[Any, Record]) -> Iterator[ImportRow]:
    for moment, kind in MARKS:
        if one.get(moment):
            said: dict[str, Any] = {} if kind == Kind.RATING else {"half_stars": None}
            yield row_of(part, line, kind, one, at=instant_in(one[moment]), **said)


def _viewing(part: Part, line: int, one: Record, found: Found, evenings: dict[Any, Record]) -> Iterator[ImportRow]:
    yield _evening(part, line, Kind.VIEWING, one, one, at=instant_in(one.get("created_at")), tags=_tags(one))


def _review(part: Part, line: int, one: Record, found: Found, evenings: dict[Any, Record]) -> Iterator[ImportRow]:
    body = str(one.get("body") or "")
    if one.get("removed_at") or not is_legible(storable(body)):
        found.left_out[part.name] += 1
        return
    said: dict[str, Any] = {"body": body, "tags": _tags(one), "spoilers": one.get("spoilers") is True}
    said["comment_policy"] = comment_policy_in(one)
    if not one.get("published_at"):
        said |= _meant(one.get("evening"))
        yield row_of(part, line, Kind.DRAFT, one, at=instant_in(one.get("updated_at")), **said)
        return
    said |= {"at": instant_in(one["published_at"]), "position": 1 if one.get("pinned_at") else None}
    evening = evenings.get(one.get("viewing")) if isinstance(one.get("viewing"), int) else None
    yield (
        _evening(part, line, Kind.REVIEW, one, evening or {}, **said)
        if evening
        else row_of(part, line, Kind.REVIEW, one, **said)
    )


def _meant(evening: Any) -> Record:
    """What a draft says of the evening."""
    if not isinstance(evening, dict):
        return {}
    day = day_in(str(evening.get("watched_on") or ""))
    known = day if day is not None and could_be_watched(day) else None
    return {"watched_on": known, "rewatch": evening.get("rewatch") is True, "circumstances": _circumstances(evening)}


def _evening(part: Part, line: int, kind: str, one: Record, evening: Record, **said: Any) -> ImportRow:
    day = day_in(str(evening.get("watched_on") or ""))
    said |= {"rewatch": evening.get("rewatch") is True, "circumstances": _circumstances(evening)}
    made = row_of(part, line, kind, one, watched_on=day, **said)
    if day is None or not could_be_watched(day):
        made.watched_on = None
        unreadable(part.name, line, Problem.DAY, made)
    return made


def _circumstances(evening: Record) -> dict[str, Any] | None:
    """Where and how; None for nothing. What this site has no word for is left out."""
    cut, form = str(evening.get("cut") or ""), str(evening.get("format") or "")
    found = {
        "cut": cut if cut in Cut.values else "",
        "format": form if form in Format.values else "",
        "place": one_line(storable(str(evening.get("place") or "")))[:LONGEST_PLACE].strip(),
    }
    is_shown = evening.get("context_shown") is True
    return {**found, "context_shown": is_shown} if is_shown or any(found.values()) else None


def _said_of(kind: str, circumstances: Record) -> dict[str, Any] | None:
    if kind == Kind.GUIDANCE:
        return answers_in(circumstances)
    return copy_in(circumstances) if kind == Kind.COPY else _circumstances(circumstances)


def _note(part: Part, line: int, one: Record, found: Found, evenings: dict[Any, Record]) -> Iterator[ImportRow]:
    """It is dated by its last change: by that two notes on a film are told apart."""
    body = str(one.get("body") or "")
    if not is_legible(storable(body)):
        found.left_out[part.name] += 1
        return
    at, begun = instant_in(one.get("updated_at")), instant_in(one.get("created_at"))
    said = {"circumstances": {"created_at": begun.isoformat()} if begun else None}
    yield row_of(part, line, Kind.NOTE, one, at=at, body=body.strip(), **said)


def _copy(part: Part, line: int, one: Record, found: Found, evenings: dict[Any, Record]) -> Iterator[ImportRow]:
    yield row_of(part, line, Kind.COPY, one, at=instant_in(one.get("updated_at")), circumstances=copy_in(one))


def _favourite(part: Part, line: int, one: Record, found: Found, evenings: dict[Any, Record]) -> Iterator[ImportRow]:
    place = one.get("position")
    if place in range(1, MOST_FAVOURITES + 1) and place is not True:
        yield row_of(part, line, Kind.FAVOURITE, one, position=place)
    else:
        yield unreadable(part.name, line, Problem.PLACE, row_of(part, line, Kind.FAVOURITE, one))


def _list(part: Part, line: int, one: Record, found: Found, evenings: dict[Any, Record]) -> Iterator[ImportRow]:
    entries = [] if one.get("finds") else one.get("entries")
    if one.get("removed_at") or not isinstance(entries, list):
        found.left_out[part.name] += 1
        return
    number = found.begin_list(
        str(one.get("title") or ""), str(one.get("description") or ""), _tags(one), one.get("ranked") is True,
        comment_policy=comment_policy_in(one), visibility=_list_visibility(one),
        created_at=str(one.get("created_at") or ""), updated_at=str(one.get("updated_at") or ""),
        **what_it_finds(one),
    )  # fmt: skip
    if not entries:
        yield empty_list(part, line, found, number, instant_in(one.get("created_at")))
    for place, entry in enumerate(entries, 1):
        if not isinstance(entry, dict):
            yield unreadable(part.name, line, Problem.SHAPE)
            continue
        note = "" if entry.get("note_by") else str(entry.get("note") or "")  # the words of somebody else are theirs
        at = instant_in(entry.get("added_at"))
        words = {"list_number": number, "position": place, "body": note, "spoilers": entry.get("spoilers") is True}
        yield row_of(part, line, Kind.ENTRY, entry, at=at, half_stars=None, **words)


def _muted(part: Part, line: int, one: Record, found: Found, evenings: dict[Any, Record]) -> Iterator[ImportRow]:
    yield row_of(part, line, Kind.MUTED, one, at=instant_in(one.get("since")))


def _dismissed(part: Part, line: int, one: Record, found: Found, evenings: dict[Any, Record]) -> Iterator[ImportRow]:
    yield row_of(part, line, Kind.DISMISSED, one, at=instant_in(one.get("since")))


def _waiting(part: Part, line: int, one: Record, found: Found, evenings: dict[Any, Record]) -> Iterator[ImportRow]:
    """A line of an import that waited for its film."""
    kind, of_list, said = one.get("kind"), one.get("list"), dict[str, Any]()
    if kind not in Kind.values or kind in OF_NO_FILM or (kind == Kind.ENTRY and not of_list):
        found.left_out[part.name] += 1
        return
    if kind == Kind.ENTRY:
        said["list_number"] = found.number_of(str(of_list))
    day, place, circumstances = day_in(str(one.get("watched_on") or "")), one.get("position"), one.get("circumstances")
    known = day if day is not None and could_be_watched(day) else None
    yield row_of(
        part, line, Kind.WATCHED if kind == Kind.VIEWING and known is None else kind, {**one, "film": one},
        at=instant_in(one.get("written_at")), watched_on=known, rewatch=one.get("rewatch") is True,
        circumstances=_said_of(kind, circumstances) if isinstance(circumstances, dict) else None,
        body=str(one.get("body") or ""), spoilers=one.get("spoilers") is True, tags=_tags(one),
        position=place if isinstance(place, int) and 0 < place < 10**6 else None, comment_policy=comment_policy_in(one),
        **said,
    )  # fmt: skip


def _profile(part: Part, found: Found) -> Iterator[ImportRow]:
    said = json_in(part)
    for name, field in WORDS.items() if isinstance(said, dict) else ():
        yield from profile_row(part, 1, field, str(said.get(name) or ""), found)


def _list_visibility(one: Record) -> str:
    said = str(one.get("visibility") or "")
    return said if said in FilmList.Visibility.values else FilmList.Visibility.PRIVATE


def _tags(one: Record) -> list[str]:
    tags = one.get("tags")
    return tidy_tags(str(tag) for tag in tags) if isinstance(tags, list) else []


READERS: Final[dict[str, Any]] = {
    "marks": _mark, "viewings": _viewing, "reviews": _review, "lists": _list, "favourites": _favourite, "notes": _note,
    "shelf": _copy, "guidance": guidance, "cautions": caution, "muted_films": _muted, "dismissed": _dismissed,
    "goals": goal, "searches": search, "essays": essay, "waiting_for_films": _waiting,
}  # fmt: skip
