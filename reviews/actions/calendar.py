"""What a member chooses for their calendar of releases, and the address at which programs read it."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions import hold_member
from accounts.freshness import near_oneself
from accounts.models import User
from accounts.models.token import digest
from films.models import Country
from reviews.models import CalendarChoice
from reviews.models.calendar import WAYS_OUT
from reviews.models.player import new_secret


@near_oneself
@transaction.atomic
def choose_calendar(*, member: User, country: Country | None, ways: Iterable[str]) -> CalendarChoice:
    """Where the member wants to know what comes out, and of which ways out (keys of WAYS_OUT) they hear on the day.

    Raises ValidationError, by field, for a way that there is not, and where nobody could tell in which country.
    """
    wanted = set(ways)
    if wanted - set(WAYS_OUT):
        raise ValidationError({"ways": _("Choose among the ways that the page lists.")})
    if wanted and country is None:
        raise ValidationError({"country": _("Choose your country, or tick nothing below.")})
    hold_member(member)
    told = {"country": country, "ways": [way for way in WAYS_OUT if way in wanted]}
    return CalendarChoice.objects.update_or_create(member=member, defaults=told)[0]


@near_oneself
@transaction.atomic
def make_calendar_address(*, member: User) -> str:
    """The secret of a new address of the member's own calendar, shown now and never again. An older one ends."""
    hold_member(member)
    secret = new_secret()
    CalendarChoice.objects.update_or_create(member=member, defaults={"digest": digest(secret)})
    return secret


@near_oneself
@transaction.atomic
def end_calendar_address(*, member: User) -> None:
    """The address leads nowhere any more. May be repeated."""
    CalendarChoice.objects.filter(member=member).update(digest="")
