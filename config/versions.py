"""Which versions of Intermission this one brings up to date: by what migrations a database has."""

from collections.abc import Collection

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

type Migrations = Collection[tuple[str, str]]  # app and name

# The last commit that has each of the migrations of before 30 November 2026, which became a few; Django takes the few
# for done where all of those are.
LAST_OF_OLD = "35d39fe"
TOO_OLD = (
    "The database is from an Intermission of before 30 November 2026, whose migrations this one has no more: "
    f"start it once with that of commit {LAST_OF_OLD}, then with this one"
)


def is_too_old(applied: Migrations) -> bool:
    """Whether a database with these has some of the migrations that another replaces, and not all of them.

    Django would then leave out both, without a word.
    """
    for key, migration in MigrationLoader(None).disk_migrations.items():
        replaced = [one in applied for one in migration.replaces]
        if key not in applied and any(replaced) and not all(replaced):
            return True
    return False


def applied_here() -> Migrations:
    return MigrationRecorder(connection).applied_migrations()
