"""Where Django looks for the backend that `tests/settings.py` names."""

from typing import Any

from django.conf import settings
from django.db.backends.postgresql.operations import DatabaseOperations
from psycopg import Connection
from psycopg._preparing import PrepareManager

from config.postgresql import base

MOST = 8 * 2**20  # bytes in which it is quicker to delete the rows
# What every process of the site remembers: the server that browser tests share would go by numbers that are no more.
STAYS = {"django_content_type", "auth_permission"}


class Sweeping(DatabaseOperations):
    """TRUNCATE makes new files for every table and every index, a thousand in all; most tests leave a few rows."""

    def sql_flush(self, style, tables, *, reset_sequences=False, allow_cascade=False):
        tables = [table for table in tables if table not in STAYS]
        truncate = super().sql_flush(style, tables, reset_sequences=reset_sequences, allow_cascade=allow_cascade)
        if not tables or reset_sequences or allow_cascade or not settings.SWEEPS_AS_MASTER:
            return truncate
        names = [self.quote_name(table) for table in tables]
        sizes = " + ".join(f"pg_relation_size('{name}')" for name in names)
        deletes = " ".join(f"DELETE FROM {name};" for name in names)
        return [
            f"LOCK TABLE {', '.join(names)} IN EXCLUSIVE MODE",  # whoever still writes is waited for
            "SET LOCAL session_replication_role = replica",  # neither triggers nor foreign keys, as in TRUNCATE
            f"DO $$ BEGIN IF {sizes} > {MOST} THEN {truncate[0]} ELSE {deletes} END IF; END $$",
        ]


class Keeping(PrepareManager):
    """psycopg forgets what it has prepared whenever something is rolled back: it may have been made of a table that is
    no more. On the site that is rare. Here every test ends so, and many a page's queries would be planned for it alone.
    """

    def _should_discard(self, prep: Any, results: Any, *rest: Any) -> bool:
        is_rollback = any((result.command_status or b"").startswith(b"ROLLBACK") for result in results)
        return not is_rollback and super()._should_discard(prep, results, *rest)


class DatabaseWrapper(base.DatabaseWrapper):
    ops_class = Sweeping

    def get_new_connection(self, conn_params: dict[str, Any]) -> Connection[Any]:
        made = super().get_new_connection(conn_params)
        prepared, made._prepared = made._prepared, Keeping()
        made.prepare_threshold, made.prepared_max = prepared.prepare_threshold, prepared.prepared_max
        return made
