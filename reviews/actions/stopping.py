"""Telling members that something of theirs stopped by itself, after it had failed for days. Within its transaction."""

from accounts.models import CopyPlace, Webhook
from reviews.actions.notifying import notify
from reviews.models import Notice


def tell_that_webhook_stopped(webhook: Webhook) -> None:
    _tell("webhook", webhook)


def tell_that_copies_stopped(place: CopyPlace) -> None:
    _tell("copies", place)


def _tell(what: str, row: Webhook | CopyPlace) -> None:
    """Once for each time that it stops; `details` are what reviews/telling.py makes its sentence of."""
    details = {"what": what, "host": row.host, "because": row.off_because}
    notify(members=[row.member], kind=Notice.STOPPED, key=f"{what}:{row.pk}:{row.off_at:%Y%m%d%H%M%S}", details=details)
