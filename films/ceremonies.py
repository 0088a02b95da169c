"""Awards by their names, years and evenings: what the catalogue knows of who won and who was nominated."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Final

from django.db.models import Count, Max, Min, Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from films.facts import with_names
from films.models import Award, Film
from films.models.film import ON_A_CARD
from films.paging import Run

OF_ALL: Final = (Run(("slug",), descending=False),)
OF_ONE: Final = (Run(("year",)),)
FANNED: Final = 4  # posters of a year
MOST: Final = 600  # prizes of a year; no ceremony has as many
WON: Final = Award.Outcome.WON


@dataclass(frozen=True)
class Named:
    """An award: what it is called in its latest year, and what there is of it."""

    slug: str
    name: str
    first_year: int
    last_year: int
    films: int


@dataclass
class Year:
    """What the catalogue knows of one year: `films` that were in the running, `won` of its `prizes` were won by them.

    `best` are the numbers of some: those that won most first.
    """

    year: int
    prizes: int
    won: int
    films: int
    best: list[int]
    fan: list[Film] = field(default_factory=list)


@dataclass(frozen=True)
class Category:
    """Who was in the running, winners first."""

    name: str
    prizes: list[Award]

    @property
    def lost(self) -> Award | None:
        """A prize that knows which film won instead, where that is none of these."""
        if any(prize.outcome == WON for prize in self.prizes):
            return None
        return next((prize for prize in self.prizes if prize.lost_to or prize.lost_to_film), None)


def ceremonies() -> QuerySet[Award]:
    """One row of each award, which knows its slug alone: `OF_ALL` pages them, `named` says more."""
    return Award.objects.exclude(slug="").order_by("slug").distinct("slug").only("slug")


def named(rows: Iterable[Award]) -> list[Named]:
    """The awards of these rows, in their order. Two queries."""
    slugs = [row.slug for row in rows]
    among = Award.objects.filter(slug__in=slugs).order_by()
    latest = among.order_by("slug", "-year", "award").distinct("slug").values_list("slug", "award")
    names = dict(latest)
    counted = among.values_list("slug").annotate(Min("year"), Max("year"), Count("film", distinct=True))
    found = {slug: Named(slug, names.get(slug, slug), *rest) for slug, *rest in counted}
    return [found[slug] for slug in slugs if slug in found]


def name_at(slug: str) -> str:
    """What the award at `slug` is called in its latest year. Raises Http404."""
    names = Award.objects.filter(slug=slug).order_by("-year", "award").values_list("award", flat=True)
    if not slug or (name := names.first()) is None:
        raise Http404(_("No award has this address."))
    return name


def years_of(slug: str) -> QuerySet[Award]:
    """One row of each year of an award: `OF_ONE` pages them, `told` says more."""
    return Award.objects.filter(slug=slug).order_by("-year").distinct("year").only("slug", "year")


def told(slug: str, rows: Iterable[Award]) -> list[Year]:
    """The years of these rows, in their order. One query."""
    years = [row.year for row in rows]
    prizes = Award.objects.filter(slug=slug, year__in=years).order_by("-year", "-film__popularity", "-film_id")
    columns = prizes.values_list("year", "film_id", "outcome")
    return [_year(year, list(of_year)) for year, of_year in groupby(columns, lambda row: row[0])]


def _year(year: int, rows: Sequence[tuple[int, int, str]]) -> Year:
    films = dict.fromkeys(film for _year, film, _outcome in rows)
    won = Counter(film for _year, film, outcome in rows if outcome == WON)
    best = sorted(films, key=lambda film: -won[film])  # among equals the best known
    return Year(year, len(rows), won.total(), len(films), best[:FANNED])


def with_fans(years: Iterable[Year]) -> list[Film]:
    """Give each year its `fan` of cards; all of these. One query."""
    years = list(years)
    ids = {film for year in years for film in year.best}
    films = {film.pk: film for film in Film.objects.with_card().filter(pk__in=ids)}
    for year in years:
        year.fan = [films[film] for film in year.best if film in films]
    return list(films.values())


def prizes_of(slug: str, year: int) -> list[Award]:
    """The prizes of one year by category, winners first, each with its film's card, whom it names, and who won instead.

    One query. Raises Http404 for a year of which nothing is known.
    """
    rows = with_names(Award.objects.filter(slug=slug, year=year).exclude(slug="")).select_related("film")
    cards = (f"film__{name}" for name in ON_A_CARD)
    instead = ("lost_to_film__slug", "lost_to_film__title", "lost_to_film__year")
    rows = rows.only("award", "slug", "year", "category", "outcome", "lost_to", *cards, *instead)
    found = list(rows.order_by("category", "-outcome", "-film__popularity", "-id")[:MOST])
    if not found:
        raise Http404(_("No prize of that year is in the catalogue."))
    return found


def by_category(prizes: Iterable[Award]) -> list[Category]:
    return [Category(name, list(rows)) for name, rows in groupby(prizes, lambda prize: prize.category)]


def beside(slug: str, year: int) -> tuple[int | None, int | None]:
    """The years of the award before and after that one. One query."""
    years: dict[str, Any] = Award.objects.filter(slug=slug).aggregate(
        before=Max("year", filter=Q(year__lt=year)), after=Min("year", filter=Q(year__gt=year))
    )
    return years["before"], years["after"]
