"""Which versions of Intermission this one brings up to date: by what migrations a database has."""

from collections.abc import Collection

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

type Migrations = Collection[tuple[str, str]]  # app and name

# The last commit that has each of the migrations of before 30 November 2026, which became a few; Django takes the few
# for done where all of those are.
LAST_OF_OLD = "35d39fe"
# There 0018 makes a trigger that names a column of 0021, so where films are it stops at 0020, which writes to them. The
# last commit without that column takes a database past it.
BEFORE_RELEASED, PAST_IT = "7528a3d", ("films", "0020_variants")


def is_too_old(applied: Migrations) -> bool:
    """Whether a database with these has some of the migrations that another replaces, and not all of them.

    Django would then leave out both, without a word.
    """
    for key, migration in MigrationLoader(None).disk_migrations.items():
        replaced = [one in applied for one in migration.replaces]
        if key not in applied and any(replaced) and not all(replaced):
            return True
    return False


def what_to_do(applied: Migrations) -> str:
    """For whoever has a database that is too old."""
    stops = [LAST_OF_OLD] if PAST_IT in applied else [BEFORE_RELEASED, LAST_OF_OLD]
    through = ", ".join(f"once with that of commit {commit}" for commit in stops)
    return (
        "The database is from an Intermission of before 30 November 2026, whose migrations this one has no more: "
        f"start it {through}, then with this one"
    )


def applied_here() -> Migrations:
    return MigrationRecorder(connection).applied_migrations()
