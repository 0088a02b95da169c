"""Puts a database back from the SQL that `dump` wrote, in one transaction: all of it, or the site is as it was."""

import re
from collections.abc import Iterator
from typing import IO, Any, Final

import psycopg
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from config import versions
from config.backup.archive import Backup, Refused
from config.backup.dump import PARTS

AT_ONCE: Final = 1 << 18  # bytes of rows that are sent together
# Commands of psql; what the schema itself has already; and what servers before 17 do not know.
NOT_OURS: Final = re.compile(
    rb"^(?:\\(?:un)?restrict .*|CREATE SCHEMA .*|COMMENT ON SCHEMA .*|SET transaction_timeout = .*)$", re.MULTILINE
)
# All that a schema may hold and that belongs to no extension, in the order in which it goes.
HELD: Final = """
SELECT CASE relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE'
       WHEN 'f' THEN 'FOREIGN TABLE' ELSE 'TABLE' END, quote_ident(nspname) || '.' || quote_ident(relname), 1
FROM pg_class kept JOIN pg_namespace ON pg_namespace.oid = relnamespace
WHERE nspname = current_schema() AND relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND NOT EXISTS (
    SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = kept.oid AND deptype IN ('e', 'a', 'i'))
UNION ALL
SELECT 'ROUTINE', kept.oid::regprocedure::text, 2
FROM pg_proc kept JOIN pg_namespace ON pg_namespace.oid = pronamespace
WHERE nspname = current_schema() AND NOT EXISTS (
    SELECT FROM pg_depend WHERE classid = 'pg_proc'::regclass AND objid = kept.oid AND deptype = 'e')
UNION ALL
SELECT 'TYPE', quote_ident(nspname) || '.' || quote_ident(typname), 3
FROM pg_type kept JOIN pg_namespace ON pg_namespace.oid = typnamespace
WHERE nspname = current_schema() AND NOT EXISTS (SELECT FROM pg_class WHERE oid = typrelid AND relkind <> 'c')
  AND typtype IN ('e', 'd', 'c') AND NOT EXISTS (
    SELECT FROM pg_depend WHERE classid = 'pg_type'::regclass AND objid = kept.oid AND deptype = 'e')
ORDER BY 3
"""


def refuse_unknown(backup: Backup) -> None:
    """Raises Refused for one that this code, or this database, cannot take."""
    disk = MigrationLoader(None).disk_migrations
    known = {*disk, *(key for migration in disk.values() for key in migration.replaces)}
    applied = {(app, name) for app, name in backup.manifest["migrations"]}
    if versions.is_too_old(applied):
        raise Refused(versions.what_to_do(applied))
    if unknown := sorted(f"{app}.{name}" for app, name in applied - known):
        raise Refused(
            _(
                "It comes from a newer Intermission, or from one with log-in services that are not set here: "
                "this one does not know %(names)s. Update it, or set them, first."
            )
            % {"names": ", ".join(unknown[:3])}
        )
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        here = cursor.fetchone()[0]
    if here != backup.manifest["schema"]:
        raise Refused(
            _("Its tables lie in the schema %(there)s, and those of this database in %(here)s.")
            % {"there": backup.manifest["schema"], "here": here}
        )


def others_at_work() -> int:
    """How many other connections there are to this database: web servers and workers hold in memory what it was."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND usesysid IS NOT NULL AND pid <> pg_backend_pid()"
            " AND coalesce(backend_type, 'client backend') = 'client backend'"
        )
        count: int = cursor.fetchone()[0]
        return count


def put_back(backup: Backup) -> None:
    """Within a transaction of the caller, which ends this connection after it."""
    assert connection.in_atomic_block
    raw = connection.connection
    assert raw is not None
    _empty()
    tables, rows, rules = (f"database/{name}" for name in PARTS)
    with backup.open(tables) as script:
        _run(raw, script.read())
    with backup.open(rows) as lines:
        _fill(raw, lines)
    with backup.open(rules) as script:
        _run(raw, script.read())


def _empty() -> None:
    with connection.cursor() as cursor:
        cursor.execute(HELD)
        for kind, name, _turn in cursor.fetchall():
            cursor.execute(f"DROP {kind} IF EXISTS {name} CASCADE")


def _run(raw: psycopg.Connection[Any], script: bytes) -> None:
    raw.execute(NOT_OURS.sub(b"", script), prepare=False)


def _fill(raw: psycopg.Connection[Any], lines: IO[bytes]) -> None:
    """Rows stand between `COPY … FROM stdin;` and `\\.`; what stands outside are statements: sequences' numbers."""
    others: list[bytes] = []
    for line in lines:
        if line.startswith(b"COPY ") and line.endswith(b" FROM stdin;\n"):
            with raw.cursor().copy(line.rstrip(b";\n")) as copy:
                for block in _blocks(lines):
                    copy.write(block)
        else:
            others.append(line)
    _run(raw, b"".join(others))


def _blocks(lines: IO[bytes]) -> Iterator[bytes]:
    waiting: list[bytes] = []
    size = 0
    for line in lines:
        if line == b"\\.\n":
            yield b"".join(waiting)
            return
        waiting.append(line)
        size += len(line)
        if size > AT_ONCE:
            yield b"".join(waiting)
            waiting, size = [], 0
    raise Refused(_("The backup ends within a table."))
