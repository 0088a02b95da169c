"""The orders in which the catalogue can be read, each as it pages and as the database is asked for it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django.conf import settings
from django.db.models import DecimalField, Q, QuerySet, SmallIntegerField
from django.utils.translation import gettext_lazy

from films.facets import LEAST_RATINGS
from films.models.film import FEW_RATINGS
from films.narrowing import Narrowing, Sql
from films.paging import Run

SORTS: Final = {
    "popular": gettext_lazy("Most popular"),
    "week": gettext_lazy("Popular this week"),
    "month": gettext_lazy("Popular this month"),
    "year": gettext_lazy("Popular this year"),
    "rating": gettext_lazy("Highest rated"),
    "newest": gettext_lazy("Newest"),
    "oldest": gettext_lazy("Oldest"),
    "title": gettext_lazy("Title"),
    "length": gettext_lazy("Shortest"),
    "longest": gettext_lazy("Longest"),
}


@dataclass(frozen=True, slots=True)
class Leg(Run):
    """A run of films, read from the rows `f` of `source`: those of the catalogue, or a small set of `id` and keys.

    `index` is the part of its condition that the index of its keys answers, `narrowing` the rest.
    """

    index: str = "TRUE"
    narrowing: Narrowing = Narrowing()
    source: Sql | None = None
    kept_as: Any = None  # the type of the first key of a source of its own

    def fields(self, queryset: QuerySet[Any]) -> list[Any]:
        if self.kept_as is None:
            return Run.fields(self, queryset)
        return [self.kept_as, queryset.model._meta.pk]


POPULAR: Final = Leg(("popularity", "id"))


def legs_of(sort: str) -> tuple[Leg, ...]:
    """How a sort pages: the films that have the key, then those that lack it, as popular as they are."""
    if sort in {"week", "month", "year"}:
        return (Leg((f"popularity_{sort}", "id")),)
    if sort == "rating":
        return by_rating()
    if sort == "title":
        return (Leg(("sort_title", "id"), False),)
    if sort == "popular":
        return (POPULAR,)
    key = "year" if sort in {"newest", "oldest"} else "runtime_minutes"
    there, missing = f"f.{key} IS NOT NULL", f"f.{key} IS NULL"
    return (
        Leg((key, "id"), sort in {"newest", "longest"}, Q(**{f"{key}__isnull": False}), there),
        replace(POPULAR, where=Q(**{key: None}), index=missing),
    )


def by_rating(among: Sql | None = None) -> tuple[Leg, ...]:
    """The weighted mean. With `among`, of those films only: the others come as if they had no rating."""
    enough = max(1, settings.RATINGS_FOR_AVERAGE)
    rated, unrated = Q(rating_weighted__isnull=False, rating_count__gte=enough), Q(rating_count__lt=enough)
    is_rated = at_least(enough)
    first = Leg(("rating_weighted", "id"), where=rated, index="f.rating_weighted IS NOT NULL", narrowing=is_rated)
    if among:
        is_rated = is_rated.and_(Narrowing(among=(among,)))
        first = replace(first, narrowing=is_rated)
    elif enough == FEW_RATINGS:
        return first, replace(POPULAR, where=unrated, index=f"f.rating_count < {FEW_RATINGS}")
    return first, replace(POPULAR, where=unrated, narrowing=Narrowing(checks=(negated(is_rated.sql()),)))


def by_set(source: Sql, kept_as: Any) -> tuple[Leg, ...]:
    """The films of a small set (`id`, `key`), the highest key first, then all others."""
    others = Narrowing(checks=(Sql(f"NOT (s.film_id IN (SELECT f.id FROM ({source.text}) f)) IS TRUE", source.values),))
    return Leg(("key", "id"), source=source, kept_as=kept_as), replace(POPULAR, narrowing=others)


HALF_STARS: Final = SmallIntegerField()
MEAN: Final = DecimalField(max_digits=20, decimal_places=6)


def negated(condition: Sql) -> Sql:
    return Sql(f"NOT ({condition.text})", condition.values)


def at_least(count: int) -> Narrowing:
    """Films with so many ratings."""
    known = max((n for n in LEAST_RATINGS if n <= count), default=None)
    groups = ((f"k{known}",),) if known else ()
    return Narrowing(groups, checks=() if known == count else (of_film("f.rating_count >= %s", count),))


def of_film(condition: str, *values: Any) -> Sql:
    """A condition on the film's own row `f`."""
    return Sql(f"EXISTS (SELECT 1 FROM films_film f WHERE f.id = s.film_id AND {condition})", values)


def runs_of(sort: str) -> Sequence[Run]:
    return legs_of(sort)
