"""A moment as pages and mails say it: whose clock it is stands with it, for the site's readers live elsewhere."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format


def clock_time(moment: datetime) -> str:
    """27 June 2024, 18:05 UTC, in the reader's manner of writing it."""
    at = timezone.localtime(moment)
    return f"{date_format(at, 'DATETIME_FORMAT')} {at:%Z}"
