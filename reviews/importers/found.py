"""What a file holds, however it is laid out: rows, the lists that some of them are on, and what is left out."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, cast

from django.core.exceptions import ValidationError
from django.db.models import Field
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.legible import one_line
from accounts.models import User
from reviews.importers.opening import Part
from reviews.importers.tables import LONGEST_TITLE, Cells, missing, table, text_of, unreadable
from reviews.models import ImportRow
from reviews.models.essay import LONGEST_ESSAY
from reviews.models.film_list import LONGEST_DESCRIPTION, LONGEST_NOTE, MOST_FOUND
from reviews.models.review import LONGEST_BODY
from reviews.models.tags import LONGEST_TAG, MOST_TAGS
from reviews.self_filling import kept_parts

LONGEST_LIST_TITLE: Final = 120
LONGEST_PLACE: Final = 80
LONGEST: Final = {ImportRow.Kind.ENTRY.value: LONGEST_NOTE, ImportRow.Kind.ESSAY.value: LONGEST_ESSAY}
LONGEST_SORT: Final = 30
MOST_SORTS: Final = 50  # told one by one, of whatever a file calls so
IMDB: Final = re.compile(r"tt\d{7,10}", re.ASCII)
TMDB: Final = re.compile(r"\d{1,12}", re.ASCII)


@dataclass
class Found:
    """Filled while its rows are gone through, once."""

    lists: list[dict[str, Any]] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)

    def begin_list(
        self, title: str, description: str = "", tags: Iterable[str] = (), ranked: bool = False, **said: str
    ) -> int:
        """The number of a list that its rows are to have. `said`: its comment_policy, visibility, created_at,
        updated_at, and what it finds if it fills itself, where the file says them.
        """
        self.lists.append({
            "title": one_line(storable(title))[:LONGEST_LIST_TITLE] or "?",
            "description": storable(description)[:LONGEST_DESCRIPTION],
            "tags": tidy_tags(tags), "ranked": ranked, "list": None, **said,
        })  # fmt: skip
        return len(self.lists) - 1

    def number_of(self, title: str) -> int:
        """The number of the list of this title; it is begun if it is not."""
        title = one_line(storable(title))[:LONGEST_LIST_TITLE] or "?"
        by_hand = (number for number, one in enumerate(self.lists) if one["title"] == title and not one.get("finds"))
        there = next(by_hand, None)
        return self.begin_list(title) if there is None else there

    def leave_out(self, part: Part, number: int = 1) -> Iterator[ImportRow]:
        """No rows; that so many were left out."""
        self.left_out[part.name] += number
        yield from ()

    def leave_out_a(self, sort: object, part: Part) -> Iterator[ImportRow]:
        """No rows; one of this sort (a series, a book, as the file calls it) was left out."""
        words = one_line(storable(str(sort)))[:LONGEST_SORT] or "?"
        told = f"{part.name}: {words}"
        self.left_out[told if told in self.left_out or len(self.left_out) < MOST_SORTS else part.name] += 1
        yield from ()


def what_it_finds(one: Mapping[str, Any]) -> dict[str, str]:
    """Of a list in a copy from here that fills itself: what it asks for, and how many films it shows."""
    if not (finds := kept_parts(storable(str(one.get("finds") or "")))):
        return {}
    most = str(one.get("most_found"))
    fits = most.isascii() and most.isdigit() and 1 <= int(most[:9]) <= MOST_FOUND
    return {"finds": finds, "most_found": most if fits else str(MOST_FOUND)}


def empty_list(part: Part, line: int, found: Found, number: int, at: datetime | None) -> ImportRow:
    """The row of a list that has none of a film's."""
    title = found.lists[number]["title"]
    verdict = ImportRow.Verdict.NEW
    return row(part, line, ImportRow.Kind.EMPTY_LIST, title, None, list_number=number, at=at, verdict=verdict)


def profile_row(part: Part, line: int, name: str, words: str, found: Found) -> Iterator[ImportRow]:
    """What somebody says of themselves there; what could not stand here is left out, and counted."""
    field = cast(Field, User._meta.get_field(name))
    words = storable(words).strip()
    if not words:
        return
    try:
        field.clean(words, None)
    except ValidationError:
        yield from found.leave_out(part)
        return
    title = capfirst(str(field.verbose_name))
    told = {"body": words, "circumstances": {"field": name}, "verdict": ImportRow.Verdict.NEW}
    yield row(part, line, ImportRow.Kind.PROFILE, title, None, **told)


def read_tables(
    parts: Iterable[Part],
    knows: Callable[[Part], bool],
    found: Found,
    read: Callable[[Part, int, Cells], Iterable[ImportRow]],
) -> Iterator[ImportRow]:
    """The rows of every line of the tables that are known; other files are left out, and counted."""
    for part in parts:
        text = text_of(part.read())
        if text is None or not knows(part):
            yield from found.leave_out(part)
            continue
        for line, cells in table(text):
            if cells is None:
                yield unreadable(part.name, line, ImportRow.Problem.SHAPE)
            else:
                yield from read(part, line, cells)


def check_columns(part: Part, wanted: Iterable[str]) -> None:
    """Raise ValidationError with the columns that a table lacks."""
    if lacks := missing(part.columns, [*wanted]):
        raise ValidationError(
            _("“%(name)s” lacks the columns %(columns)s.") % {"name": part.name, "columns": ", ".join(lacks)},
            code="columns",
        )


def film_ids(imdb: object, tmdb: object) -> dict[str, str]:
    """The film's ids as rows have them; "" for what is none."""
    there, here = str(imdb or ""), str(tmdb or "")
    return {"imdb": there if IMDB.fullmatch(there) else "", "tmdb": here if TMDB.fullmatch(here) else ""}


def year_of(said: object) -> int | None:
    """A year in JSON."""
    return said if isinstance(said, int) and 1800 < said < 2101 else None


def at_place(words: str) -> dict[str, Any] | None:
    """The circumstances of an evening of which a file says only where it was; None for nowhere."""
    place = one_line(storable(words))[:LONGEST_PLACE].strip()
    return {"cut": "", "format": "", "place": place, "context_shown": False} if place else None


def storable(text: str) -> str:
    """Without what a database cannot hold: JSON may hold NULs and halves of characters."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def row(part: Part, line: int, kind: str, title: str, year: int | None, **said: Any) -> ImportRow:
    """A row as it is read; one that says something that cannot be stored here says so."""
    title = " ".join(storable(title).split())
    said |= {"body": storable(said.get("body", "")), "tags": [storable(tag) for tag in said.get("tags", ())]}
    made = ImportRow(file=part.name[-200:], line=line, kind=kind, title=title[:LONGEST_TITLE], year=year, **said)
    if not (made.title or made.imdb or made.tmdb):
        made.problem = ImportRow.Problem.NO_TITLE
    elif len(made.body) > (most := LONGEST.get(kind, LONGEST_BODY)):
        made.problem, made.body = ImportRow.Problem.TOO_LONG, made.body[:most]
    if made.problem:
        made.verdict = ImportRow.Verdict.UNREADABLE
    return made


def tidy_tags(tags: Iterable[str]) -> list[str]:
    """As many as a review or a list can have, without those that are too long."""
    kept: dict[str, str] = {}
    for tag in tags:
        words = one_line(tag).lstrip("#").strip()
        if words and len(words) <= LONGEST_TAG:
            kept.setdefault(words.casefold(), words)
    return list(kept.values())[:MOST_TAGS]
