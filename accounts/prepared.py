"""Queries that PostgreSQL plans once for each connection, for what every page of a member asks.

Django puts values into the text of a query, so that each is planned anew; for a large one that takes ten times as long
as to answer it. Their plan is for all values alike (`plan_cache_mode`, config/database.py): what should be planned for
the value at hand, such as a day near which few rows are, is asked by a cursor of Django's. Where `DATABASE_POOLER` says
that connections are not ours alone, these are planned each time, too.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

import psycopg
from django.db.backends.base.base import BaseDatabaseWrapper

from config import replica

MOST = 200  # prepared statements of a connection
PLACE: Final = re.compile(r"%(?:\((\w+)\)s|[s%])")


@lru_cache(maxsize=1000)
def _numbered(query: str) -> tuple[str, tuple[str, ...]]:
    """The query with PostgreSQL's own places for its values ($1, $2), and the names that they had, if any."""
    names: list[str] = []
    unnamed = 0

    def number(place: re.Match[str]) -> str:
        nonlocal unnamed
        if place[0] == "%%":
            return "%"
        if place[1] is None:
            unnamed += 1
            return f"${unnamed}"
        if place[1] not in names:
            names.append(place[1])
        return f"${names.index(place[1]) + 1}"

    return PLACE.sub(number, query), tuple(names)


class _Cursor(psycopg.RawCursor[tuple[Any, ...]]):
    """Values travel beside the query, not within it."""

    def execute(self, query: Any, params: Any = (), **options: Any) -> "_Cursor":
        text, names = _numbered(query)
        values = [params[name] for name in names] if isinstance(params, Mapping) else params
        return super().execute(text, values, **{"prepare": True} | options)


def rows(
    query: str, params: Sequence[Any] | Mapping[str, Any] = (), on: BaseDatabaseWrapper | None = None
) -> list[tuple[Any, ...]]:
    """All rows of a query that is always the same text; what varies are its parameters, %s or %(name)s.

    Asked on the connection from which the request reads, unless another is said.
    """
    connection = on or replica.to_read()
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    raw = connection.connection
    raw.prepared_max = MOST
    make = connection.make_debug_cursor if connection.queries_logged else connection.make_cursor
    with connection.wrap_database_errors, make(_Cursor(raw)) as cursor:  # type: ignore[arg-type]  # a raw one is what it wants
        cursor.execute(query, params)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found
