"""Querysets that are put together and compiled once in a process, and prepared (accounts/prepared.py).

Django builds the SQL of a queryset anew each time, and PostgreSQL its plan. For a page's larger queries the two cost
more than the answer. A function that builds a queryset of placeholders becomes one that runs it:

    @prepared(viewer=row_of("accounts.User"), film=int)
    def reviews_of(viewer, film):
        return Review.objects.visible_to(viewer).filter(film=film)

    reviews_of(viewer=7, film=12)       # a list of reviews

The function is called once, with stand-ins for the values, so its queryset must have the same shape for all values, and
nothing else that changes may go into it: a day or a time is a value too, or `Now()`. So is how many rows are wanted
(`[:most]`, of an `int`), where an index leads to them anyway: not knowing it, PostgreSQL reckons with a tenth of all
rows, and gathers them where it would have walked to the first few.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from functools import partial, update_wrapper, wraps
from operator import itemgetter
from threading import Lock
from typing import Any, Final

from django.apps import apps
from django.db import connection
from django.db.models import QuerySet, prefetch_related_objects
from django.db.models.query import (
    FlatValuesListIterable,
    ModelIterable,
    ValuesIterable,
    ValuesListIterable,
    get_related_populators,
)
from psycopg import sql
from psycopg.types.numeric import Int8

from accounts.models.sight import is_signed_in
from accounts.prepared import rows

SLOT: Final = re.compile(r"%s|%%")
ONE_OF: Final = re.compile(r"IN \((%\(\w+\)s::bigint\[\])\)")  # of however many: `IN` would be another text for each
LIMIT: Final = re.compile(r"\bLIMIT (\d+)")  # which Django writes into the text
FIRST_NUMBER: Final = 8_999_000_000_000_000_000  # of the stand-ins: no row will ever have it
LARGEST: Final = 2**63 - 1  # of a bigint
TYPES: Final[dict[type, str]] = {int: "bigint", list: "bigint[]", str: "text", date: "date", datetime: "timestamptz"}


class NotPreparable(TypeError):
    """The queryset depends on something that is not among its values."""


class Kind:
    """The type of a value, and what stands in for the value while the queryset is put together."""

    def __init__(self, kind: type, model: str = "") -> None:
        self.kind, self.model = kind, model

    def stand_in(self, number: int) -> tuple[Any, Any]:
        """What the function gets, and how it looks among the parameters of the SQL."""
        if self.kind is int:
            row = apps.get_model(self.model)(pk=FIRST_NUMBER + number) if self.model else FIRST_NUMBER + number
            return row, FIRST_NUMBER + number
        if self.kind is list:
            return [FIRST_NUMBER + number], FIRST_NUMBER + number
        if self.kind is str:
            return (text := f"\uf8ff stand-in {number} \uf8ff"), text
        day = datetime(9990, 1, 1 + number, tzinfo=UTC) if self.kind is datetime else date(9990, 1, 1 + number)
        return day, day


def row_of(model: str) -> Kind:
    """A row, of which the queryset uses the number only."""
    return Kind(int, model)


class Compiled:
    """The SQL of a queryset with named places for its values, and Django's means to make rows of the answer."""

    def __init__(self, build: Callable[..., QuerySet[Any]], kinds: dict[str, Kind]) -> None:
        stand_ins = {name: kind.stand_in(number) for number, (name, kind) in enumerate(kinds.items())}
        self.queryset: Any = build(**{name: given for name, (given, _seen) in stand_ins.items()})
        self.compiler = self.queryset.query.get_compiler(using=self.queryset.db)
        text, params = self.compiler.as_sql()
        # What as_sql leaves to the execution, and rows are made by.
        self.compiler.setup_query()
        self.converters = self.compiler.get_converters([each[0] for each in self.compiler.select])
        self.make = self._maker()
        seen = {value: name for name, (_given, value) in stand_ins.items()}
        self.sql = self._with_values_left_out(text, list(params), seen, kinds)

    def _with_values_left_out(self, text: str, params: list[Any], seen: dict[Any, str], kinds: dict[str, Kind]) -> str:
        """Named places for the values, which are bound by the server; everything else written out."""
        connection.ensure_connection()
        rest, used = iter(params), set()

        def fill(slot: re.Match[str]) -> str:
            if slot[0] == "%%":
                return "%%"
            param = next(rest)
            if isinstance(param, int | str | date) and param in seen:
                name = seen[param]
                used.add(name)
                return f"%({name})s::{TYPES[kinds[name].kind]}"
            if isinstance(param, date):
                raise NotPreparable(f"{self.queryset.model.__name__}: a moment ({param}) would be the same for ever")
            return sql.Literal(param).as_string(connection.connection).replace("%", "%%")

        def limit(slot: re.Match[str]) -> str:
            if (name := seen.get(int(slot[1]))) is None:
                return slot[0]
            used.add(name)
            return f"LIMIT %({name})s::bigint"

        filled = LIMIT.sub(limit, ONE_OF.sub(r"= ANY(\1)", SLOT.sub(fill, text)))
        if missing := kinds.keys() - used:
            raise NotPreparable(f"{self.queryset.model.__name__}: nothing depends on {', '.join(sorted(missing))}")
        if str(FIRST_NUMBER)[:9] in filled:
            raise NotPreparable(f"{self.queryset.model.__name__}: a number stands in the SQL itself")
        return filled

    def _maker(self) -> Callable[[Sequence[Any]], Any]:
        """What makes of the columns of a row what the queryset gives, without finding out how anew each time."""
        kind, names = self.queryset._iterable_class, self.queryset.query.selected
        if kind is ModelIterable:
            return self._model_maker()
        if kind is ValuesIterable:
            return lambda columns: dict(zip(names, columns, strict=False))
        if kind is ValuesListIterable:
            return lambda columns: tuple(columns[: len(names)])
        if kind is FlatValuesListIterable:
            return itemgetter(0)
        raise NotPreparable(f"{self.queryset.model.__name__}: rows as {kind.__name__} are not made here")

    def _model_maker(self) -> Callable[[Sequence[Any]], Any]:
        select, about, db = self.compiler.select, self.compiler.klass_info, self.queryset.db
        from_db = partial(about["model"].from_db, fetch_mode=self.queryset._fetch_mode)
        own = slice(about["select_fields"][0], about["select_fields"][-1] + 1)
        names = [each[0].target.attname for each in select[own]]
        related = get_related_populators(about, select, db, self.queryset._fetch_mode)
        annotations = tuple(self.compiler.annotation_col_map.items())

        def make(columns: Sequence[Any]) -> Any:
            row = from_db(db, names, columns[own])
            for each in related:
                each.populate(columns, row)
            for name, place in annotations:
                setattr(row, name, columns[place])
            return row

        return make

    def rows(self, values: dict[str, Any]) -> list[Any]:
        values = {name: _in_range(value) if type(value) is int else value for name, value in values.items()}
        found: Iterable[Sequence[Any]] = rows(self.sql, values)
        if self.converters:
            found = self.compiler.apply_converters(found, self.converters)
        made = [self.make(columns) for columns in found]
        if lookups := self.queryset._prefetch_related_lookups:
            prefetch_related_objects(made, *lookups)
        return made


COMPILED: dict[Callable[..., QuerySet[Any]], Compiled] = {}  # by what puts them together, in this process


def _in_range(number: int) -> int:
    """The number as a bigint. An address may say any number: one that no column can hold becomes the nearest that can.

    All are sent in eight bytes, since PostgreSQL would make another plan for each length.
    """
    return Int8(max(-LARGEST - 1, min(number, LARGEST)))


class Prepared:
    """Runs the queryset that `build` puts together; `build` is there `unprepared`, for tests that compare."""

    def __init__(self, build: Callable[..., QuerySet[Any]], kinds: dict[str, Kind]) -> None:
        self.unprepared, self._kinds, self._lock = build, kinds, Lock()
        update_wrapper(self, build)

    def __call__(self, **values: Any) -> list[Any]:
        return self._compiled().rows(values)

    @property
    def sql(self) -> str:
        """The SQL, for use within another prepared query that is given the same values."""
        return self._compiled().sql

    def _compiled(self) -> Compiled:
        build = self.unprepared
        if (compiled := COMPILED.get(build)) is None:
            with self._lock:
                compiled = COMPILED.get(build) or COMPILED.setdefault(build, Compiled(build, self._kinds))
        return compiled


def prepared(**kinds: Any) -> Callable[[Callable[..., QuerySet[Any]]], Prepared]:
    """`kinds` by the names of the values: int, str, date, datetime, list (of int, for `__in`), or `row_of` a model."""
    known = {name: kind if isinstance(kind, Kind) else Kind(kind) for name, kind in kinds.items()}
    return lambda build: Prepared(build, known)


def for_viewers(**kinds: Any) -> Callable[[Callable[..., QuerySet[Any]]], Callable[..., list[Any]]]:
    """As `prepared`, for a queryset that also takes a `viewer` and has two shapes: for a member, and for nobody.

    What it makes is called with the viewer as its first argument, and with the values by name.
    """

    def prepare(build: Callable[..., QuerySet[Any]]) -> Callable[..., list[Any]]:
        signed_in = prepared(viewer=row_of("accounts.User"), **kinds)(build)
        signed_out = prepared(**kinds)(wraps(build)(partial(build, None)))

        def run(viewer: Any, **values: Any) -> list[Any]:
            return signed_in(viewer=viewer.pk, **values) if is_signed_in(viewer) else signed_out(**values)

        run.__name__, run.__doc__, run.__module__ = build.__name__, build.__doc__, build.__module__
        return run

    return prepare
