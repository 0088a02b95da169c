"""Rows with text into a table by COPY, from lines that are put together already."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import batched
from typing import Any, Final

import numpy as np
from django.db import connection, models
from django.utils import timezone
from psycopg import sql

from reviews.seed.community.columns import AnyField, Array, fills_itself

AT_ONCE: Final = 2_000
NULL: Final = "\\N"
# What would end a value or a row of COPY's text.
MARKS: Final = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def safe(text: str) -> str:
    return text.translate(MARKS)


def moments(seconds: Array) -> list[str]:
    """Moments as COPY reads them, from seconds since 2000."""
    return _written(np.datetime64("2000-01-01T00:00:00") + seconds.astype("timedelta64[s]"))


def days(numbers: Array) -> list[str]:
    return _written(np.datetime64("2000-01-01") + numbers.astype("timedelta64[D]"))


def _written(dates: Any) -> list[str]:
    return list(np.datetime_as_string(dates).tolist())


def array_of(values: Iterable[Any]) -> str:
    return "{" + ",".join(map(str, values)) + "}"


def copy_lines(model: type[models.Model], names: list[str], lines: Iterable[str]) -> None:
    """COPY rows that have these fields, in this order, with tabs between them; the others get their default."""
    fields = {field.name: field for field in model._meta.concrete_fields}
    given = [fields[name] for name in names]
    others = [field for field in fields.values() if field not in given and not fills_itself(field)]
    rest = "".join(f"\t{_text(_default(field))}" for field in others)
    columns = sql.SQL(", ").join([sql.Identifier(str(field.column)) for field in [*given, *others]])
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(model._meta.db_table), columns)
    with connection.cursor() as cursor, cursor.copy(statement) as target:
        for block in _blocks(lines, f"{rest}\n"):
            target.write(block)


def _blocks(lines: Iterable[str], end: str) -> Iterator[str]:
    for some in batched(lines, AT_ONCE):
        yield end.join(some) + end


def _default(field: AnyField) -> Any:
    return timezone.now() if getattr(field, "auto_now", False) else field.get_default()


def _text(value: Any) -> str:
    if value is None:
        return NULL
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, datetime):
        return value.isoformat()
    return array_of(value) if isinstance(value, list) else safe(str(value))
