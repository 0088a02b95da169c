"""Telling members on the day that a film of their watchlist comes out where they are."""

from datetime import date, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, TextField, Value, When
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Concat, JSONObject
from django.utils import timezone

from films.models import Release
from reviews.actions.notifying import notify_of_films
from reviews.models import Mark, Notice, Notification
from reviews.models.calendar import WAYS_OUT
from reviews.quiet import mutes_film

# A night on which no job ran is made up for.
LATE: Final = timedelta(days=2)
# What comes out anew within that time has come out already: another version, or a second line about the same.
ANEW_AFTER: Final = timedelta(days=365)
OUT: Final = "film__releases"
CHOICE: Final = "member__calendar_choice"


@transaction.atomic
def tell_of_releases(on: date | None = None) -> int:
    """Tell each member who wants it once of each film that comes out in their country in one of the ways that they
    chose. Returns how many lines that were.

    A day that moves after a member was told is told again only if it moved to a later one, when that has come.
    """
    return notify_of_films(Notice.RELEASE, _to_tell(on or timezone.localdate()))


def _way(name: str) -> Case:
    """The way out that a kind of release counts as."""
    whens = (When(**{f"{name}__in": kinds}, then=Value(way)) for way, kinds in WAYS_OUT.items())
    return Case(*whens, output_field=CharField())


def _to_tell(day: date) -> QuerySet[Mark]:
    """A row for each mark and release. Who put the film on their watchlist after it had come out knows that it has."""
    wanted = Q()
    for way, kinds in WAYS_OUT.items():
        wanted |= Q(**{f"{OUT}__kind__in": kinds, f"{CHOICE}__ways__contains": [way]})
    there: dict[str, Any] = {f"{OUT}__country": F(f"{CHOICE}__country")}
    rows = (
        Mark.objects.in_watchlist()
        .filter(
            wanted,
            ~mutes_film(OuterRef("member")),
            member__is_active=True,
            watchlisted_at__date__lte=F(f"{OUT}__released_on"),
            **{f"{OUT}__released_on__range": (day - LATE, day)},
            **there,
        )
        .annotate(way=_way(f"{OUT}__kind"), out_on=F(f"{OUT}__released_on"), out_in=F(f"{OUT}__country"))
    )
    on_day = Cast("out_on", TextField())
    return rows.filter(~Exists(_earlier()), ~Exists(_told_before())).annotate(
        told_key=Concat(Value(f"{Notice.RELEASE.value}:"), "film", Value(":"), "out_in", Value(":"), "way", Value(":"),
                        on_day, output_field=TextField()),
        told_details=JSONObject(country=F("out_in"), way=F("way"), released_on=on_day),
    )  # fmt: skip


def _earlier() -> QuerySet[Release]:
    """Where it came out there in the same way not long before."""
    same = Release.objects.annotate(way=_way("kind")).filter(
        film=OuterRef("film"), country=OuterRef("out_in"), way=OuterRef("way")
    )
    return same.filter(released_on__lt=OuterRef("out_on"), released_on__gte=OuterRef("out_on") - ANEW_AFTER)


def _told_before() -> QuerySet[Notification]:
    """Where the member was told of that day, or of a later one that was wrong."""
    told = Notification.objects.filter(member=OuterRef("member"), kind=Notice.RELEASE, film=OuterRef("film"))
    told = told.annotate(country=KT("details__country"), way=KT("details__way"), day=KT("details__released_on"))
    return told.filter(country=OuterRef("out_in"), way=OuterRef("way"), day__gte=Cast(OuterRef("out_on"), TextField()))
