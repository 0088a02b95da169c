"""A NeoDB export as NDJSON: the ZIP with `journal.ndjson`, a record a line, and `catalog.ndjson`, which says of what.

Films alone are read. A mark is several records there (its shelf, stars, comment, tags), each for those whom it says.
When it was marked, and the log of that, are no days for the diary. The archive holds the keys of the account, too: that
file is not opened.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.legible import is_legible
from reviews.importers.found import Found, empty_list, row, storable, tidy_tags, year_of
from reviews.importers.neodb import STATUS, headed, ids_in, noted
from reviews.importers.notes import Notes
from reviews.importers.opening import Part
from reviews.importers.tables import instant_in, tenth_of, text_of, unreadable
from reviews.models import ImportRow, Visibility

Kind, Problem = ImportRow.Kind, ImportRow.Problem

JOURNAL, CATALOGUE, KEYS = "journal", "catalog", "actor"
ENDING: Final = "ndjson"
FILM: Final = "movie"
SEEN_BY: Final = {0: Visibility.PUBLIC, 1: Visibility.FOLLOWERS, 2: Visibility.PRIVATE}
# What films have none of, or what is told by others: the head of a file, the names of tags.
SILENT: Final = frozenset({"", "Tag"})

type Record = dict[str, Any]


def knows(part: Part) -> bool:
    return part.ending == ENDING and part.stem in {JOURNAL, CATALOGUE}


def check(part: Part) -> None:
    """Raise ValidationError for one without the rest of the archive."""
    raise ValidationError(_("“%(name)s” alone says nothing: upload the whole ZIP.") % {"name": part.name}, code="alone")


def rows(parts: list[Part], found: Found) -> Iterator[ImportRow]:
    files = {part.stem: part for part in parts if knows(part)}
    for part in parts:
        if not knows(part) and part.stem != KEYS:
            yield from found.leave_out(part)
    for needed in (JOURNAL, CATALOGUE):
        if needed not in files or not (text_of(files[needed].read()) or "").strip():
            yield unreadable(f"{needed}.{ENDING}", 1, Problem.FILE)
            return
    catalogue = {str(one.get("id")): one for _line, one in _records(files[CATALOGUE])}
    yield from _Journal(files[JOURNAL], catalogue, found).rows()


def _records(part: Part) -> Iterator[tuple[int, Record]]:
    """Each with its line; an empty one for what is none."""
    for line, words in enumerate((text_of(part.read()) or "").split("\n"), start=1):
        if words.strip():
            try:
                said = json.loads(words)
            except (ValueError, RecursionError):
                said = None
            yield line, said if isinstance(said, dict) else {}


class _Journal:
    def __init__(self, part: Part, catalogue: dict[str, Record], found: Found) -> None:
        self.part, self.catalogue, self.found, self.notes = part, catalogue, found, Notes(found)
        self.stars: dict[str, Any] = {}
        self.tags: dict[str, list[str]] = defaultdict(list)
        self.commented = set[str]()
        for _line, one in _records(part):
            content = _content_of(one)
            if one.get("type") == "Rating":
                self.stars[_about(content)] = content.get("value")
            elif one.get("type") == "TagMember":
                self.tags[_about(content)].append(str(content.get("tag") or ""))
            elif one.get("type") == "Comment":
                self.commented.add(_about(content))

    def rows(self) -> Iterator[ImportRow]:
        for line, one in _records(self.part):
            sort, content = str(one.get("type") or ""), _content_of(one)
            if not one:
                yield unreadable(self.part.name, line, Problem.SHAPE)
            elif sort == "Collection":
                yield from self._list(line, one, content)
            elif (reader := READERS.get(sort)) is None:
                if sort not in SILENT:
                    yield from self.found.leave_out_a(sort, self.part)
            elif (film := self.catalogue.get(_about(content))) is None:
                yield unreadable(self.part.name, line, Problem.NO_TITLE)
            elif not _is_film(film):
                yield from self.found.leave_out_a(film.get("type"), self.part)
            else:
                yield from reader(self, line, one, content, film)
        yield from self.notes.rows()

    def _row(self, line: int, kind: str, one: Record, film: Record, **said: Any) -> ImportRow:
        title, year = _named(film)
        said = {"at": instant_in(_content_of(one).get("published")), "visibility": _seen_by(one), **said}
        return row(self.part, line, kind, title, year, **_ids(film), **said)

    def _shelf(self, line: int, one: Record, content: Record, film: Record) -> Iterator[ImportRow]:
        about, status = _about(content), str(content.get("status") or "")
        if (kind := STATUS.get(status)) is None:
            yield from self.found.leave_out_a(status, self.part)
        else:
            tags = [] if about in self.commented else tidy_tags(self.tags[about])
            yield self._row(line, kind, one, film, tags=tags)

    def _rating(self, line: int, one: Record, content: Record, film: Record) -> Iterator[ImportRow]:
        stars = tenth_of(content.get("value"))
        if stars is not None:
            made = self._row(line, Kind.RATING, one, film, half_stars=stars or None)
            yield made if stars or made.problem else unreadable(self.part.name, line, Problem.RATING, made)

    def _comment(self, line: int, one: Record, content: Record, film: Record) -> Iterator[ImportRow]:
        """A review of few words, with the stars and the tags of the mark."""
        about = _about(content)
        stars = tenth_of(self.stars.get(about)) or None
        yield from self._words(
            line, one, film, str(content.get("content") or ""), half_stars=stars, tags=tidy_tags(self.tags[about])
        )

    def _review(self, line: int, one: Record, content: Record, film: Record) -> Iterator[ImportRow]:
        body = headed(str(content.get("name") or "").strip(), str(content.get("content") or "").strip())
        yield from self._words(line, one, film, body)

    def _words(self, line: int, one: Record, film: Record, body: str, **said: Any) -> Iterator[ImportRow]:
        if is_legible(storable(body)):
            yield self._row(line, Kind.REVIEW, one, film, body=body.strip(), **said)
        else:
            yield from self.found.leave_out(self.part)

    def _note(self, line: int, one: Record, content: Record, film: Record) -> Iterator[ImportRow]:
        """It shows nothing by itself: the notes of a film come as one, at the end."""
        told = content.get("progress")
        progress = str(told.get("value") or "") if isinstance(told, dict) else ""
        words = noted(progress, str(content.get("title") or "").strip(), str(content.get("content") or "").strip())
        at = instant_in(content.get("updated") or content.get("published"))
        title, year = _named(film)
        self.notes.add(self.part, line, title, year, words, at=at, **_ids(film))
        yield from ()

    def _tag(self, line: int, one: Record, content: Record, film: Record) -> Iterator[ImportRow]:
        """Told by the mark."""
        yield from ()

    def _list(self, line: int, one: Record, content: Record) -> Iterator[ImportRow]:
        """A collection, as far as it is of films; one of which nothing is left, only if nothing was in it."""
        held = one.get("items")
        entries = [each for each in held if isinstance(each, dict)] if isinstance(held, list) else []
        films = list[tuple[Record, Record]]()
        for each in entries:
            film = self.catalogue.get(str(each.get("item")), {})
            if _is_film(film):
                films.append((each, film))
            else:
                yield from self.found.leave_out_a(film.get("type"), self.part)
        if entries and not films:
            return
        at = instant_in(content.get("published"))
        number = self.found.begin_list(str(content.get("name") or ""), str(content.get("content") or ""))
        if not films:
            yield empty_list(self.part, line, self.found, number, at)
        for place, (each, film) in enumerate(films, start=1):
            about = each.get("metadata")
            note = str(about.get("note") or "") if isinstance(about, dict) else ""
            (title, year), ids = _named(film), _ids(film)
            said: dict[str, Any] = {"list_number": number, "position": place, "body": note, "at": at}
            yield row(self.part, line, Kind.ENTRY, title, year, **ids, **said)


READERS: Final[dict[str, Any]] = {
    "ShelfMember": _Journal._shelf, "Rating": _Journal._rating, "Comment": _Journal._comment,
    "Review": _Journal._review, "Note": _Journal._note, "TagMember": _Journal._tag,
}  # fmt: skip


def _content_of(one: Record) -> Record:
    content = one.get("content")
    return content if isinstance(content, dict) else {}


def _about(content: Record) -> str:
    return str(content.get("withRegardTo") or "")


def _seen_by(one: Record) -> str:
    """A number that is not known here counts as the narrowest: the member alone."""
    said = one.get("visibility", 0)
    return SEEN_BY.get(said, Visibility.PRIVATE) if isinstance(said, int) else Visibility.PRIVATE


def _is_film(film: Record) -> bool:
    return str(film.get("type") or film.get("category") or "").lower() == FILM


def _named(film: Record) -> tuple[str, int | None]:
    return str(film.get("display_title") or film.get("title") or ""), year_of(film.get("year"))


def _ids(film: Record) -> dict[str, str]:
    """By IMDb's and TMDB's addresses of it; Douban's are of nothing that is known here."""
    there = film.get("external_resources")
    addresses = [str(one.get("url") or "") for one in there if isinstance(one, dict)] if isinstance(there, list) else []
    return ids_in(" ".join([str(film.get("imdb") or ""), *addresses]))
