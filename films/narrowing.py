"""What films are to have and to lack, in the terms of their facets (films/facets.py)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import prod
from typing import Any, Final

from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet

from films.facets import EVERY

type Words = tuple[str, ...]
type Ids = tuple[int, ...]
WHOLE: Final = 1_000_000  # films, before any are counted


@dataclass(frozen=True, slots=True)
class Sql:
    """A piece of SQL with its values."""

    text: str
    values: tuple[Any, ...] = ()


NOBODY: Final = Sql("SELECT 0::bigint AS film_id WHERE FALSE")


def ids_of(rows: QuerySet[Any, Any]) -> Sql:
    """A query of films' ids as SQL, from one that selects nothing else."""
    try:
        text, values = rows.query.sql_with_params()
    except EmptyResultSet:
        return NOBODY
    return Sql(f"SELECT film_id FROM ({text}) found (film_id)", tuple(values))


@dataclass(frozen=True, slots=True)
class Span:
    """Films of which a column (films/following.py) is known, and no less and no more than this."""

    column: str
    least: int = 0
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Conditions on a film.

    Of each of the `groups` of words it has at least one, and of the words it is `without` none. `among` are queries of
    `film_id` or ids, in each of which it is, and `outside` such in none of which it is. All `spans` hold.
    """

    groups: tuple[Words, ...] = ()
    without: Words = ()
    among: tuple[Sql | Ids, ...] = ()
    outside: tuple[Sql, ...] = ()
    spans: tuple[Span, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.groups or self.without or self.among or self.outside or self.spans)

    def and_(self, other: "Narrowing") -> "Narrowing":
        return Narrowing(
            self.groups + other.groups,
            self.without + other.without,
            self.among + other.among,
            self.outside + other.outside,
            self.spans + other.spans,
        )


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many films have each word, as far as that was counted."""

    of: Mapping[str, int] = field(default_factory=dict)

    @property
    def whole(self) -> int:
        return self.of.get(EVERY, WHOLE)

    def of_group(self, words: Sequence[str]) -> int:
        return min(self.whole, sum(self.of.get(word, 0) for word in words))

    def share(self, narrowing: Narrowing) -> float:
        """What part of all films it would leave if no word had to do with any other."""
        whole = max(1, self.whole)
        kept = prod(self.of_group(group) / whole for group in narrowing.groups)
        return kept * prod(1 - min(1.0, self.of.get(word, 0) / whole) for word in narrowing.without)
