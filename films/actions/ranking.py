"""The keys by which films and people are found, as a whole (films/models/keys.py): written anew, dealt out to tiers."""

from typing import Final, NamedTuple

from django.db import connection, transaction

from config.writes import only
from films.freshness import TIERS
from films.models import Film
from films.models.keys import LAST_TIER, TIER_ENDS
from films.search import BATCH, refresh_search


class Kept(NamedTuple):
    """A table with keys, what they are made of by the database, and by what its rows are ranked."""

    table: str
    keys: str
    weight: str


KEPT: Final = (
    Kept("films_film", "keys_of_film(r.search_text, r.sort_title, r.title)", "popularity"),
    Kept("films_person", "keys_of_person(r.search_text, r.slug)", "credit_count"),
)


@transaction.atomic
def settle_keys() -> int:
    """Write the keys that a load past the triggers left out or wrong, then deal the tiers; returns how many changed."""
    return sum(map(write_keys, KEPT)) + deal_tiers()


@only(TIERS)
@transaction.atomic
def deal_tiers() -> int:
    """Put the best known on the first tier and so on; returns how many moved. May be repeated.

    Only the known ones are ranked, by the index on their weight; all others belong on the last tier.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('dealing tiers'))")
    return sum(_deal(kept) for kept in KEPT)


def write_older_texts() -> int:
    """Give the films that were stored before titles stood on lines of their own such a text; returns how many."""
    older = Film.objects.exclude(search_text__contains="\n\n")
    number = older.count()
    while films := list(older.only("title", "original_title", "year")[:BATCH]):
        refresh_search(films)
    return number


def wrong_keys(kept: Kept) -> list[int]:
    """The ids of those that are found by something else than their names say."""
    return [
        pk
        for (pk,) in _execute(
            f"""
            SELECT coalesce(r.id, k.id) FROM {kept.table} r FULL JOIN {kept.table}keys k ON k.id = r.id
            WHERE k.keys IS DISTINCT FROM {kept.keys} ORDER BY 1
            """  # noqa: S608 -- our own names
        )
    ]


def write_keys(kept: Kept) -> int:
    """Write the keys that are missing or wrong; returns how many."""
    table = f"{kept.table}keys"
    gone = _execute(
        f"DELETE FROM {table} k WHERE NOT EXISTS (SELECT 1 FROM {kept.table} r WHERE r.id = k.id) RETURNING 1"  # noqa: S608
    )
    written = _execute(
        f"""
        INSERT INTO {table} AS k (id, keys) SELECT r.id, {kept.keys} FROM {kept.table} r
        ON CONFLICT (id) DO UPDATE SET keys = excluded.keys WHERE k.keys <> excluded.keys RETURNING 1
        """  # noqa: S608
    )
    return len(gone) + len(written)


def _deal(kept: Kept) -> int:
    cases = " ".join(f"WHEN rank <= {end} THEN {tier}" for tier, end in enumerate(TIER_ENDS, start=1))
    return len(
        _execute(
            f"""
            WITH known AS (
                SELECT id, CASE {cases} END AS tier FROM (
                    SELECT id, row_number() OVER (ORDER BY {kept.weight} DESC, id DESC) AS rank FROM {kept.table}
                    ORDER BY {kept.weight} DESC, id DESC LIMIT {TIER_ENDS[-1]}
                ) best
            ), moved AS (
                SELECT k.id, coalesce(known.tier, {LAST_TIER}) AS tier
                FROM {kept.table}keys k LEFT JOIN known USING (id) WHERE k.tier <> coalesce(known.tier, {LAST_TIER})
            )
            UPDATE {kept.table}keys k SET tier = moved.tier FROM moved WHERE moved.id = k.id RETURNING 1
            """  # noqa: S608
        )
    )


def _execute(statement: str) -> list[tuple[int]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()
