"""Making one film of two, or one person; films/actions/unmerging.py takes it back.

All that hangs on the one that goes moves to the one that is kept, and so do its addresses, for ever. What both have
stays as the kept one has it, but for what members said: there the later word counts.
"""

from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import F, Model
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Event, User
from accounts.webhooks.announcing import announce_film
from films import record
from films.actions.moving import Ledger, columns_of, drop, dump, dump_row, label_of, move_all, rows_of
from films.actions.naming import check_days
from films.actions.permission import require
from films.actions.remembering import remembering
from films.actions.settling import settle
from films.actions.stating import EMPTY
from films.actions.storing import store
from films.models import (
    FactLock,
    FactSource,
    Film,
    FilmId,
    FormerPersonSlug,
    FormerSlug,
    Job,
    Merge,
    Person,
    PersonId,
    Suggestion,
)
from films.references import is_term, references
from films.search import refresh_search

SINGLE: Final = (*record.FIELDS, "franchise")  # facts that are no rows
OF_PEOPLE: Final = ("born_on", "died_on", "birthplace", "biography")


@transaction.atomic
def merge_films(*, curator: User, kept: Film, gone: Film) -> Merge:
    """`gone` becomes part of `kept`. Doing it again changes nothing. Raises ValidationError."""
    require_both(curator, Film)
    if earlier := done_before(Merge.Kind.FILM, kept, gone):
        return earlier
    kept, gone = lock_both(Film, kept, gone)
    ledger, keys = Ledger(), {*record.keys_of(kept), *record.keys_of(gone)}
    taken = {key for key in keys if record.read(kept, key) in EMPTY and record.read(gone, key) not in EMPTY}
    values = {key: record.read(gone, key) for key in taken & set(SINGLE)}
    sources = {key: record.source_of(gone if key in taken else kept, key) for key in keys}
    facts = facts_of(gone)
    said = FactSource.objects.filter(film=kept)
    before = dump_row(kept) | {"sources": dump(said)}
    with remembering(kept, keys, source=sources, by=curator) as changes:
        _answer_suggestions(ledger, curator, kept, gone)
        drop(ledger, FactLock, gone.fact_locks.exclude(fact__in=taken).values_list("pk", flat=True))
        move_all(ledger, kept, gone)
        row = _remove(gone)
        FormerSlug.objects.create(slug=gone.slug, film=kept)
        if values:
            store(kept, values)
    _take_columns(kept, gone, {"renown"} if gone.renown > kept.renown else set())
    settle(kept, redraw=bool({"genres", "original_title", "year", "credits.director"} & {c.fact for c in changes}))
    announce_film(Event.FILM_MERGED, film=gone.pk, slug=gone.slug, into=kept.pk)
    changed = {change.fact: [change.before, change.after] for change in changes}
    return _note(
        Merge.Kind.FILM, curator, kept, gone,
        ledger.as_json() | {
            "row": row, "before": before, "after": dump_row(Film.objects.get(pk=kept.pk)),
            "facts": changed, "rows": facts, "ids": _retired(ledger, FilmId),
        },
    )  # fmt: skip


@transaction.atomic
def merge_people(*, curator: User, kept: Person, gone: Person) -> Merge:
    """The same for people. Their films are found by the name that is kept. Raises ValidationError."""
    require_both(curator, Person)
    if earlier := done_before(Merge.Kind.PERSON, kept, gone):
        return earlier
    kept, gone = lock_both(Person, kept, gone)
    ledger, before = Ledger(), dump_row(kept)
    films = list(Film.objects.filter(credits__person=gone).distinct().values_list("pk", flat=True))
    move_all(ledger, kept, gone)
    row = _remove(gone)
    FormerPersonSlug.objects.create(slug=gone.slug, person=kept)
    empty = {name for name in OF_PEOPLE if getattr(kept, name) in EMPTY}
    try:
        check_days(kept.born_on or gone.born_on, kept.died_on or gone.died_on)
    except ValidationError:
        empty -= {"born_on", "died_on"}
    _take_columns(kept, gone, empty)
    name_anew(films)
    after = dump_row(Person.objects.get(pk=kept.pk))
    return _note(
        Merge.Kind.PERSON, curator, kept, gone,
        ledger.as_json() | {"row": row, "before": before, "after": after, "ids": _retired(ledger, PersonId)},
    )  # fmt: skip


def _retired(ledger: Ledger, model: type[FilmId] | type[PersonId]) -> list[list[str]]:
    """Source and value of the outside ids that the kept one has no room for."""
    return [[row["source"], row["value"]] for label, rows in ledger.dropped if label == label_of(model) for row in rows]


def require_both(curator: User, model: type[Model]) -> None:
    """Merging changes one row and deletes another."""
    require(curator, f"films.change_{model._meta.model_name}")
    require(curator, f"films.delete_{model._meta.model_name}")


def done_before(kind: str, kept: Model, gone: Model) -> Merge | None:
    """The merge that made the one part of the other already, when a button was pressed twice."""
    return Merge.objects.filter(kind=kind, kept_id=kept.pk, gone_id=gone.pk, undone_at=None).first()


def lock_both[Row: Model](model: type[Row], kept: Row, gone: Row) -> tuple[Row, Row]:
    """Both as they are now, with everybody kept out who would write about either. Raises ValidationError."""
    if kept.pk == gone.pk:
        raise ValidationError(_("Choose two: one cannot be merged into itself."), code="same")
    rows = model._base_manager.select_for_update().filter(pk__in=[kept.pk, gone.pk])
    locked = {row.pk: row for row in rows.order_by("pk")}
    if len(locked) < 2:
        raise ValidationError(_("One of the two is not in the catalogue any more."), code="gone")
    return locked[kept.pk], locked[gone.pk]


def facts_of(film: Film) -> list[tuple[str, list[dict[str, Any]]]]:
    """The rows that are facts of a film, by table."""
    tables = {*record.KEY_OF_ROW, *record.PART_OF_ROW}
    return [
        (label_of(reference.model), rows)
        for reference in references(Film)
        if is_term(reference) or (reference.model in tables and reference.name == "film")
        if (rows := dump(rows_of(reference.model).filter(**{reference.name: film.pk})))
    ]


def name_anew(films: list[int]) -> None:
    """Find these films by their people's names as they are now, and draw the posters that show such a name anew."""
    refresh_search(Film.objects.filter(pk__in=films))
    directed = Film.objects.filter(pk__in=films, credits__job=Job.DIRECTOR)
    Film.objects.filter(pk__in=directed).update(poster_version=F("poster_version") + 1)
    Film.objects.filter(pk__in=films).update(updated_at=timezone.now())


def _answer_suggestions(ledger: Ledger, curator: User, kept: Film, gone: Film) -> None:
    """Members who said that these are one film were right; and no film is its own twin."""
    both = (kept.pk, gone.pk)
    for suggestion in Suggestion.objects.filter(film__in=both, twin__in=both):
        right = {"state": Suggestion.State.ACCEPTED, "decided_by_id": curator.pk, "decided_at": timezone.now()}
        ledger.change(suggestion, twin_id=None, **(right if suggestion.state == Suggestion.State.WAITING else {}))


def _remove(gone: Model) -> dict[str, Any]:
    """Delete a row on which nothing hangs any more, its tallies at zero; the database refuses if something was left."""
    rows = rows_of(type(gone)).filter(pk=gone.pk)
    row = dump(rows)[0]
    rows._raw_delete(rows.db)
    connection.check_constraints()
    return row


def _take_columns(kept: Model, gone: Model, names: set[str]) -> None:
    """Give the kept row these columns of the other, and its pictures with all that belongs to them."""
    for column in columns_of(gone):
        kind, _underscore, what = column.name.rpartition("_")
        if what == "key" and getattr(gone, column.name) and not getattr(kept, column.name):
            names = names | {c.name for c in columns_of(gone) if c.name.startswith(f"{kind}_")} - {f"{kind}_version"}
    taken = {name: getattr(gone, name) for name in names if getattr(gone, name) not in EMPTY}
    if "poster_key" in taken:
        taken["poster_version"] = F("poster_version") + 1
    rows_of(type(kept)).filter(pk=kept.pk).update(**taken, updated_at=timezone.now())
    kept.refresh_from_db()


def _note(kind: Merge.Kind, curator: User, kept: Model, gone: Model, done: dict[str, Any]) -> Merge:
    return Merge.objects.create(
        kind=kind, kept_id=kept.pk, gone_id=gone.pk, kept_name=str(kept)[:300], gone_name=str(gone)[:300],
        record=done, by=curator,
    )  # fmt: skip
