"""Reading from a replica (`REPLICA_URL`), whenever it is as new as what was written before the request came.

A request that only reads asks the replica, if it has replayed everything that the database had acknowledged by then;
else the database. So nobody is shown what was before their own write, or before anybody's of which they could know.
That costs nothing while nobody writes: a stamp (config/freshness.py) tells whether anybody did since a connection to
the replica was last found to be up to date. A request that writes reads from the database from then on.

Jobs and commands never read from it, nor do the pages of accounts and of the administration.
"""

import logging
import time
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import DEFAULT_DB_ALIAS, DatabaseError, InterfaceError, OperationalError, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.http import HttpRequest, HttpResponse
from psycopg.errors import QueryCanceled, SerializationFailure

from config.freshness import WRITTEN, shared

logger = logging.getLogger(__name__)

REPLICA: Final = "replica"
NEVER: Final = ("/accounts/", "/admin/", "/_allauth/", "/identity/", "/static/", "/media/", "/healthz", "/readyz")
AWAY: Final = 5  # seconds for which a replica that failed is not asked
# How far the log is that anybody may have been told of: beyond the disk, where commits do not wait for it.
NOW: Final = """
    SELECT CASE current_setting('synchronous_commit')
            WHEN 'off' THEN pg_current_wal_insert_lsn() ELSE pg_current_wal_flush_lsn() END::text,
        (system_identifier, current_database())::text
    FROM pg_control_system()
"""
# Places in the logs of two servers can only be compared where one follows the other. Either may have several databases.
HAS_REPLAYED: Final = """
    SELECT pg_is_in_recovery() AND (system_identifier, current_database())::text = %(of)s,
        pg_last_wal_replay_lsn() >= %(place)s::pg_lsn
    FROM pg_control_system()
"""


class State(StrEnum):
    UP_TO_DATE = "ok"
    BEHIND = "behind"
    AWAY = "unreachable"
    STRANGER = "not a replica"  # of this database: it may have taken its place once, or be another site's


_away_until = 0.0


@dataclass(slots=True)
class Reading:
    """From which database one request reads. It is decided when the request first reads."""

    alias: str = ""
    failed: bool = False


_reading: ContextVar[Reading | None] = ContextVar("reading", default=None)


def is_there() -> bool:
    """Whether the site has a replica, be it up or not."""
    return REPLICA in settings.DATABASES


def alias() -> str:
    """The database to read from now. Within a transaction that is always the one written to: what it wrote is nowhere
    else.
    """
    reading = _reading.get()
    if reading is None or connection.in_atomic_block:
        return DEFAULT_DB_ALIAS
    if not reading.alias:
        reading.alias = REPLICA if _is_up_to_date() else DEFAULT_DB_ALIAS
    return reading.alias


def to_read() -> BaseDatabaseWrapper:
    """The connection for queries that are not Django's own."""
    return connections[alias()]


def leave() -> None:
    """This request writes, so what it reads from now on must be what it wrote."""
    if (reading := _reading.get()) is not None:
        reading.alias = DEFAULT_DB_ALIAS


def state() -> State:
    """How the replica is now. Two queries."""
    with connection.cursor() as cursor:
        cursor.execute(NOW)
        place, of = cursor.fetchone()
    try:
        with connections[REPLICA].cursor() as cursor:
            cursor.execute(HAS_REPLAYED, {"place": place, "of": of})
            follows, has_replayed = cursor.fetchone()
    except DatabaseError as trouble:
        _do_without(trouble)
        return State.AWAY
    return State.STRANGER if not follows else State.UP_TO_DATE if has_replayed else State.BEHIND


def _is_up_to_date() -> bool:
    if time.monotonic() < _away_until:
        return False
    (written,) = shared.stamps((WRITTEN,))  # before the database is asked how far it is
    replica: Any = connections[REPLICA]  # config/postgresql/base.py
    replica.close_if_health_check_failed()
    if replica.connection is None or replica.replayed_at != written:
        found = state()
        if found == State.STRANGER:
            _do_without(found)
        if found != State.UP_TO_DATE:
            return False
        replica.replayed_at = written
    return True


def _do_without(trouble: Exception | State) -> None:
    global _away_until
    _away_until = time.monotonic() + AWAY
    connections[REPLICA].close()
    logger.warning("The replica is left alone for %d seconds: %s", AWAY, str(trouble).strip())


class Router:
    """Where Django's own queries go."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        return DEFAULT_DB_ALIAS if _is_of_the_cache(model) else alias()

    def db_for_write(self, model: Any, **hints: Any) -> str:
        if not _is_of_the_cache(model):
            leave()
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool:
        """Rows of both may be used together: they are the same."""
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == DEFAULT_DB_ALIAS


def _is_of_the_cache(model: Any) -> bool:
    """Counters of it are no part of any page."""
    return model is not None and model._meta.app_label == "django_cache"


class ReadFromReplica:
    """Stands next to the view, so that whatever goes wrong with the replica is seen here first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not is_there():
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in {"GET", "HEAD", "OPTIONS"} or request.path.startswith(NEVER):
            return self.get_response(request)
        reading = Reading()
        token = _reading.set(reading)
        try:
            response = self.get_response(request)
        finally:
            _reading.reset(token)
        return self.get_response(request) if reading.failed else response

    def process_exception(self, request: HttpRequest, trouble: Exception) -> HttpResponse | None:
        """A replica that went away, or gave a query up for what it had to replay, is no reason to answer nobody.

        What took too long there would take too long in the database, too.
        """
        reading, cause = _reading.get(), trouble.__cause__
        if reading is None or reading.alias != REPLICA or not isinstance(trouble, OperationalError | InterfaceError):
            return None
        if isinstance(cause, QueryCanceled):
            return None
        if not isinstance(cause, SerializationFailure):  # as PostgreSQL calls what stood in the way of replaying
            _do_without(trouble)
        reading.failed = True
        return HttpResponse(status=503)  # for nobody: the database is asked now
