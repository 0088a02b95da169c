"""The database that those of a parallel run are copied from: migrations run once, and not once in each process.

It is made by a process of its own, while the others look for their tests and run those that need no database.
"""

import fcntl
import os
import subprocess
import sys
from pathlib import Path

import django
import psycopg
from django.conf import settings
from django.db import connection
from psycopg import sql

ANNOUNCED = "INTERMISSION_TEMPLATE"  # set for the processes of a run that has one


def begin() -> None:
    """Start to make it. Whoever makes it holds the lock for as long as it lives."""
    os.environ[ANNOUNCED] = f"test_{settings.DATABASES['default']['NAME']}_template"
    with _lock_file().open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        subprocess.Popen([sys.executable, "-m", "tests.template"], cwd=settings.BASE_DIR, pass_fds=[lock.fileno()])


def wait() -> str | None:
    """Its name, once it is made; None where there is none, and one has to migrate oneself and see what fails."""
    if not (name := os.environ.get(ANNOUNCED)):
        return None
    with _lock_file().open() as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)
    with _server() as server:
        found = server.execute("SELECT FROM pg_database WHERE datname = %s", [name])
        return name if found.rowcount else None


def drop() -> None:
    """After the last test."""
    if name := wait():
        _run("DROP DATABASE {}", name)


def make() -> None:
    """Under another name until it is whole."""
    name = os.environ[ANNOUNCED]
    _run("DROP DATABASE IF EXISTS {}", name)
    connection.settings_dict["TEST"]["NAME"] = f"{name}_unfinished"
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    connection.close()
    _run("ALTER DATABASE {} RENAME TO {}", f"{name}_unfinished", name)


def _run(statement: str, *names: str) -> None:
    with _server() as server:
        server.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def _server() -> psycopg.Connection:
    place = settings.DATABASES["default"]
    who = {"user": place["USER"], "password": place["PASSWORD"] or None}
    where = {"host": place["HOST"], "port": place["PORT"] or None, "dbname": "postgres"}
    return psycopg.connect(**who, **where, autocommit=True)


def _lock_file() -> Path:
    return Path(settings.DATA_DIR, "template.lock")


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()
    make()
