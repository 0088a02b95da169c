"""What is read of all films: rows with much in them, as PostgreSQL has it, and more time to read it."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

import numpy as np
import psycopg
from django.db import connection, transaction
from pyroaring import BitMap

from films.ordered import Numbers

ALLOWED: Final = {"statement_timeout": "60s", "max_parallel_workers_per_gather": "2"}  # for what is read of all films


def loaded(query: str, values: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
    """Rows with much in them, as PostgreSQL has it."""
    connection.ensure_connection()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        return list(cursor.execute(query, values, binary=True).fetchall())


@contextmanager
def more_time() -> Iterator[None]:
    """For what is read of all films PostgreSQL has more time and help than for the queries of pages."""
    with transaction.atomic():
        before = [loaded("SELECT current_setting(%(name)s)", {"name": name})[0][0] for name in ALLOWED]
        _set(ALLOWED.values())
        yield
        _set(before)


def _set(values: Iterable[str]) -> None:
    for name, value in zip(ALLOWED, values, strict=True):
        loaded("SELECT set_config(%(name)s, %(value)s, true)", {"name": name, "value": value})


def unpacked(packed: bytes | None, size: int) -> Numbers:
    return np.frombuffer(packed or b"", f">i{size}").astype(f"i{size}")


def bitmap(packed: bytes) -> BitMap:
    return BitMap(np.sort(unpacked(packed, 4)).astype(np.uint32))
