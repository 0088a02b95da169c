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


@dataclass(frozen=True)
class Aside:
    """A `column` of `target` that is true just while the member under `key` is suspended.

    Triggers keep it; of a member for whom a job does so by and by (`waits`), nothing is said meanwhile. `beside`: what
    the triggers of the target count it in.
    """

    target: str
    beside: str
    key: str = "member_id"
    column: str = "set_aside"
    waits: bool = True

    @property
    def source(self) -> str:
        return f"accounts_user, {self.beside}"

    @property
    def numbers(self) -> tuple[str]:
        return (self.column,)

    @property
    def _wrong(self) -> str:
        waiting = "EXISTS (SELECT FROM reviews_settingaside s WHERE s.member_id = u.id)" if self.waits else "FALSE"
        return f"accounts_user u WHERE u.id = r.{self.key} AND r.{self.column} = u.is_active AND NOT {waiting}"

    def differences(self) -> str:
        both = f"r.{self.column}, NOT r.{self.column}"
        return f"SELECT r.id, {both} FROM {self.target} r, {self._wrong} ORDER BY r.id"  # noqa: S608 -- our own names

    def repair(self) -> str:
        true = f"{self.column} = NOT r.{self.column}"
        return f"UPDATE {self.target} r SET {true} FROM {self._wrong}"  # noqa: S608 -- our own names


type Kept = Tally | Formula | Rebuilt | Aside

COUNTED_IN: Final = dict.fromkeys(community.WRITTEN, "films_film") | {
    "comment": "films_film, reviews_review, reviews_filmlist, reviews_article, reviews_essay",
    "reviewlike": "reviews_review",
    "listlike": "reviews_filmlist",
    "essaylike": "reviews_essay",
    "contentvote": "reviews_contentcount",
}
ASIDES: Final = (
    *(Aside(f"reviews_{name}", COUNTED_IN[name]) for name in community.WRITTEN),
    Aside("accounts_follow", "accounts_user", "follower_id", "follower_set_aside", waits=False),
    Aside("accounts_follow", "accounts_user", "followed_id", "followed_set_aside", waits=False),
)
TALLIES: Final[tuple[Kept, ...]] = (
    *ASIDES,
    *people.TALLIES,
    *catalogue.TALLIES,
    *community.TALLIES,
    *community.OF_ESSAYS,
    community.SEATS,
    *catalogue.FORMULAS,
    FACETS,
    FACET_COUNTS,
    community.CONTENT_COUNTS,
)


@dataclass(frozen=True)
class Difference:
    """A stored number that is wrong: which table's row, which column, what it says and what it should say."""

    table: str
    row: int | str
    column: str
    stored: int | Decimal | list[str] | list[int] | None
    true: int | Decimal | list[str] | list[int] | None


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
