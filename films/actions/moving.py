"""Moving all that hangs on one film or person to another, with a ledger that tells how to bring it back."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from itertools import batched
from typing import Any, Final

from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models import CASCADE, Model, QuerySet, UniqueConstraint

from accounts.models import User
from films.record import Json
from films.references import ALIKE, OWN, identities, is_term, references, rivals

type Row = dict[str, Json]
AT_ONCE: Final = 5000


@dataclass
class Ledger:
    """What was done, as plain JSON. Tables are named "app.model", columns as in the database."""

    moved: dict[str, list[int]] = field(default_factory=dict)  # "app.model.reference": rows that point elsewhere now
    dropped: list[tuple[str, list[Row]]] = field(default_factory=list)  # in the order in which they went
    changed: list[tuple[str, int, Row, Row]] = field(default_factory=list)  # table, row, columns before and after

    def as_json(self) -> dict[str, Json]:
        return asdict(self)

    def change(self, row: Model, **columns: Any) -> None:
        """Change a row, so that it can be changed back."""
        before = dump_row(row)
        for name, value in columns.items():
            setattr(row, name, value)
        row.save(update_fields=list(columns))
        self.note(row, before)

    def note(self, row: Model, before: Row) -> None:
        after = dump_row(row)
        differ = [name for name in after if before[name] != after[name]]
        old, new = {name: before[name] for name in differ}, {name: after[name] for name in differ}
        if differ:
            self.changed.append((label_of(row), row.pk, old, new))


def label_of(model: type[Model] | Model) -> str:
    return model._meta.label_lower


def rows_of(model: type[Model]) -> QuerySet[Any]:
    return model._base_manager.all()


def columns_of(model: type[Model] | Model) -> list[Any]:
    """All that is stored but what the database makes itself."""
    return [column for column in model._meta.concrete_fields if not column.generated]


def dump(rows: QuerySet[Any]) -> list[Row]:
    names = [column.attname for column in columns_of(rows.model)]
    return [{name: plain(row[name]) for name in names} for row in rows.order_by("pk").values(*names)]


def dump_row(row: Model) -> Row:
    return {column.attname: plain(getattr(row, column.attname)) for column in columns_of(row)}


def plain(value: Any) -> Json:
    """Without the rounding of times that Django's own encoder does."""
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def loaded(model: type[Model], row: Row) -> dict[str, Any]:
    """Columns as Python has them; one that is no more is left out."""
    return {c.attname: c.to_python(row[c.attname]) for c in columns_of(model) if c.attname in row}


def move_all(ledger: Ledger, kept: Model, gone: Model) -> None:
    """Point every row at `kept` that points at `gone`; of two that cannot both stand, one is dropped.

    The later stays where the table says when a row was changed, else the one that was there. Rows that a trigger counts
    up by rows that move, which their model says, are left to it, on the way back as well.
    """
    left = list[QuerySet[Any]]()
    for reference in references(type(gone)):
        mine = rows_of(reference.model).filter(**{reference.name: gone.pk})
        if getattr(reference.model, "follows_by_trigger", False):
            left.append(mine)
            continue
        hold(mine)
        if reference.model in OWN:
            drop(ledger, reference.model, mine.values_list("pk", flat=True))
            continue
        for identity in identities(reference):
            is_strict = identity != ALIKE.get(reference.model) and not is_term(reference)
            pairs = rivals(reference, identity, kept, gone)
            if is_strict:
                _hand_over(ledger, reference.model, pairs)
            drop(ledger, reference.model, _losers(ledger, reference.model, pairs, is_strict=is_strict))
        numbers = list(mine.order_by("pk").values_list("pk", flat=True))
        if numbers:
            mine.update(**{reference.name: kept.pk})
            ledger.moved[f"{label_of(reference.model)}.{reference.name}"] = numbers
    for counts in left:  # of what was moved, and counts for the other now
        counts._raw_delete(counts.db)


def hold(rows: QuerySet[Any]) -> None:
    """Lock what these rows are parts of, where their model names it: all who write such rows lock that before them.

    The triggers that count the parts lock it too, but after: without this, a merge and a writer would wait for each
    other.
    """
    if whole := getattr(rows.model, "held_by", ""):
        target = rows.model._meta.get_field(whole).related_model
        wholes = rows_of(target).filter(pk__in=rows.values(whole)).order_by("pk")
        list(wholes.select_for_update(no_key=True).values_list("pk", flat=True))


def _losers(ledger: Ledger, model: type[Model], pairs: list[tuple[int, int]], *, is_strict: bool) -> list[int]:
    """Which row of each pair goes; the one that stays may take over from it what it does not say itself."""
    if not is_strict or not any(column.name == "updated_at" for column in columns_of(model)):
        return [number for _mine, number in pairs]
    rows = rows_of(model).in_bulk([number for pair in pairs for number in pair])
    losers, richer = [], dict[int, dict[str, Any]]()
    for pair in pairs:
        loser, winner = sorted((rows[number] for number in reversed(pair)), key=lambda row: row.updated_at)
        losers.append(loser.pk)
        if hasattr(winner, "take_over"):
            before = _values_of(winner)
            winner.take_over(loser)
            if taken := {name: value for name, value in _values_of(winner).items() if value != before[name]}:
                ledger.changed.append((label_of(model), winner.pk, _plain(before, taken), _plain(taken, taken)))
                richer[winner.pk] = taken
    _write(model, richer, rows)
    return losers


def _values_of(row: Model) -> dict[str, Any]:
    return {column.attname: getattr(row, column.attname) for column in columns_of(row)}


def _plain(values: dict[str, Any], names: Iterable[str]) -> Row:
    return {name: plain(values[name]) for name in names}


def _write(model: type[Model], changed: dict[int, dict[str, Any]], rows: dict[int, Any]) -> None:
    """Store what changed of these rows, thousands in a statement: `bulk_update` writes a CASE for each value.

    For columns of plain types; an array would be taken apart.
    """
    names = {name for values in changed.values() for name in values}
    columns = [column for column in columns_of(model) if column.attname in names]
    if not columns:
        return
    quoted = [connection.ops.quote_name(column.column) for column in columns]
    sets = ", ".join(f"{name} = n.{name}" for name in quoted)
    types = ", ".join(["%s::bigint[]", *(f"%s::{column.db_type(connection)}[]" for column in columns)])
    query = (
        f"UPDATE {connection.ops.quote_name(model._meta.db_table)} t SET {sets}"  # noqa: S608 -- our own names
        f" FROM unnest({types}) n (id, {', '.join(quoted)}) WHERE t.id = n.id"
    )
    with connection.cursor() as cursor:
        for some in batched(sorted(changed), AT_ONCE):
            values = [[getattr(rows[number], column.attname) for number in some] for column in columns]
            cursor.execute(query, [list(some), *values])


def _hand_over(ledger: Ledger, model: type[Model], pairs: list[tuple[int, int]]) -> None:
    """What does not go with a row that is dropped, but would forget it, belongs to the row that stays."""
    if any(column.name == "updated_at" for column in columns_of(model)):
        return  # there the later row stays, and says itself what it takes over
    for reference in references(model):
        if reference.remote_field.on_delete is CASCADE:
            continue
        for winner, loser in pairs:
            hanging = rows_of(reference.model).filter(**{reference.name: loser})
            numbers = list(hanging.order_by("pk").values_list("pk", flat=True))
            before, after = {reference.attname: loser}, {reference.attname: winner}
            ledger.changed += [(label_of(reference.model), number, before, after) for number in numbers]
            hanging.update(**{reference.name: winner})


def drop(ledger: Ledger, model: type[Model], numbers: Iterable[int]) -> None:
    """Delete rows with all that hangs on them, and keep them in the ledger."""
    numbers = list(numbers)
    if not numbers:
        return
    for reference in references(model):
        hanging = rows_of(reference.model).filter(**{f"{reference.name}__in": numbers})
        if reference.remote_field.on_delete is CASCADE:
            drop(ledger, reference.model, hanging.values_list("pk", flat=True))
        else:
            for row in hanging:
                ledger.change(row, **{reference.attname: None})
    for some in batched(numbers, AT_ONCE):
        rows = rows_of(model).filter(pk__in=some)
        ledger.dropped.append((label_of(model), dump(rows)))
        # Not `delete()`: what hangs on the rows is in the ledger, and nothing else may go with them unnoticed.
        rows._raw_delete(rows.db)


def move_back(record: dict[str, Json], kept: Model, gone: Model, *, but: Iterable[str] = ()) -> None:
    """Point the rows that moved, and still are there, at `gone` again; then put back what was dropped or changed."""
    for place, numbers in record["moved"].items():
        table, _dot, name = place.rpartition(".")
        if place in but:
            continue
        for some in batched(numbers, AT_ONCE):
            rows = rows_of(apps.get_model(table)).filter(pk__in=some, **{name: kept.pk})
            hold(rows)
            rows.update(**{name: gone.pk})
    for table, number, before, after in reversed(record["changed"]):
        change_back(apps.get_model(table), number, before, after)
    for table, rows in reversed(record["dropped"]):
        put_back(apps.get_model(table), rows)


def change_back(model: type[Model], number: int, before: Row, after: Row) -> None:
    """Unless somebody changed the row since."""
    row = rows_of(model).filter(pk=number).first()
    if row is not None and {name: plain(getattr(row, name)) for name in after} == after:
        rows_of(model).filter(pk=number).update(**loaded(model, before))


def _with_who_is_set_aside(model: type[Model], rows: list[Row]) -> list[Row]:
    """What somebody made who was suspended since must not count again, and the other way round."""
    if not any(column.name == "set_aside" for column in columns_of(model)):
        return rows
    closed = User.objects.filter(pk__in=[row["member_id"] for row in rows], is_active=False)
    out = set(closed.values_list("pk", flat=True))
    return [row | {"set_aside": row["member_id"] in out} for row in rows]


def put_back(model: type[Model], rows: list[Row]) -> None:
    """Insert dumped rows, without those whose place was taken meanwhile, or that speak of somebody who is gone."""
    for column in columns_of(model):
        if column.remote_field is None or not rows:
            continue
        name, target = column.attname, column.remote_field.model
        wanted = {row[name] for row in rows} - {None}
        there = set(rows_of(target).filter(pk__in=wanted).values_list("pk", flat=True))
        rows = [
            row if row[name] is None or row[name] in there else row | {name: None}
            for row in rows
            if row[name] is None or row[name] in there or column.null
        ]
    rows = _with_who_is_set_aside(model, rows)
    made = [model(**loaded(model, row)) for row in rows]
    if not any(isinstance(rule, UniqueConstraint) and rule.deferrable for rule in model._meta.constraints):
        rows_of(model).bulk_create(made, batch_size=AT_ONCE, ignore_conflicts=True)
        return
    # Where a rule is checked late, PostgreSQL cannot pass over the rows that break another.
    for one in made:
        with suppress(IntegrityError), transaction.atomic():
            one.save(force_insert=True)
