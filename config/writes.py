"""Sees what is written to the database, and has everything that was made of it before made anew.

A wrapper looks at every statement of every connection of the site, be it a page's, a job's or a command's. A statement
that it does not understand counts as a write that concerns everything. So does every write whose action does not say
otherwise: `with only("film:7"):` is for what happens often and shows in few places, such as a rating, and
`with unseen():` for what shows nowhere. A write to a table of which no kept page is made (SILENT) concerns only those
who read from a replica (config/replica.py), and a statement that wrote no row concerns nobody.
"""

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Any, Final

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from config import replica
from config.freshness import ANY, WIDE, WRITTEN, shared

logger = logging.getLogger(__name__)

READS: Final = re.compile(
    r"[\s(]*(SELECT|SAVEPOINT|RELEASE|ROLLBACK|SET|RESET|SHOW|EXPLAIN|DECLARE|FETCH|CLOSE|LOCK|VACUUM|ANALYZE"
    r"|LISTEN|UNLISTEN|NOTIFY|DISCARD|BEGIN|COMMIT)\b"
    # What a connection keeps for itself, and nobody else sees.
    r"|\s*CREATE\s+TEMP(?:ORARY)?\s+TABLE\b|\s*(?:ALTER|DROP)\s+TABLE\s+(?:IF\s+EXISTS\s+)?pg_temp\.(?!.*,)",
    re.IGNORECASE | re.DOTALL,
)
# Of a member, what lets them in and shows nowhere.
KEYS: Final = r'"(?:last_login|password|email)" = \S+'
WRITES: Final = re.compile(
    rf'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+(?:ONLY\s+)?"?(\w+)"?(\s+SET\s+{KEYS} WHERE\b)?', re.I
)
# A common table expression, in which every word that writes counts, but for `FOR UPDATE`.
WITH: Final = re.compile(r"\s*WITH\b", re.IGNORECASE)
WRITES_WITHIN: Final = re.compile(r"\b(?:INSERT\s+INTO|(?<!FOR )(?<!KEY )UPDATE|DELETE\s+FROM|MERGE\s+INTO)\b", re.I)
# What no page of somebody signed out is made of.
SILENT: Final = re.compile(
    r"(django_(session|migrations|admin_log)|cache|procrastinate_\w+|usersessions_\w+|(social)?account_\w+|mfa_\w+"
    r"|accounts_(requestcount|sentonce|accesstoken|invite|signingkey|webhook|delivery|copyplace"
    r"|actor|follower|reached|copy|message|dispatch|inbox|stranger|refusal|serverblock|arrival)|allauth_idp_oidc_\w+"
    r"|reviews_(posting|notification|noticechoice|subscription|import|importrow|importchange|player|playing)"
    # Evenings, whose pages are never kept.
    r"|reviews_(evening|eveningstep|seat|seat_services|shownout|ready|pick|candidate|veto|draw|attendance))$"
)
# Counters and queues, which no page reads.
UNREAD: Final = re.compile(r"(cache|procrastinate_\w+|accounts_requestcount)$")

_narrowed: ContextVar[frozenset[str] | None] = ContextVar("narrowed", default=None)


@contextmanager
def only(*tags: str) -> Iterator[None]:
    """Say that all writes in here concern nothing but what has these tags. A wider one around it stays wide."""
    outer = _narrowed.get()
    token = _narrowed.set(frozenset(tags) if outer is None else outer | set(tags))
    try:
        yield
    finally:
        _narrowed.reset(token)


@contextmanager
def unseen() -> Iterator[None]:
    """Say that nothing that is written in here shows on any page that could be kept."""
    with only():
        yield


def widen() -> None:
    """What is written from here on, until the innermost `only` ends, may concern everything after all."""
    if _narrowed.get() is not None:
        _narrowed.set(None)


def is_write(sql: str) -> bool:
    """Whether a page could be different after it. What is not understood counts as a write."""
    if READS.match(sql):
        return False
    if WITH.match(sql):
        return bool(WRITES_WITHIN.search(sql))
    found = WRITES.match(sql)
    return not (found and (SILENT.match(found[1]) or found[2]))


def wrote_nothing(sql: str, cursor: Any) -> bool:
    """Whether a statement that could write found no row to. Triggers do nothing then: they ask which rows it wrote.

    Several statements in one text, and a second one within, tell by themselves what they did.
    """
    if cursor.rowcount != 0 or ";" in sql.rstrip("; \n"):
        return False
    if WRITES.match(sql):
        return True
    last = (cursor.statusmessage or "").partition(" ")[0]
    return bool(WITH.match(sql)) and last in {"INSERT", "UPDATE", "DELETE"} and len(WRITES_WITHIN.findall(sql)) == 1


def is_silent_write(sql: str) -> bool:
    """Of a statement that `is_write` does not count: whether somebody's own page could be different after it."""
    found = WRITES.match(sql)
    return found is not None and not UNREAD.match(found[1])


def watch(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    result = execute(sql, params, many, context)
    text = sql if isinstance(sql, str) else str(sql)
    if is_write(text):
        if many or not wrote_nothing(text, context["cursor"]):
            note(context["connection"])
    elif replica.is_there() and is_silent_write(text):
        _when_committed(context["connection"], _touching((WRITTEN,)))
    return result


def note(connection: BaseDatabaseWrapper) -> None:
    """Something was written by this connection: when it is committed, what was kept of before counts no more."""
    tags = _narrowed.get()
    if tags is None:
        _when_committed(connection, _touching((ANY, WIDE)))
    else:
        _when_committed(connection, _touching((ANY, *sorted(tags)) if tags else ()))


def _when_committed(connection: BaseDatabaseWrapper, touch: Callable[[], None]) -> None:
    replica.leave()
    waiting = connection.run_on_commit
    if not (waiting and waiting[-1][1] is touch and waiting[-1][0] == set(connection.savepoint_ids)):
        connection.on_commit(touch)


@lru_cache(maxsize=64)  # one and the same within a transaction, so that it waits there once
def _touching(tags: tuple[str, ...]) -> Callable[[], None]:
    # First of all that anything was: whoever sees the rest changed must not take the replica for up to date.
    concerned = (WRITTEN, *tags)

    def touch() -> None:
        try:
            shared.touch(concerned)
        except Exception:  # the write itself is done; what is kept ends by itself soon
            logger.exception("Could not say that something was written")

    return touch


def _watch(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    if watch not in connection.execute_wrappers:
        connection.execute_wrappers.append(watch)


def watch_connections() -> None:
    """Watch every connection that this process opens from now on."""
    connection_created.connect(_watch, dispatch_uid="config.writes")
