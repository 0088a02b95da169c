"""A moment as pages and mails say it: whose clock it is stands with it, for the site's readers live elsewhere."""

from datetime import datetime, tzinfo

from django.utils import timezone
from django.utils.formats import date_format


def clock_time(moment: datetime, zone: tzinfo | None = None) -> str:
    """27 June 2024, 18:05 UTC, in the reader's manner of writing it; by the clock of `zone`, if there is one."""
    at = timezone.localtime(moment, zone)
    return f"{date_format(at, 'DATETIME_FORMAT')} {at:%Z}"
