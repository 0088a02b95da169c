"""What the API need not remember for ever."""

import time

from accounts.models import RequestCount, SentOnce
from accounts.models.limit import SPAN


def forget_requests() -> None:
    """Answers kept for repeats that nobody may send any more, and counts of spans that are over."""
    SentOnce.objects.all().forgotten().delete()
    RequestCount.objects.filter(span__lt=int(time.time() // SPAN)).delete()
