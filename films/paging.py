"""Pages of a long ordered list, each found from the row before it: page 500 costs what page 1 costs.

An order is one or more runs. A run is a part of the rows with its own order ("films with a year, newest
first"), the next run follows where it ends ("films without one"). So rows whose key is unknown come last
in either direction, and every run can be read from an index.
"""

import base64
import binascii
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db.models import BooleanField, F, Func, GeneratedField, Model, Q, QuerySet, Value
from django.utils.translation import gettext_lazy

PAGE_SIZE: Final = 60
LONGEST_CURSOR: Final = 1000
NOT_THERE: Final = gettext_lazy("That page is not there any more, so here is the first.")


class BadCursor(ValueError):
    """The cursor was not made by this order of this list."""


class Beyond(Func):
    """`(key, key…) < (value, value…)`, compared as rows, which one index scan answers."""

    output_field = BooleanField()
    conditional = True

    def as_sql(self, compiler: Any, connection: Any, *args: Any, **context: Any) -> tuple[str, tuple[Any, ...]]:
        parts = [compiler.compile(expression) for expression in self.source_expressions]
        half = len(parts) // 2
        left, right = (", ".join(sql for sql, _params in side) for side in (parts[:half], parts[half:]))
        params = tuple(param for _sql, params in parts for param in params)
        return f"(({left}) {self.extra['sign']} ({right}))", params


@dataclass(frozen=True, slots=True)
class Run:
    """Rows that meet `where`, ordered by `keys`, all in one direction. The last key is unique."""

    keys: tuple[str, ...]
    descending: bool = True
    where: Q = field(default_factory=Q)

    def rows(self, queryset: QuerySet[Any], *, start: Sequence[Any] | None, backwards: bool) -> QuerySet[Any]:
        """The rows beyond `start`, each with its key values as `key_0`, `key_1`…"""
        descending = self.descending is not backwards
        rows = queryset.filter(self.where).annotate(**{f"key_{n}": F(key) for n, key in enumerate(self.keys)})
        if start is not None:
            fields = self.fields(queryset)
            values = [Value(value, output_field=f) for value, f in zip(start, fields, strict=True)]
            rows = rows.filter(Beyond(*(F(key) for key in self.keys), *values, sign="<" if descending else ">"))
        return rows.order_by(*(f"-{key}" if descending else key for key in self.keys))

    def fields(self, queryset: QuerySet[Any]) -> list[Any]:
        """The types of the keys; of a generated column that of what it generates."""
        found = [_column(queryset.model, key) for key in self.keys]
        return [each.output_field if isinstance(each, GeneratedField) else each for each in found]

    def place_of(self, row: Any) -> list[Any]:
        return [getattr(row, f"key_{n}") for n in range(len(self.keys))]


def _column(model: Any, key: str) -> Any:
    """The column that a key names, which may be of what a row is about: `film__sort_title`."""
    *steps, name = key.split("__")
    for step in steps:
        model = model._meta.get_field(step).related_model
    return model._meta.get_field(name)


@dataclass(slots=True)
class Slice[Row: Model]:
    """One page. `after` and `before` are the cursors of the next and the previous page, empty where there is none."""

    rows: list[Row]
    after: str = ""
    before: str = ""

    @classmethod
    def first(cls, rows: list[Row], run: Run, size: int) -> "Slice[Row]":
        """The first page of a list of one run, of its first `size` + 1 `Run.rows`."""
        shown = rows[:size]
        return cls(shown, after=cursor_of(0, run.place_of(shown[-1])) if len(rows) > size else "")

    def loaded(self, load: Callable[[list[Any]], Iterable[Row]]) -> "Slice[Row]":
        """The same page, of rows as `load` reads them by their numbers. What was taken away meanwhile is left out."""
        there = {row.pk: row for row in load([row.pk for row in self.rows])} if self.rows else {}
        return replace(self, rows=[there[row.pk] for row in self.rows if row.pk in there])

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def page_of[Row: Model](
    queryset: QuerySet[Row], runs: Sequence[Run], *, size: int = PAGE_SIZE, after: str = "", before: str = ""
) -> Slice[Row]:
    """The page behind `after`, or the one in front of `before`, or the first. Raises BadCursor."""
    if before:
        found = _gather(queryset, runs, size + 1, read_cursor(before, queryset, runs), backwards=True)
        if len(found) > size:
            kept = found[size - 1 :: -1]
            return Slice([row for _n, row in kept], after=_cursor(runs, kept[-1]), before=_cursor(runs, kept[0]))
        after = ""  # less than a page is in front of it: that is the first page, and it is shown whole
    start = read_cursor(after, queryset, runs) if after else None
    found = _gather(queryset, runs, size + 1, start, backwards=False)
    kept = found[:size]
    return Slice(
        [row for _n, row in kept],
        after=_cursor(runs, kept[-1]) if len(found) > size else "",
        before=_cursor(runs, kept[0]) if kept and start else "",
    )


def _gather[Row: Model](
    queryset: QuerySet[Row], runs: Sequence[Run], most: int, start: tuple[int, list[Any]] | None, *, backwards: bool
) -> list[tuple[int, Row]]:
    """Up to `most` rows with the number of their run, one query for each run that is touched."""
    first = start[0] if start else (len(runs) - 1 if backwards else 0)
    found: list[tuple[int, Row]] = []
    for number in range(first, -1, -1) if backwards else range(first, len(runs)):
        beyond = start[1] if start and number == first else None
        rows = runs[number].rows(queryset, start=beyond, backwards=backwards)[: most - len(found)]
        found += [(number, row) for row in rows]
        if len(found) == most:
            break
    return found


def _cursor(runs: Sequence[Run], found: tuple[int, Any]) -> str:
    number, row = found
    return cursor_of(number, runs[number].place_of(row))


def cursor_of(number: int, place: Sequence[Any]) -> str:
    """A place among runs: the number of one, and the values of its keys."""
    text = json.dumps([number, *place], default=str, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_cursor(cursor: str, queryset: QuerySet[Any], runs: Sequence[Run]) -> tuple[int, list[Any]]:
    """The number of the run and the key values. Raises BadCursor with what to do about it."""
    try:
        if len(cursor) > LONGEST_CURSOR:
            raise ValueError
        number, *values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        run = runs[number] if type(number) is int and number >= 0 else None
        if run is None or len(values) != len(run.keys) or None in values:
            raise ValueError
        return number, [_read_value(value, f) for value, f in zip(values, run.fields(queryset), strict=True)]
    except (ValueError, TypeError, IndexError, OverflowError, RecursionError, binascii.Error, ValidationError) as error:
        raise BadCursor(NOT_THERE) from error


def _read_value(value: Any, of: Any) -> Any:
    """The value as the column has it. Raises ValidationError for one that no row can have."""
    if not isinstance(value, str | int | float) or (isinstance(value, str) and "\0" in value):
        raise ValueError
    found = of.to_python(value)
    of.run_validators(found)
    return found
