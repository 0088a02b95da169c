"""Films that are about to leave a service: for the page, the feeds, and the watchlists they are on."""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final, Self
from urllib.parse import urlencode

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Exists, OuterRef, QuerySet, Subquery, Value
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.compiled import for_viewers, prepared, row_of
from accounts.models.viewer import Viewer
from config.freshness import WIDE
from config.keeping import held, kept
from films.browse import MOST_CHOSEN
from films.models import Availability, Country, Service
from films.names import normalise
from reviews.filling import Choice, Facet
from reviews.models import Mark
from reviews.models.review import UNSHOWN_OF_FILM
from reviews.quiet import mutes_any_film, mutes_film, without_muted

THIS_WEEK: Final = 7
SOON: Final = timedelta(days=30)
SOONEST: Final = 4  # on the front page
SLUG: Final = re.compile(r"[\w-]{1,60}")


@dataclass(frozen=True, slots=True)
class Wanted:
    """The services, any of them, and the country that the reader asked for; empty for all. Slugs, and a code."""

    services: tuple[str, ...] = ()
    country: str = ""

    @classmethod
    def read(cls, query: QueryDict) -> Self:
        asked = (word.strip() for word in query.getlist("service"))
        services = tuple(dict.fromkeys(word for word in asked if word))[:MOST_CHOSEN]
        return cls(services=services, country=query.get("country", "").strip().upper())

    @property
    def can_be(self) -> bool:
        """Whether services and a country could be called so."""
        return all(SLUG.fullmatch(word) for word in (*self.services, self.country) if word)

    @property
    def query(self) -> str:
        """The same wish in an address: `?service=mubi&service=netflix`; empty for none."""
        asked = [*(("service", word) for word in self.services), *([("country", self.country)] if self.country else [])]
        return f"?{urlencode(asked)}" if asked and self.can_be else ""

    def apply(self, places: QuerySet[Availability]) -> QuerySet[Availability]:
        if not self.can_be:
            return places.none()
        if self.services:
            places = places.filter(service__slug__in=self.services)
        return places.filter(country=self.country) if self.country else places


@dataclass(frozen=True, slots=True)
class Choices:
    """What there is to choose from: slug or code → name, by name."""

    service: dict[str, str] = field(default_factory=dict)
    country: dict[str, str] = field(default_factory=dict)

    def services(self, wanted: Wanted) -> Facet:
        """With those that are asked for, so that the form can say them again."""
        rows = [Choice(slug, name, slug in wanted.services) for slug, name in self.service.items()]
        return Facet("service", rows)


def leaving(wanted: Wanted, *, on: date | None = None) -> QuerySet[Availability]:
    """What leaves, with film and service. A film that leaves one service in many countries on one day is one row.

    Its countries are in `country_names`, empty where none is known. Unordered; `ends_on, id` is an index.
    """
    day = on or timezone.localdate()
    places = Availability.objects.leaving(day)
    twins = places.filter(
        film=OuterRef("film"), service=OuterRef("service"), kind=OuterRef("kind"), ends_on=OuterRef("ends_on")
    )
    named = twins.exclude(country=None).order_by("country__name").values("country__name")
    rows = wanted.apply(places)
    if not wanted.country:
        rows = rows.filter(~Exists(twins.filter(pk__lt=OuterRef("pk"))))
    unshown = [f"film__{name}" for name in UNSHOWN_OF_FILM]
    return rows.annotate(country_names=ArraySubquery(named)).select_related("service", "film").defer(*unshown)


def with_watchlist[Rows: QuerySet[Any]](rows: Rows, viewer: Any) -> Rows:
    """Rows of a film that know whether the film is `on_watchlist`: the viewer's, and never for somebody signed out."""
    if not getattr(viewer, "is_authenticated", False):
        return rows.annotate(on_watchlist=Value(False, output_field=BooleanField()))
    marks = Mark.objects.in_watchlist().filter(member=viewer, film=OuterRef("film"))
    return rows.annotate(on_watchlist=Exists(marks))


def soonest(viewer: Viewer) -> list[Availability]:
    """The next to leave, for the front page, without films that the viewer mutes. No query for who mutes none."""
    today = timezone.localdate()
    if mutes_any_film(viewer):
        return _soonest(viewer, day=today, until=today + SOON)
    found: list[Availability] = held("soonest", today, (WIDE,), lambda: _soonest(None, day=today, until=today + SOON))
    return found


@for_viewers(day=date, until=date)
def _soonest(viewer: Viewer, day: Any, until: Any) -> Any:
    heard = without_muted(leaving(Wanted(), on=day), viewer, members=())
    return heard.filter(ends_on__lte=until).order_by("ends_on", "id")[:SOONEST]


def choices() -> Choices:
    """The services that something leaves, and the countries; two queries, unless they are kept."""
    today = timezone.localdate()

    def make() -> tuple[dict[str, str], dict[str, str]]:
        places = Availability.objects.running(today).filter(ends_on__gte=today)
        services = Service.objects.filter(pk__in=places.values("service")).values_list("slug", "name")
        countries = Country.objects.filter(pk__in=places.values("country")).values_list("code", "name")
        return _by_name(services), _by_name(countries)

    return Choices(*kept(("what leaves", today), (WIDE,), make))


def _by_name(rows: Any) -> dict[str, str]:
    return dict(sorted(rows, key=lambda row: normalise(row[1])))


def last_day_of(place: Availability) -> str:
    return _("Last day of %(film)s on %(service)s") % {"film": place.film, "service": place.service}


def leaving_for_watchlists(on: date | None = None, within: int = THIS_WEEK) -> QuerySet[Mark]:
    """Films on members' watchlists that leave a service within so many days; `leaves_on` is the first last day.

    Without films that their member mutes.

    Somebody whose film leaves two services has one row.
    """
    day = on or timezone.localdate()
    return _wanted_and_leaving(day, day + timedelta(days=within))


def _wanted_and_leaving(day: date, until: date) -> QuerySet[Mark]:
    soon = Availability.objects.leaving(day).filter(ends_on__lte=until)
    first = soon.filter(film=OuterRef("film")).order_by("ends_on").values("ends_on")[:1]
    return (
        Mark.objects.in_watchlist()
        .filter(~mutes_film(OuterRef("member")), film__in=soon.values("film"), member__is_active=True)
        .annotate(leaves_on=Subquery(first))
    )


@prepared(viewer=row_of("accounts.User"), day=date, until=date)
def _leaving_of(viewer: Any, day: Any, until: Any) -> QuerySet[Mark]:
    return _wanted_and_leaving(day, until).filter(member=viewer).only("pk")


def leaving_this_week(viewer: Any) -> int:
    """How many films of the viewer's watchlist leave within a week; one query, none for somebody signed out."""
    if not getattr(viewer, "is_authenticated", False):
        return 0
    today = timezone.localdate()
    return len(_leaving_of(viewer=viewer.pk, day=today, until=today + timedelta(days=THIS_WEEK)))
