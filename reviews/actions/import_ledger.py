"""What an import changed, kept so that it can be put back: what stood there before, and what after."""

import json
from collections.abc import Iterable
from typing import Any, Final

from django.db import connection

from accounts.models import User
from films.actions.moving import plain
from films.record import Json
from reviews.models import (
    Caution,
    ContentVote,
    Dismissal,
    Essay,
    Favourite,
    FilmList,
    FilmMute,
    Goal,
    Import,
    ImportChange,
    ListEntry,
    Mark,
    OwnedCopy,
    PrivateNote,
    Review,
    SavedSearch,
    Viewing,
)

type Columns = dict[str, Json]

# Parts of a mark that go together. What belongs to one is put back together, or left. What holds a rating is the
# moderators' doing, not the member's.
PARTS: Final[tuple[tuple[str, ...], ...]] = (
    ("half_stars", "rated_at", "rated_blind"), ("watched_at",), ("liked_at",), ("watchlisted_at",),
)  # fmt: skip
Kind = ImportChange.Kind
KEPT: Final[dict[str, tuple[Any, tuple[str, ...]]]] = {
    Kind.MARK: (Mark, (*(name for part in PARTS for name in part), "incident_id")),
    Kind.VIEWING: (Viewing, (
        "watched_on", "rewatch", "half_stars", "cut", "format", "place", "context_shown", "visibility", "tags",
    )),
    Kind.REVIEW: (Review, (
        "body", "half_stars", "spoilers", "tags", "visibility", "version", "viewing_id", "published_at",
    )),
    Kind.LIST: (FilmList, ("title", "description", "visibility", "version", "finds")),
    Kind.ESSAY: (Essay, ("title", "body", "spoilers", "visibility", "version", "published_at")),
    Kind.ENTRY: (ListEntry, ("note", "spoilers")),
    Kind.FAVOURITE: (Favourite, ("film_id", "position")),
    Kind.MUTED: (FilmMute, ("film_id",)),
    Kind.DISMISSED: (Dismissal, ("film_id",)),
    Kind.GOAL: (Goal, ("year", "films", "visibility")),
    Kind.SEARCH: (SavedSearch, ("name", "query")),
    Kind.NOTE: (PrivateNote, ("film_id", "body")),
    Kind.GUIDANCE: (ContentVote, ("film_id", "category", "note_id", "answer")),
    Kind.CAUTION: (Caution, ("note_id",)),
    Kind.COPY: (OwnedCopy, (
        "film_id", "kind", "cut", "details", "since", "since_is_year", "lent_to", "lent_on",
    )),
}  # fmt: skip


STORE: Final = """
    UPDATE reviews_mark m
       SET half_stars = a.half_stars, rated_at = a.rated_at, rated_blind = a.rated_blind, incident_id = a.incident_id,
           watched_at = a.watched_at, liked_at = a.liked_at, watchlisted_at = a.watchlisted_at, updated_at = now()
      FROM jsonb_to_recordset(%s::jsonb) AS a(
               id bigint, half_stars smallint, rated_at timestamptz, rated_blind boolean, incident_id bigint,
               watched_at timestamptz, liked_at timestamptz, watchlisted_at timestamptz)
     WHERE m.id = a.id
"""


def hold_imports(member: User) -> None:
    """Let one import of a member at a time be taken in or undone, until the transaction ends: two that have a list of
    the same name would both make it. The lock is not on the member's row, which whoever logs in meanwhile wants.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"imports of {member.pk}"])


def store_marks(marks: Iterable[Mark]) -> None:
    """All of them in one statement, in a tenth of the time that `bulk_update` takes, while films are held."""
    rows = [as_it_is(Kind.MARK, mark) | {"id": mark.pk} for mark in marks]
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(STORE, [json.dumps(rows)])


def as_it_is(kind: str, row: Any) -> Columns:
    """The columns of a row by which it is told whether somebody changed it since."""
    return {name: plain(getattr(row, name)) for name in KEPT[kind][1]}


def is_as_left(change: ImportChange, row: Any) -> bool:
    """Whether all that was noted of the row is still so; what is noted since then was not noted of older imports."""
    now = as_it_is(change.kind, row)
    return {name: now.get(name) for name in change.after} == change.after


class Ledger:
    """Gathers changes; `write` stores them in one go."""

    def __init__(self, importing: Import) -> None:
        self.importing = importing
        self.changes: list[ImportChange] = []

    def note(self, kind: str, rows: Iterable[Any], before: dict[int, Columns] | None = None) -> None:
        """Note what the import did to these rows, which are stored by now. Those not in `before` it has made."""
        for row in rows:
            was, now = (before or {}).get(row.pk), as_it_is(kind, row)
            if was != now:
                film = getattr(row, "film_id", None)
                self.changes.append(
                    ImportChange(
                        importing=self.importing, kind=kind, number=row.pk, film_id=film, before=was, after=now
                    )
                )

    def note_part(self, kind: str, row: Any, before: Columns, after: Columns) -> None:
        """Note what became of a part of a row: it is put back by itself, whatever became of the rest since."""
        if before != after:
            made = ImportChange(importing=self.importing, kind=kind, number=row.pk, before=before, after=after)
            self.changes.append(made)

    def write(self) -> None:
        ImportChange.objects.bulk_create(self.changes, batch_size=1000)
        self.changes = []
