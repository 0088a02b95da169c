"""The database as it was at one moment, in SQL, by PostgreSQL's own `pg_dump`, while others go on writing to it."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Final

import psycopg
from django.db import connection, transaction
from django.utils.translation import gettext as _

from config import embedded
from config.backup.archive import CHUNK, Refused
from config.env import BadSetting

# In the order in which they are put back: tables, their rows, then indexes, foreign keys and triggers.
PARTS: Final = {"tables.sql": "pre-data", "rows.sql": "data", "rules.sql": "post-data"}
# Rows that are worth nothing later, as those of files that a backup leaves out, or that would let somebody in: whoever
# logged out since would be logged in again.
FORGOTTEN: Final = (
    "cache", "django_session", "usersessions_usersession", "reviews_edition", "reviews_editionfile",
)  # fmt: skip


@contextmanager
def one_moment() -> Iterator[str]:
    """The name of a snapshot that other connections can read the database by for as long as this lasts."""
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        cursor.execute("SELECT pg_export_snapshot()")
        yield cursor.fetchone()[0]


def facts() -> dict[str, object]:
    """What a manifest says of the database: read in the transaction of the snapshot."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        schema = cursor.fetchone()[0]
        cursor.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
        return {
            "postgresql": _connected().info.server_version,
            "schema": schema,
            "migrations": [list(row) for row in cursor],
        }


def part(section: str, snapshot: str, schema: str) -> Iterator[bytes]:
    """One of the PARTS. Raises Refused, with what pg_dump said, when it fails."""
    raw = _connected()
    command = [
        str(_pg_dump()), "--dbname", raw.info.dsn, "--no-password", f"--section={section}", f"--snapshot={snapshot}",
        f"--schema={_exactly(schema)}", "--no-owner", "--no-privileges", "--no-security-labels",
        "--no-publications", "--no-subscriptions", "--no-tablespaces",
        *(f"--exclude-table-data={_exactly(schema)}.{table}" for table in FORGOTTEN),
    ]  # fmt: skip
    environment = os.environ | ({"PGPASSWORD": raw.info.password} if raw.info.password else {})
    with tempfile.TemporaryFile() as complaints:
        with subprocess.Popen(
            command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=complaints
        ) as program:
            try:
                assert program.stdout is not None
                while chunk := program.stdout.read(CHUNK):
                    yield chunk
            except BaseException:
                program.terminate()
                raise
        if program.returncode != 0:
            raise Refused(_("The database could not be read: %(why)s") % {"why": _last_words(complaints)})


def _connected() -> psycopg.Connection[Any]:
    connection.ensure_connection()
    raw: psycopg.Connection[Any] = connection.connection
    return raw


def _exactly(name: str) -> str:
    """A name as pg_dump's patterns take it literally."""
    return '"{}"'.format(name.replace('"', '""'))


def _last_words(complaints: IO[bytes]) -> str:
    complaints.seek(0)
    return complaints.read().decode(errors="replace").strip().removeprefix("pg_dump: ")[-600:]


def _pg_dump() -> Path:
    """The one that came with the site, or the machine's own where the database is newer than that."""
    wanted = _connected().info.server_version // 10_000
    try:
        ours = [embedded.programs() / "pg_dump"]
    except BadSetting:
        ours = []
    others = [Path(found)] if (found := shutil.which("pg_dump")) else []
    for program in (*ours, *others):
        told = subprocess.run([program, "--version"], capture_output=True, text=True).stdout
        if (number := re.search(r"(\d+)", told)) and int(number[1]) >= wanted:
            return program
    raise Refused(
        _("The database is PostgreSQL %(number)d: install a pg_dump of that version where PATH leads.")
        % {"number": wanted}
    )
