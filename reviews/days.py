"""Days on which a film can have been seen, and where weeks begin.

Members live in all time zones: for some a day begins earlier than here.
"""

from datetime import date, timedelta
from datetime import timezone as zone
from typing import Final

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import get_format
from django.utils.translation import gettext as _

EARLIEST: Final = date(1895, 1, 1)
KIRITIMATI: Final = zone(timedelta(hours=14))  # where each day begins first


def latest_day() -> date:
    """The last one that has begun anywhere."""
    return timezone.localdate(timezone=KIRITIMATI)


def first_weekday() -> int:
    """The day on which weeks begin where the reader's language is spoken. Monday is 0, as in Python; Django's formats
    begin to count at Sunday.
    """
    return (int(get_format("FIRST_DAY_OF_WEEK")) + 6) % 7


def place_in_week(day: date) -> int:
    return (day.weekday() - first_weekday()) % 7


def could_be_watched(day: date) -> bool:
    return EARLIEST <= day <= latest_day()


def check_watched_on(day: date, today: date | None = None) -> None:
    """Raise ValidationError, by field, for a day that has not come yet, or that is before there was a cinema.

    `today`: where the member is, if that is known; otherwise a day may have begun anywhere.
    """
    if day > (today or latest_day()):
        raise ValidationError({"watched_on": _("That day has not come yet. Give the day on which you saw the film.")})
    if day < EARLIEST:
        raise ValidationError({"watched_on": _("Nobody showed films before 1895. Check the year.")})


def today_where(said: str) -> date:
    """Today for somebody whose browser says this day; the site's own where it says none, or one that cannot be."""
    here = timezone.localdate()
    try:
        day = date.fromisoformat(said)
    except ValueError:
        return here
    return day if abs(day - here) <= timedelta(days=1) and day <= latest_day() else here
