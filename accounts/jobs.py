"""What happens later: to pictures, and to what programs and other servers are told."""

from typing import Any

from django.db import transaction

from accounts import picturing
from accounts.federation import following, sending
from accounts.models import Event
from accounts.webhooks import announcing
from config.jobs import job, job_outside


@job
def finish_picture(model: str, pk: int, field: str, key: str) -> None:
    """Make every size of a picture that was just hung."""
    picturing.finish(model, pk, field, key)


@job
@transaction.atomic
def announce_to_all(event: str, about: int, gone: dict[str, Any]) -> None:
    """Note something of the catalogue for everybody whose programs want to hear of it."""
    announcing.announce_to_all(Event(event), about, gone)


@job_outside
def send_elsewhere(inbox: int) -> None:
    """Send what waits for an inbox on another server."""
    sending.send_what_waits(inbox)


@job_outside
def look_for_elsewhere(number: int) -> None:
    """Find out whom a member wants to follow on another server, and ask there."""
    following.look_for(number)
