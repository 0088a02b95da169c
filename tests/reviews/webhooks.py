"""What waits for a member's programs."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.jobs import announce_to_all
from accounts.models import Delivery, User
from reviews.api.webhooks import shown
from tests.api import Api


def heard(member: User) -> list[tuple[str, Any]]:
    """What waits for a member's programs, as it would be said now; it is taken away."""
    waiting = list(Delivery.objects.filter(webhook__member=member).order_by("pk"))
    said = [(one.event, shown(member, one)) for one in waiting]
    Delivery.objects.filter(webhook__member=member).delete()
    return said


def asked(member: User, path: str) -> HttpResponse:
    """What the API answers the member at the site's own address."""
    return Api(as_=member, Host=urlsplit(settings.SITE_URL).netloc).get(path)


def see_to_the_catalogue() -> None:
    """What the job does that an act on a film asked for."""
    for job in ProcrastinateJob.objects.filter(task_name="accounts.announce_to_all").order_by("pk"):
        announce_to_all(**job.args)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE task_name = 'accounts.announce_to_all'")


def names(said: list[tuple[str, Any]]) -> list[str]:
    return [event for event, _data in said]
