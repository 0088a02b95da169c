"""Millions of rows from PostgreSQL as columns, without a Python object for each value."""

from collections.abc import Iterator
from itertools import batched, chain
from typing import Any, Final

import numpy as np
from django.db import connection
from django.db.models import QuerySet

AT_ONCE: Final = 200_000
HEADER: Final = 19  # of PostgreSQL's binary format of COPY, before the first row
# Casts, with the kind of number that they are on the wire.
KINDS: Final = {"bigint": ">i8", "integer": ">i4", "smallint": ">i2"}

type Columns = list[np.ndarray[Any, Any]]


def columns(rows: QuerySet[Any, Any], *kinds: str) -> Iterator[Columns]:
    """The columns of a `values_list`, none of which may be null, in blocks.

    Each has a kind of number, after the expression of `{}` that makes it one if need be: "coalesce({}, 0)::integer".
    """
    chosen, params = rows.query.sql_with_params()
    names = [f"v{number}" for number in range(len(kinds))]
    asked = [kind if "::" in kind else f"{{}}::{kind}" for kind in kinds]
    picked = ", ".join(expression.format(name) for expression, name in zip(asked, names, strict=True))
    numbers = [KINDS[kind.rpartition(":")[2]] for kind in kinds]
    sizes = [(f"size of {name}", ">i4") for name in names]
    values = list(zip(names, numbers, strict=True))
    record = np.dtype([("columns", ">i2"), *chain.from_iterable(zip(sizes, values, strict=True))])
    statement = f"COPY (SELECT {picked} FROM ({chosen}) r({', '.join(names)})) TO STDOUT (FORMAT binary)"  # noqa: S608
    with connection.cursor() as cursor, cursor.copy(statement, params) as copy:
        left = b""
        for number, some in enumerate(batched(copy, AT_ONCE)):
            sent = left + b"".join(some)
            sent = sent[HEADER:] if number == 0 else sent
            whole = len(sent) // record.itemsize  # the two bytes that end it all are no record
            read = np.frombuffer(sent, record, whole)
            left = sent[whole * record.itemsize :]
            yield [read[name].astype(kind[1:]) for name, kind in values]
