"""The importer's own tables. They are not logged: after a crash of the database the files are read again."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from django.db import connection
from psycopg import Copy

from config import writes

BUFFER: Final = 2_000  # lines

TABLES: Final = {
    "imdb_run": "run bigint",
    "imdb_title": (
        "id int, title text, original text, key text, original_key text, sort text, base text COLLATE \"C\", "
        "year smallint, runtime int, genres text"
    ),
    "imdb_credit": (
        "title int, person int, job text COLLATE \"C\", place int, character text, detail text, line int"
    ),
    "imdb_name": "id int, name text, key text, base text COLLATE \"C\"",
    "imdb_aka": "title int, name text, key text, country text, language text",
    "imdb_rating": "title int, value numeric(4, 2), votes bigint",
    "imdb_genre": "word text, genre bigint",
}  # fmt: skip
MADE_LATER: Final = (
    "imdb_film", "imdb_person", "imdb_part", "imdb_new_film", "imdb_new_person", "imdb_differs", "imdb_address",
)  # fmt: skip


def make() -> None:
    drop()
    for name, columns in TABLES.items():
        execute(f"CREATE UNLOGGED TABLE {name} ({columns})")


def drop() -> None:
    execute(f"DROP TABLE IF EXISTS {', '.join([*TABLES, *MADE_LATER])}")


def belong_to(run: int) -> bool:
    """Whether the tables are there, and are those of this run."""
    return bool(
        value("SELECT to_regclass('imdb_run') IS NOT NULL")
        and value("SELECT count(*) FROM imdb_run WHERE run = %s", run)
    )


def execute(statement: str, *values: Any) -> int:
    """Returns the number of rows. The statements are part of the program, never anybody's input."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return cursor.rowcount


def value(statement: str, *values: Any) -> Any:
    return rows(statement, *values)[0][0]


def rows(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return cursor.fetchall()


def analyse(*names: str) -> None:
    for name in names:
        execute(f"ANALYZE {name}")


class Filling:
    """Lines on their way into a table, many at a time."""

    def __init__(self, target: Copy) -> None:
        self._target, self._lines = target, list[str]()

    def add(self, line: str) -> None:
        """Columns parted by tabs; a backslash in a text must be doubled (`safe`)."""
        self._lines.append(line)
        if len(self._lines) >= BUFFER:
            self.send()

    def send(self) -> None:
        if self._lines:
            self._target.write("\n".join([*self._lines, ""]))
            self._lines.clear()


@contextmanager
def filling(table: str) -> Iterator[Filling]:
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} FROM STDIN") as target:
        lines = Filling(target)
        yield lines
        lines.send()
    writes.note(connection)


def safe(text: str) -> str:
    return text.replace("\\", "\\\\") if "\\" in text else text
