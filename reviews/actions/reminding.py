"""Reminding those who come to a screening the day before, and asking them the day after what they saw."""

from datetime import datetime, time, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from accounts.models import User
from reviews.actions.notifying import notify
from reviews.models import Coming, Notice, Screening, ScreeningLine

A_DAY: Final = timedelta(days=1)
MORNING: Final = time(9)  # by the clock of the house
# Hours in which no job ran are made up for.
LATE: Final = timedelta(days=3)


@transaction.atomic
def remind_of_screenings(now: datetime | None = None) -> int:
    """Tell each member with a seat once of a screening that begins within a day, unless they said only then that they
    come. Returns how many that were.
    """
    now = now or timezone.now()
    soon = _taking_place().filter(starts_at__gt=now, starts_at__lte=now + A_DAY)
    told = 0
    for row in soon:
        knew = Coming.objects.with_a_seat().filter(screening=row, said_at__lte=row.starts_at - A_DAY)
        told += notify(
            members=_members(knew), kind=Notice.SCREENING_SOON, key=f"screening_soon:{row.pk}:{row.day}",
            screening=row, details={"screening": str(row)},
        )  # fmt: skip
    return told


@transaction.atomic
def ask_after_screenings(now: datetime | None = None) -> int:
    """Ask each member with a seat once, on the morning after, to log what they saw there and have not logged there.

    Returns how many that were.
    """
    now = now or timezone.now()
    asked = 0
    for row in _taking_place().filter(ends_at__lte=now, ends_at__gt=now - LATE):
        if now < datetime.combine(row.day + A_DAY, MORNING, settings.HOUSE_TIME_ZONE):
            continue
        logged = ScreeningLine.objects.filter(coming=OuterRef("pk"))
        came = Coming.objects.with_a_seat().filter(~Exists(logged), screening=row)
        asked += notify(
            members=_members(came), kind=Notice.SCREENING_SEEN, key=f"screening_seen:{row.pk}",
            screening=row, details={"screening": str(row)},
        )  # fmt: skip
    return asked


def _taking_place() -> QuerySet[Screening]:
    announced = Screening.objects.taking_place().filter(published_at__lte=timezone.now())
    return announced.prefetch_related("programme__film")


def _members(comings: QuerySet[Coming]) -> QuerySet[User]:
    return User.objects.filter(comings__in=comings)
