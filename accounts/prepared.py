"""Queries that PostgreSQL plans once for each connection, for what every page of a member asks.

Django puts values into the text of a query, so that each is planned anew; for a large one that takes ten times as long
as to answer it. Where `DATABASE_POOLER` says that connections are not ours alone, these are planned each time, too.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import psycopg
from django.db import connection

MOST = 200  # prepared statements of a connection


class _Cursor(psycopg.Cursor[tuple[Any, ...]]):
    """Values travel beside the query, not within it."""

    def execute(self, query: Any, params: Any = None, **options: Any) -> "_Cursor":
        return super().execute(query, params, **{"prepare": True} | options)


def rows(query: str, params: Sequence[Any] | Mapping[str, Any] = ()) -> list[tuple[Any, ...]]:
    """All rows of a query that is always the same text; what varies are its parameters."""
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    raw = connection.connection
    raw.prepared_max = MOST
    make = connection.make_debug_cursor if connection.queries_logged else connection.make_cursor
    with connection.wrap_database_errors, make(_Cursor(raw)) as cursor:  # type: ignore[arg-type]  # a raw one is what it wants
        cursor.execute(query, params)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found
