"""What comes out on which day and where: for the calendar as a page, as a file to subscribe to, and as a feed."""

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import groupby
from typing import Any, Final, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Exists, OuterRef, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models.sight import is_signed_in
from accounts.models.viewer import Viewer
from config.freshness import WIDE
from config.keeping import kept
from config.quoting import quoted
from films.asked import few, pick
from films.models import Country, Release
from films.models.film import FIRST_YEAR, LAST_YEAR
from films.names import normalise
from reviews.days import place_in_week
from reviews.filling import Choice, Facet
from reviews.models import CalendarChoice, Mark
from reviews.models.calendar import NAMES_OF_WAYS, WAYS_OUT
from reviews.models.review import UNSHOWN_OF_FILM
from reviews.quiet import without_muted

MOST_WANTED: Final = 60
BY_DAY: Final = ("released_on", "id")
CODE: Final = re.compile(r"[A-Z]{2,4}")
# What the page can be narrowed down to. A premiere is no way to see the film, so nobody is told of one.
KINDS: Final = WAYS_OUT | {Release.Kind.PREMIERE.value: (Release.Kind.PREMIERE.value,)}
NAMES_OF_KINDS: Final = dict([*NAMES_OF_WAYS, (Release.Kind.PREMIERE.value, gettext_lazy("Premieres"))])


class Show(models.TextChoices):
    """Which films the calendar is of."""

    WATCHLIST = "watchlist", gettext_lazy("On your watchlist")
    WANTED = "wanted", gettext_lazy("Most wanted")
    ALL = "all", gettext_lazy("Everything")


class By(models.TextChoices):
    WEEK = "week", gettext_lazy("Week")
    MONTH = "month", gettext_lazy("Month")


@dataclass(frozen=True, slots=True)
class Period:
    """A month, or a week as the reader's language counts it. Both days belong to it."""

    first: date
    last: date

    @classmethod
    def around(cls, day: date, by: str) -> Self:
        if by == By.WEEK:
            first = day - timedelta(days=place_in_week(day))
            return cls(first, first + timedelta(days=6))
        return cls(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))

    @property
    def earlier(self) -> date | None:
        """A day of the period before it; nothing before the first films."""
        day = self.first - timedelta(days=1)
        return day if day.year >= FIRST_YEAR else None

    @property
    def later(self) -> date | None:
        day = self.last + timedelta(days=1)
        return day if day.year <= LAST_YEAR else None


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader asked for. `day` is any of the period; `country` is a code, empty for all countries, and None
    where the address leaves it to what the member has chosen.
    """

    show: str = Show.WANTED
    by: str = By.MONTH
    day: date | None = None
    country: str | None = None
    kinds: tuple[str, ...] = ()

    @classmethod
    def read(cls, query: QueryDict, viewer: Viewer, notices: list[str]) -> Self:
        """With a sentence for each part that makes no sense and is left out."""
        shows = dict(cls.shows(viewer))
        usual = Show.WATCHLIST if is_signed_in(viewer) else Show.WANTED
        return cls(
            show=pick(query.get("show", ""), shows, notices) or usual,
            by=pick(query.get("by", ""), dict.fromkeys(By.values), notices) or By.MONTH,
            day=_day(query.get("on", "").strip(), notices),
            country=_country(query.get("country"), notices),
            kinds=tuple(kind for said in few(query.getlist("kind"), len(KINDS), notices)
                        if (kind := pick(said, KINDS, notices))),
        )  # fmt: skip

    @property
    def period(self) -> Period:
        return Period.around(self.day or timezone.localdate(), self.by)

    @staticmethod
    def shows(viewer: Viewer) -> list[tuple[str, str]]:
        """What this viewer may ask to be shown, with its name."""
        return [(word, str(name)) for word, name in Show.choices if word != Show.WATCHLIST or is_signed_in(viewer)]

    def at_home(self, choice: CalendarChoice | None) -> Self:
        """In the member's own country, unless the address says where."""
        return replace(self, country=choice.country_id) if choice and self.country is None else self

    @property
    def narrowing(self) -> list[tuple[str, str]]:
        """Country and kinds, as an address says them."""
        country = [("country", self.country)] if self.country is not None else []
        return [*country, *(("kind", kind) for kind in self.kinds)]

    @property
    def query(self) -> str:
        """The same of the files to subscribe to: `?country=GB&kind=cinema`; empty for none."""
        said = [(name, word) for name, word in self.narrowing if word]
        return f"?{urlencode(said)}" if said else ""

    def address(self, **other: Any) -> str:
        """The same page with something else asked for."""
        wanted = replace(self, **other)
        day = [("on", wanted.day.isoformat())] if wanted.day else []
        return f"?{urlencode([('show', wanted.show), ('by', wanted.by), *day, *wanted.narrowing])}"

    def kinds_facet(self) -> Facet:
        return Facet("kind", [Choice(kind, str(name), kind in self.kinds) for kind, name in NAMES_OF_KINDS.items()])

    def apply(self, rows: QuerySet[Release]) -> QuerySet[Release]:
        if self.kinds:
            rows = rows.filter(kind__in=[stored for kind in self.kinds for stored in KINDS[kind]])
        return rows.filter(country=self.country) if self.country else rows


@dataclass(frozen=True, slots=True)
class Day:
    """What comes out on one day."""

    day: date
    rows: list[Release] = field(default_factory=list)

    @property
    def is_today(self) -> bool:
        return self.day == timezone.localdate()

    @property
    def weekday(self) -> str:
        return str(WEEKDAYS[self.day.weekday()])


def _day(said: str, notices: list[str]) -> date | None:
    try:
        day = date.fromisoformat(said) if said else None
    except ValueError:
        day, said = None, said or " "
    if said and (day is None or not FIRST_YEAR <= day.year <= LAST_YEAR):
        notices.append(_("“%(said)s” is not a day of the calendar. Write it as 2026-12-24.") % {"said": quoted(said)})
        return None
    return day


def _country(said: str | None, notices: list[str]) -> str | None:
    if said is None or not (code := said.strip().upper()):
        return said if said is None else ""
    if CODE.fullmatch(code):
        return code
    notices.append(_("“%(said)s” is not the code of a country, so it is left out.") % {"said": quoted(said)})
    return None


def releases(asked: Asked, first: date, last: date, viewer: Viewer, *, once: bool = True) -> QuerySet[Release]:
    """What comes out from the first to the last of these days, both included, without films that the viewer mutes.

    Of all countries together, a film that comes out in many of them on one day in one way is one row, and
    `country_names` are theirs; of one country, that. `once` switched off, each country has a row. Unordered; BY_DAY is
    an index.
    """
    rows = asked.apply(Release.objects.filter(released_on__range=(first, last)))
    twins = Release.objects.filter(film=OuterRef("film"), kind=OuterRef("kind"), released_on=OuterRef("released_on"))
    if once and not asked.country:
        rows = rows.filter(~Exists(twins.filter(pk__lt=OuterRef("pk"))))
    if asked.country or not once:
        twins = twins.filter(country=OuterRef("country"))
    if asked.show == Show.WATCHLIST:
        own = Mark.objects.in_watchlist().filter(member=viewer) if is_signed_in(viewer) else Mark.objects.none()
        rows = rows.filter(film__in=own.values("film"))
    named = twins.order_by("country__name").values("country__name")
    unshown = [f"film__{name}" for name in UNSHOWN_OF_FILM]
    heard = without_muted(rows, viewer, members=())
    return heard.annotate(country_names=ArraySubquery(named)).select_related("film").defer(*unshown)


def most_wanted(rows: QuerySet[Release], most: int = MOST_WANTED) -> list[Release]:
    """Those of films that the most members have on their watchlists, by day."""
    wanted = rows.order_by("-film__watchlist_count", "-film__popularity", "id")[:most]
    return sorted(wanted, key=lambda row: (row.released_on, -row.film.watchlist_count, row.pk))


def by_day(rows: Iterable[Release]) -> list[Day]:
    """Of rows that come by day."""
    return [Day(day, list(some)) for day, some in groupby(rows, lambda row: row.released_on) if day is not None]


def choice_of(viewer: Viewer) -> CalendarChoice | None:
    """What the viewer has chosen for their calendar; one query, none for somebody signed out."""
    if not is_signed_in(viewer):
        return None
    return CalendarChoice.objects.filter(member=viewer).select_related("country").first()


def countries() -> dict[str, str]:
    """Code → name of the countries in which anything has come out, by name. One query, unless it is kept."""

    def make() -> dict[str, str]:
        out = Release.objects.filter(country=OuterRef("pk"), released_on__isnull=False)
        rows = Country.objects.filter(Exists(out)).values_list("code", "name")
        return dict(sorted(rows, key=lambda row: normalise(row[1])))

    found: dict[str, str] = kept(("where films come out",), (WIDE,), make)
    return found


def how_out(release: Release) -> str:
    """Such as “Heat: In cinemas”."""
    return _("%(film)s: %(how)s") % {"film": release.film, "how": release.get_kind_display()}
