"""What keeps the facets in order beside their triggers (films/facets.py)."""

from typing import Final

from django.db import connection, transaction

from config.writes import unseen
from films.facets import ENDED, FACET_COUNTS, FACETS, GATHER, SEVERAL
from films.following import BEGIN_ANEW, FORGET
from films.models import CatalogueChange

DAYS_BACK: Final = 40  # so long may the job have failed


@transaction.atomic
def rebuild_facets() -> int:
    """Make every film's words and their counts right; returns how many films were wrong.

    For whoever loaded films with the triggers off. Others who write wait until it is done.
    """
    with connection.cursor() as cursor:
        for kept in (FACETS, FACET_COUNTS):
            cursor.execute(f"LOCK TABLE {kept.source}, {kept.target} IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute(FACETS.repair())
        wrong = cursor.rowcount
        cursor.execute(FACET_COUNTS.repair())
    begin_anew()
    return wrong


def begin_anew() -> None:
    """Have every process load the catalogue anew (films/catalogue.py), if migrations have made the log."""
    with connection.cursor() as cursor:
        if CatalogueChange._meta.db_table in connection.introspection.table_names(cursor):
            cursor.execute(BEGIN_ANEW)


@unseen()
def forget_changes() -> int:
    """Delete the changes that everybody has followed by now; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute(FORGET)
        return int(cursor.rowcount)


@unseen()
def gather_counts() -> int:
    """Returns how many words had several rows. What they say together stays the same."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(SEVERAL)
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(GATHER)
        return int(cursor.rowcount)


def settle_services() -> int:
    """Returns how many films left a service lately."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ENDED, [DAYS_BACK])
        return int(cursor.rowcount)
