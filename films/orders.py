"""The orders in which the catalogue can be read, each as it pages."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Protocol

from django.conf import settings
from django.db.models import DecimalField, Q, QuerySet, SmallIntegerField
from django.utils.translation import gettext_lazy

from films.facets import LEAST_RATINGS
from films.freshness import end_tag
from films.models import Film
from films.narrowing import Narrowing, Span, Sql
from films.paging import Run, read_cursor

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
LATELY: Final = ("week", "month", "year")


@dataclass(frozen=True, slots=True)
class Leg(Run):
    """A run of films: those of which the first key is known and that meet `narrowing`, but for those of legs before.

    With `source`, a query of `id` and `key`, it is a small set with a key of its own, of the type `kept_as`.
    """

    narrowing: Narrowing = Narrowing()
    source: Sql | None = None
    kept_as: Any = None

    def fields(self, queryset: QuerySet[Any]) -> list[Any]:
        if self.kept_as is None:
            return Run.fields(self, queryset)
        return [self.kept_as, queryset.model._meta.pk]


POPULAR: Final = Leg(("popularity", "id"))


class Ends(Protocol):
    """A page with the cursors of the next and of the previous one, empty where there is none."""

    after: str
    before: str


def legs_of(sort: str) -> tuple[Leg, ...]:
    """How a sort pages: the films that have the key, then those that lack it, as popular as they are."""
    if sort in LATELY:
        return (Leg((f"popularity_{sort}", "id")),)
    if sort == "rating":
        return by_rating()
    if sort == "title":
        return (Leg(("sort_title", "id"), False),)
    if sort == "popular":
        return (POPULAR,)
    key, needed = ("released", "year") if sort in {"newest", "oldest"} else ("runtime_minutes", "runtime_minutes")
    return (
        Leg((key, "id"), sort in {"newest", "longest"}, Q(**{f"{key}__isnull": False})),
        replace(POPULAR, where=Q(**{needed: None})),
    )


def by_rating(among: Sql | None = None) -> tuple[Leg, ...]:
    """The weighted mean. With `among`, of those films only: the others come as if they had no rating."""
    enough = max(1, settings.RATINGS_FOR_AVERAGE)
    rated = at_least(enough).and_(Narrowing(among=(among,) if among else ()))
    first = Leg(("rating_weighted", "id"), where=Q(rating_weighted__isnull=False, rating_count__gte=enough))
    return replace(first, narrowing=rated), replace(POPULAR, where=Q(rating_count__lt=enough))


def by_set(source: Sql, kept_as: Any) -> tuple[Leg, ...]:
    """The films of a small set (`id`, `key`), the highest key first, then all others."""
    return Leg(("key", "id"), source=source, kept_as=kept_as), POPULAR


def ends_of(page: Ends, legs: Sequence[Run]) -> tuple[str, ...]:
    """Tags of the places at which a page begins and ends, where its order goes by popularity and films go on there."""
    places = (read_cursor(cursor, Film.objects.all(), legs) for cursor in (page.before, page.after) if cursor)
    return tuple(end_tag(keys[0]) for leg, keys in places if legs[leg].keys[0] == "popularity")


def end_of(films: Sequence[Film], most: int) -> tuple[str, ...]:
    """The tag of where films in that order end, if more may follow."""
    return (end_tag(films[-1].popularity),) if len(films) == most else ()


HALF_STARS: Final = SmallIntegerField()
MEAN: Final = DecimalField(max_digits=20, decimal_places=6)


def at_least(count: int) -> Narrowing:
    """Films with so many ratings."""
    known = max((n for n in LEAST_RATINGS if n <= count), default=None)
    groups = ((f"k{known}",),) if known else ()
    return Narrowing(groups, spans=() if known == count else (Span("rating_count", count),))
