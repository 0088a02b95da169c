"""Does every stored number equal what a recount gives, or what follows from the numbers beside it?"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.db import connection, transaction

from accounts import tallies as people
from accounts.tallies import Tally
from films import tallies as catalogue
from films.facets import FACET_COUNTS, FACETS, Rebuilt
from films.tallies import Formula
from reviews import tallies as community

type Kept = Tally | Formula | Rebuilt

TALLIES: Final[tuple[Kept, ...]] = (
    *people.TALLIES,
    *catalogue.TALLIES,
    *community.TALLIES,
    *catalogue.FORMULAS,
    FACETS,
    FACET_COUNTS,
)


@dataclass(frozen=True)
class Difference:
    """A stored number that is wrong: which table's row, which column, what it says and what it should say."""

    table: str
    row: int | str
    column: str
    stored: int | Decimal | list[str] | None
    true: int | Decimal | list[str] | None


def differences(tally: Kept) -> Iterator[Difference]:
    with connection.cursor() as cursor:
        cursor.execute(tally.differences())
        for row, *numbers in cursor.fetchall():
            for column, stored, true in zip(tally.numbers, numbers[::2], numbers[1::2], strict=True):
                if stored != true:
                    yield Difference(tally.target, row, column, stored, true)


def repair(tally: Kept) -> int:
    """Make every stored number of the tally true; returns how many rows were wrong."""
    with transaction.atomic(), connection.cursor() as cursor:
        # Nothing may change what is counted between the recount and the correction.
        cursor.execute(f"LOCK TABLE {tally.source}, {tally.target} IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute(tally.repair())
        return int(cursor.rowcount)
