"""Telling members that films of their watchlists leave a service soon."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat, JSONObject
from django.utils import timezone

from films.models import Availability
from reviews.actions.notifying import notify_of_films
from reviews.leaving import THIS_WEEK, leaving_for_watchlists
from reviews.models import FilmMute, Mark, Notice


@transaction.atomic
def tell_of_leaving(on: date | None = None) -> int:
    """Tell each member once of each film, service and last day within a week. Returns how many lines that were."""
    return notify_of_films(Notice.LEAVING, _to_tell(on or timezone.localdate()))


def _to_tell(day: date) -> QuerySet[Mark]:
    place = "film__availability"
    soon = Availability.objects.leaving(day).filter(ends_on__lte=day + timedelta(days=THIS_WEEK))
    last_day = Cast(f"{place}__ends_on", TextField())
    muted = FilmMute.objects.filter(member=OuterRef("member"), film=OuterRef("film"))
    rows = leaving_for_watchlists(day).filter(~Exists(muted), **{f"{place}__in": soon})
    return rows.annotate(
        told_key=Concat(
            Value(f"{Notice.LEAVING.value}:"), "film", Value(":"), f"{place}__service", Value(":"), last_day,
            output_field=TextField(),
        ),
        told_details=JSONObject(service=F(f"{place}__service__name"), ends_on=last_day),
    )  # fmt: skip
