"""What films are to have and to lack, in the terms of their facets (films/facets.py)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import prod
from typing import Any, Final, Self

from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet

from films.facets import EVERY

type Words = tuple[str, ...]
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
class Narrowing:
    """Conditions on a film, of which the row of its facets is called `s`.

    Of each of the `groups` of words it has at least one, and of the words it is `without` none. `among` are queries of
    `film_id`, in each of which it is. `checks` are conditions on `s` that no index answers.
    """

    groups: tuple[Words, ...] = ()
    without: Words = ()
    among: tuple[Sql, ...] = ()
    checks: tuple[Sql, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.groups or self.without or self.among or self.checks)

    def and_(self, other: "Narrowing") -> "Narrowing":
        return Narrowing(
            self.groups + other.groups,
            self.without + other.without,
            self.among + other.among,
            self.checks + other.checks,
        )

    def besides(self, group: Words) -> Self:
        """The same without one of its groups."""
        return replace(self, groups=tuple(other for other in self.groups if other != group))

    def sql(self, *, among: bool = True) -> Sql:
        """The conditions, those by which most films fall first."""
        parts: list[Sql] = []
        if single := [group[0] for group in self.groups if len(group) == 1]:
            parts.append(Sql("s.words @> %s::text[]", (single,)))
        parts += [Sql("s.words && %s::text[]", (list(group),)) for group in self.groups if len(group) != 1]
        if self.without:
            parts.append(Sql("NOT s.words && %s::text[]", (list(self.without),)))
        if among:
            # Compared with TRUE it stays a look into the set, and the planner cannot begin with it.
            parts += [Sql(f"(s.film_id IN ({each.text})) IS TRUE", each.values) for each in self.among]
        parts += self.checks
        return Sql(" AND ".join(part.text for part in parts) or "TRUE", tuple(v for part in parts for v in part.values))


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many films have each word, as far as that was counted."""

    of: Mapping[str, int] = field(default_factory=dict)

    @property
    def whole(self) -> int:
        return self.of.get(EVERY, WHOLE)

    def of_group(self, words: Sequence[str]) -> int:
        return min(self.whole, sum(self.of.get(word, 0) for word in words))

    def rarest(self, narrowing: Narrowing) -> int:
        """No more films than this have a word of every group."""
        return min((self.of_group(group) for group in narrowing.groups), default=self.whole)

    def share(self, narrowing: Narrowing) -> float:
        """What part of all films it would leave if no word had to do with any other."""
        whole = max(1, self.whole)
        kept = prod(self.of_group(group) / whole for group in narrowing.groups)
        return kept * prod(1 - min(1.0, self.of.get(word, 0) / whole) for word in narrowing.without)
