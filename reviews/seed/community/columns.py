"""NumPy columns into a table by PostgreSQL's binary COPY: no row passes through Python."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

import numpy as np
from django.db import connection, models
from django.utils import timezone
from numpy.typing import NDArray
from psycopg import Copy, sql

AT_ONCE: Final = 200_000
SIGNATURE: Final = b"PGCOPY\n\xff\r\n\x00" + bytes(8)
TRAILER: Final = b"\xff\xff"
EPOCH: Final = datetime(2000, 1, 1, tzinfo=UTC)  # PostgreSQL counts from here
EMPTY_ARRAY: Final = bytes(8) + (1043).to_bytes(4, "big")  # no dimensions, of varchar

type Array = NDArray[Any]
type AnyField = models.Field[Any, Any]


@dataclass(frozen=True)
class Coded:
    """A text column: for each row the place of its text among `texts`."""

    codes: Array
    texts: Sequence[str]


@dataclass(frozen=True)
class Maybe:
    """NULL where `there` is false."""

    values: Array | Coded
    there: Array


type Column = Array | Coded | Maybe | bool | int | str | date | datetime | list[Any] | None


def seconds(moment: datetime) -> int:
    """Moments are whole seconds since 2000, days the days since then, as PostgreSQL has them."""
    return int((moment - EPOCH).total_seconds())


class Part:
    """One column of one field: bytes for the rows of a group. Rows of one `kind` have the same width."""

    def __init__(self, field: AnyField, column: Column) -> None:
        self.there: Array | None = None
        if isinstance(column, Maybe):
            self.there, column = column.there, column.values
        self.lengths = self.table = None
        self.codes: Array | None = None
        self.constant: bytes | None = None
        self.values: Array | None = None
        self.format, self.factor = _format_of(field)
        if isinstance(column, Coded):
            texts = [text.encode() for text in column.texts]
            self.table = np.array(texts or [b""], dtype="S")
            self.lengths = np.array([len(text) for text in texts] or [0])
            self.codes = column.codes
        elif isinstance(column, np.ndarray):
            self.values = column
            if column.dtype.kind == "S":  # texts of one length
                self.format = column.dtype.str
        elif column is not None:
            self.constant = _constant(column, self.format)

    def kinds(self, rows: slice) -> Array | None:
        """Of each row, what its width depends on; None when all are of one."""
        kinds = None if self.lengths is None or self.codes is None else self.lengths[self.codes[rows]] + 1
        if self.there is None:
            return kinds
        return self.there[rows] * (1 if kinds is None else kinds)

    def format_of(self, row: int) -> str | None:
        """NumPy's name for the value of this row, and of all of its kind; None for NULL."""
        if self.there is not None and not self.there[row]:
            return None
        if self.lengths is not None and self.codes is not None:
            return f"S{self.lengths[self.codes[row]]}"
        if self.values is not None:
            return self.format
        return None if self.constant is None else f"S{len(self.constant)}"

    def fill(self, into: Array, rows: Array) -> None:
        if self.table is not None and self.codes is not None:
            into[:] = self.table[self.codes[rows]]
        elif self.values is not None:
            part = self.values[rows]
            into[:] = part if self.factor == 1 else part.astype(np.int64) * self.factor
        else:
            into[:] = np.bytes_(self.constant or b"")


def _format_of(field: AnyField) -> tuple[str, int]:
    """How the values of a field's column travel, and what they are multiplied by."""
    while isinstance(field, models.ForeignKey):
        field = field.target_field
    kind = field.get_internal_type()
    known = {
        "BigAutoField": (">i8", 1), "BigIntegerField": (">i8", 1), "PositiveBigIntegerField": (">i8", 1),
        "AutoField": (">i4", 1), "IntegerField": (">i4", 1), "PositiveIntegerField": (">i4", 1),
        "PositiveSmallIntegerField": (">i2", 1), "SmallIntegerField": (">i2", 1), "BooleanField": ("?", 1),
        "DateTimeField": (">i8", 1_000_000), "DateField": (">i4", 1),
    }  # fmt: skip
    return known.get(kind, ("S", 1))


def _constant(value: Any, kind: str) -> bytes:
    if isinstance(value, datetime):
        value = seconds(value) * 1_000_000
    elif isinstance(value, date):
        value = (value - EPOCH.date()).days
    if isinstance(value, list):
        assert not value, "only empty lists are known here"
        return EMPTY_ARRAY
    return str(value).encode() if kind == "S" else np.array(value).astype(kind).tobytes()


def copy_columns(model: type[models.Model], columns: Mapping[str, Column], size: int) -> None:
    """COPY so many rows. Columns are arrays, or one value for all rows; fields that are not named get their default.

    Within each 200,000, rows whose texts have other lengths, or NULLs, may be stored in another order than they came.
    """
    fields = [f for f in model._meta.concrete_fields if f.name in columns or not fills_itself(f)]
    now = timezone.now()
    parts = [Part(f, columns[f.name] if f.name in columns else _default(f, now)) for f in fields]
    names = sql.SQL(", ").join([sql.Identifier(str(field.column)) for field in fields])
    table = sql.Identifier(model._meta.db_table)
    statement = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT binary)").format(table, names)
    with connection.cursor() as cursor, cursor.copy(statement) as target:
        target.write(SIGNATURE)
        for start in range(0, size, AT_ONCE):
            for rows in _groups(parts, start, min(start + AT_ONCE, size)):
                _send(target, parts, rows)
        target.write(TRAILER)


def fills_itself(field: AnyField) -> bool:
    """PostgreSQL knows what stands there when nothing is said."""
    return bool(field.generated or field.has_db_default() or isinstance(field, models.AutoField))


def _default(field: AnyField, now: datetime) -> Column:
    default: Column = now if getattr(field, "auto_now", False) else field.get_default()
    return default


def _groups(parts: list[Part], start: int, end: int) -> Iterator[Array]:
    """The rows from start to end, in groups of one width."""
    key = np.zeros(end - start, dtype=np.int64)
    for part in parts:
        if (kinds := part.kinds(slice(start, end))) is not None:
            _distinct, numbered = np.unique(key * (int(kinds.max(initial=0)) + 1) + kinds, return_inverse=True)
            key = numbered.astype(np.int64)
    order = np.argsort(key, kind="stable")
    edges = np.flatnonzero(np.diff(key[order])) + 1
    yield from (rows + start for rows in np.split(order, edges) if len(rows))


def _send(target: Copy, parts: list[Part], rows: Array) -> None:
    formats = [part.format_of(int(rows[0])) for part in parts]
    layout: list[tuple[str, str]] = [("count", ">i2")]
    for number, format_ in enumerate(formats):
        layout.append((f"width{number}", ">i4"))
        if format_ not in {None, "S0"}:
            layout.append((f"value{number}", str(format_)))
    block = np.empty(len(rows), dtype=layout)
    block["count"] = len(parts)
    for number, (part, format_) in enumerate(zip(parts, formats, strict=True)):
        width = -1 if format_ is None else 0 if format_ == "S0" else np.dtype(format_).itemsize
        block[f"width{number}"] = width
        if width > 0:
            part.fill(block[f"value{number}"], rows)
    target.write(block.tobytes())
