"""Many rows at once, by COPY."""

from collections.abc import Iterable
from typing import Any, Final

from django.core.management.color import no_style
from django.db import connection, models
from django.utils import timezone
from psycopg import sql

from config import writes

LOCK: Final = 7_391_027


def take_turns() -> None:
    """Wait until no other seed is at work; holds until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def copy(model: type[models.Model], columns: list[str], rows: Iterable[tuple[Any, ...]]) -> None:
    """COPY `rows` into the model's table. Fields not among `columns` get their defaults, ids their sequence."""
    fields = {field.name: field for field in model._meta.concrete_fields}
    given = [fields[name] for name in columns]
    others = [
        field
        for field in fields.values()
        if field not in given and not field.generated and not isinstance(field, models.AutoField | models.BigAutoField)
    ]
    now = timezone.now()
    rest = tuple(now if getattr(field, "auto_now", False) else field.get_default() for field in others)
    names = sql.SQL(", ").join([sql.Identifier(str(field.column)) for field in [*given, *others]])
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(model._meta.db_table), names)
    with connection.cursor() as cursor, cursor.copy(statement) as target:
        for row in rows:
            target.write_row(row + rest)
    writes.note(connection)


def first_id(model: type[models.Model]) -> int:
    """An id from which on none is taken."""
    return (model._default_manager.aggregate(last=models.Max("pk"))["last"] or 0) + 1


def settle(*tables: type[models.Model]) -> None:
    """After a COPY: let the sequences go on behind the ids that were given, and the planner know the sizes."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(tables)):
            cursor.execute(statement)
        for model in tables:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")
