"""Stating facts of a film: by a source, which may be contradicted, or by a curator, who may not.

A source may fill what is empty and better what it, or a weaker source, said before (films.models.RANKS). What is locked
or was settled by hand it may not touch: a disagreement goes to the conflict inbox and waits for a curator.
"""

from collections import defaultdict
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from films import record
from films.actions.permission import require
from films.actions.remembering import remembering
from films.actions.storing import store
from films.models import (
    BY_HAND,
    RANKS,
    Conflict,
    FactLock,
    FactSource,
    Film,
    FilmChange,
    ImportRun,
    Source,
)
from films.record import Json
from films.survivors import with_survivors

EMPTY: Final[tuple[Json, ...]] = (None, "", [], {})
# By which of its values a row of a list is the same row; None for a list that is taken whole.
SAME_ROW: Final[dict[str, tuple[str, ...] | None]] = {
    "titles": ("title", "country", "language"),
    "releases": ("country", "kind", "released_on"),
    "awards": ("award", "category", "year"),
    "availability": ("service", "country", "kind", "starts_on"),
    "credits": ("person", "name"),
    "soundtrack": None,
}


class Outcome(StrEnum):
    SAME = "same"  # the film says so already
    CHANGED = "changed"
    CONFLICT = "conflict"  # a curator has to decide, or has decided already
    KEPT = "kept"  # a stronger source says otherwise


@transaction.atomic
def state_facts(
    *, film: Film, facts: Mapping[str, Json], source: Source, run: ImportRun | None = None
) -> dict[str, Outcome]:
    """What a source says of a film, by the keys of films/record.py. It never empties a fact and never drops a row.

    Repeating it changes nothing. Raises ValidationError for values that no fact can have.
    """
    Film.objects.select_for_update(no_key=True).only("pk").get(pk=film.pk)
    locked = set(FactLock.objects.filter(film=film).values_list("fact", flat=True))
    stated = dict(FactSource.objects.filter(film=film).values_list("fact", "source"))
    outcomes: dict[str, Outcome] = {}
    wanted: dict[str, Json] = {}
    for key, value in facts.items():
        ours = record.read(film, key)
        theirs = together(key, ours, value)
        before = stated.get(key) or (film.origin if ours not in EMPTY else None)
        if theirs == ours:
            outcomes[key] = Outcome.SAME
        elif key in locked or before in BY_HAND:
            _contradict(film, key, ours, theirs, source, run)
            outcomes[key] = Outcome.CONFLICT
        elif before is not None and RANKS[Source(before)] > RANKS[source] and not _only_adds(ours, theirs):
            outcomes[key] = Outcome.KEPT
        else:
            outcomes[key], wanted[key] = Outcome.CHANGED, theirs
    if wanted:
        with remembering(film, wanted, source=source, run=run):
            store(film, wanted)
    return outcomes


def together(key: str, ours: Json, theirs: Json) -> Json:
    """What the fact would be when the source is believed: its value, or our rows with those that it adds."""
    group = key.partition(".")[0]
    if theirs in EMPTY:
        return ours
    if group in record.TERMS:
        return sorted(theirs)
    identity = SAME_ROW.get(group)
    if identity is None or ours in EMPTY:
        return theirs
    rows = [dict(row) for row in ours]
    same: dict[tuple[Json, ...], list[dict[str, Json]]] = defaultdict(list)  # somebody may play two parts
    for row in rows:
        same[_identity(row, identity)].append(row)
    for row in theirs:
        there = same[_identity(row, identity)]
        if not there:
            there.append(dict(row))
            rows += there
        fits = [other for other in there if _fits(row, other)]
        fitting = max(fits, key=lambda other: len(other.items() & row.items())) if fits else there[0]
        fitting |= {name: value for name, value in row.items() if fitting.get(name) in EMPTY and value not in EMPTY}
    return rows


def _fits(row: dict[str, Json], there: dict[str, Json]) -> bool:
    """Whether the one says nothing that the other denies."""
    return all(value in EMPTY or there.get(name) in (*EMPTY, value) for name, value in row.items())


def _identity(row: dict[str, Json], names: tuple[str, ...]) -> tuple[Json, ...]:
    return tuple(row.get(name) or None for name in names)


def _only_adds(ours: Json, theirs: Json) -> bool:
    return isinstance(ours, list) and all(row in theirs for row in ours) and bool(ours) and isinstance(ours[0], dict)


def _contradict(film: Film, key: str, ours: Json, theirs: Json, source: Source, run: ImportRun | None) -> None:
    """Put it before a curator, unless one has refused just this already."""
    conflict = Conflict.objects.filter(film=film, fact=key, source=source).first()
    if conflict is not None and conflict.theirs == theirs and conflict.state != Conflict.State.ACCEPTED:
        return
    Conflict.objects.update_or_create(
        film=film,
        fact=key,
        source=source,
        defaults={
            "ours": ours, "theirs": theirs, "run": run, "state": Conflict.State.WAITING, "found_at": timezone.now(),
            "decided_by": None, "decided_at": None,
        },
    )  # fmt: skip


@transaction.atomic
def settle_fact(
    *,
    curator: User,
    film: Film,
    fact: str,
    value: Json,
    source: Source = Source.CURATOR,
    reverts: FilmChange | None = None,
) -> list[FilmChange]:
    """A curator makes a fact say just this, whatever it said. Returns the change, or nothing when it said so already.

    Raises ValidationError.
    """
    _check_may_settle(curator, fact)
    Film.objects.select_for_update(no_key=True).only("pk").get(pk=film.pk)
    with remembering(film, [fact], source=source, by=curator, reverts=reverts) as changes:
        store(film, {fact: value})
    return changes


@transaction.atomic
def revert_change(*, curator: User, change: FilmChange) -> list[FilmChange]:
    """Give a fact the value that it had before this change. The revert is a change of its own."""
    return settle_fact(curator=curator, film=change.film, fact=change.fact, value=change.before, reverts=change)


@transaction.atomic
def lock_fact(*, curator: User, film: Film, fact: str, reason: str = "") -> FactLock:
    """Keep every import off a fact. Locking it again changes nothing but the reason."""
    _check_may_settle(curator, fact)
    return FactLock.objects.update_or_create(
        film=film, fact=fact, defaults={"reason": reason}, create_defaults={"reason": reason, "by": curator}
    )[0]


@transaction.atomic
def unlock_fact(*, curator: User, film: Film, fact: str) -> bool:
    """Let imports change a fact again. Returns whether it was locked."""
    require(curator, "films.change_film")
    return bool(FactLock.objects.filter(film=film, fact=fact).delete()[0])


@transaction.atomic
def accept_conflict(*, curator: User, conflict: Conflict) -> Conflict:
    """Take what the source says: from now on the fact is settled by hand on its word. A lock stays."""
    locked = Conflict.objects.select_for_update(of=("self",)).select_related("film").get(pk=conflict.pk)
    if locked.state == Conflict.State.WAITING:
        ours, theirs = record.read(locked.film, locked.fact), with_survivors(locked.theirs)
        settle_fact(curator=curator, film=locked.film, fact=locked.fact, value=together(locked.fact, ours, theirs))
        return _decide(locked, curator, Conflict.State.ACCEPTED)
    return locked


@transaction.atomic
def refuse_conflict(*, curator: User, conflict: Conflict) -> Conflict:
    """Keep what we say. The same contradiction does not come again."""
    require(curator, "films.change_film")
    locked = Conflict.objects.select_for_update().get(pk=conflict.pk)
    return _decide(locked, curator, Conflict.State.REFUSED) if locked.state == Conflict.State.WAITING else locked


def _decide(conflict: Conflict, curator: User, state: Conflict.State) -> Conflict:
    conflict.state, conflict.decided_by, conflict.decided_at = state, curator, timezone.now()
    conflict.save(update_fields=["state", "decided_by", "decided_at"])
    return conflict


def _check_may_settle(curator: User, fact: str) -> None:
    """Raises PermissionDenied, and ValidationError for a fact that no film has."""
    require(curator, "films.change_film")
    if not record.is_key(fact):
        raise ValidationError(_("A film has no fact called “%(name)s”.") % {"name": fact})
