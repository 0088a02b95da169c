"""Tables made bare for a load and dressed again, in one transaction: what fails or is interrupted leaves no trace."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from django.db import connection, models

type Tell = Callable[[str], None]

# Rows on their own, and what a row says about others' (foreign keys): dropped, and added again, which checks them.
CONSTRAINTS: Final = """
    SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint
    WHERE conrelid = ANY(%s::regclass[]) AND contype IN ('u', 'f') ORDER BY contype DESC, conrelid, conname
"""
INDEXES: Final = """
    SELECT i.indrelid::regclass::text, i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i
    WHERE i.indrelid = ANY(%s::regclass[])
        AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid AND c.contype IN ('p', 'u', 'x'))
    ORDER BY i.indrelid, i.indexrelid
"""
# Nobody else depends on these.
UNREFERENCED: Final = """
    SELECT count(*) = 0 FROM pg_constraint f JOIN pg_constraint u ON u.conindid = f.conindid
    WHERE f.contype = 'f' AND u.contype = 'u' AND quote_ident(u.conname) = %s
"""
HURRY: Final = (
    "synchronous_commit = off", "maintenance_work_mem = '512MB'", "max_parallel_maintenance_workers = 2",
    "work_mem = '256MB'", "jit = off",
)  # fmt: skip


def execute(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return cursor.fetchall() if cursor.description else []


@contextmanager
def bare(tables: list[type[models.Model]], tell: Tell) -> Iterator[None]:
    """Without triggers, indexes and constraints but primary keys and checks; afterwards all are there again and hold.

    Takes the tables for itself until the transaction ends. What the triggers keep is the caller's to get right.
    """
    names = [model._meta.db_table for model in tables]
    for setting in HURRY:
        execute(f"SET LOCAL {setting}")
    execute("SET CONSTRAINTS ALL IMMEDIATE")  # nothing may wait to be checked when a table is altered
    for name in names:
        execute(f"LOCK TABLE {name} IN ACCESS EXCLUSIVE MODE")
        execute(f"ALTER TABLE {name} DISABLE TRIGGER USER")
    constraints, indexes = execute(CONSTRAINTS, names), execute(INDEXES, names)
    foreign = [row for row in constraints if row[2].startswith("FOREIGN")]
    unique = [row for row in constraints if row not in foreign and execute(UNREFERENCED, row[1])[0][0]]
    for table, name, _definition in [*foreign, *unique]:
        execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    for _table, name, _definition in indexes:
        execute(f"DROP INDEX {name}")
    yield
    for table, name, definition in unique:
        tell(table)
        execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")
    for table, _name, definition in indexes:
        tell(table)
        execute(definition)
    for name in names:
        execute(f"ANALYZE {name}")
    for table, name, definition in foreign:
        tell(table)
        execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")
    for name in names:
        execute(f"ALTER TABLE {name} ENABLE TRIGGER USER")
