"""Sending what waits, an address at a time.

A message is taken (an attempt is counted and the next one's time set), sent, and its outcome noted, in two short
transactions: none is open while somebody else's machine thinks. A job that is killed in between loses nothing; the
message is sent again at the time that was set. An address that fails is left in peace for a while, whatever waits for
it, so that a dead one costs a moment in five minutes, and one that is slow never more than a run of its own.
"""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from rest_framework.renderers import JSONRenderer

from accounts.models import Delivery, User, Webhook
from accounts.models.webhook import TEST
from accounts.webhooks.announcing import send_soon
from accounts.webhooks.posting import Answer, post
from accounts.webhooks.registering import switch_off
from accounts.webhooks.signing import headers_for, secrets_of

MINUTE: Final = timedelta(minutes=1)
# From one attempt at a message to the next: eight attempts, the last about a day after the first.
PAUSES: Final = tuple(MINUTE * minutes for minutes in (1, 5, 15, 60, 180, 420, 780))
MOST_ATTEMPTS: Final = len(PAUSES) + 1
# An address is left in peace for so many seconds after a failure, doubled with each further one, and at most MOST_REST.
LEAST_REST: Final = 15
MOST_REST: Final = MINUTE * 5
GIVEN_UP_AFTER: Final = timedelta(days=3)
RUN: Final = 8.0  # seconds after which a run begins with no further message, and lets other addresses go first
TAKEN: Final = MINUTE * 2  # longer than any run
KEPT: Final = timedelta(days=7)
MOST_AT_ONCE: Final = 500
GONE: Final = 410

# What the API says of what a message is about, to the member whose webhook it is; None where nothing is left to say.
type Shown = Callable[[User, Delivery], Any]
# Has the member of a webhook told, within the transaction, that it was given up.
type Told = Callable[[Webhook], None]


def send_what_waits(number: int, show: Shown, tell: Told) -> None:
    """Send what is due at this address, until it fails or its time is over; what is left then has a job of its own."""
    if not _claim(number):
        return
    end = time.monotonic() + RUN
    try:
        while time.monotonic() < end and (taken := _take(number)) is not None:
            if not _send(taken, show, tell):
                break
    finally:
        _let_go(number)


@transaction.atomic
def take_up_deliveries() -> None:
    """A job for each address for which something is due: the next attempts, and what a lost job left."""
    now = timezone.now()
    due = Delivery.objects.waiting().filter(webhook=OuterRef("pk"), due_at__lte=now)
    send_soon(list(_free(now).filter(Exists(due)).order_by("pk").values_list("pk", flat=True)[:MOST_AT_ONCE]))


def sweep_deliveries() -> None:
    """Forget what was sent, or could not be, a week ago."""
    old = Delivery.objects.filter(created_at__lt=timezone.now() - KEPT).order_by("pk").values("pk")
    while Delivery.objects.filter(pk__in=old[:MOST_AT_ONCE]).delete()[0]:
        pass


def _free(now: datetime) -> Any:
    """Those to which something may be sent now."""
    is_free = Q(taken_until=None) | Q(taken_until__lt=now)
    return Webhook.objects.on().filter(is_free, Q(rests_until=None) | Q(rests_until__lte=now))


def _claim(number: int) -> bool:
    """Whether this job alone sends there from now on."""
    now = timezone.now()
    free = Webhook.objects.filter(pk__in=_free(now).filter(pk=number).values("pk"))
    # Said of the row itself as well: of two jobs the second waits for the first, and then only that is asked again.
    mine = free.filter(Q(taken_until=None) | Q(taken_until__lt=now))
    return bool(mine.update(taken_until=now + TAKEN))


@transaction.atomic
def _take(number: int) -> Delivery | None:
    """What is due longest, as if the attempt that follows had failed."""
    now = timezone.now()
    rows = Delivery.objects.select_for_update(of=("self",), skip_locked=True).select_related("webhook__member")
    due = rows.waiting().filter(webhook=number, webhook__in=Webhook.objects.on(), due_at__lte=now)
    delivery: Delivery | None = due.order_by("due_at", "pk").first()
    if delivery is not None:
        delivery.due_at = now + PAUSES[min(delivery.attempts, len(PAUSES) - 1)]
        delivery.attempts, delivery.tried_at = delivery.attempts + 1, now
        delivery.save(update_fields=["due_at", "attempts", "tried_at"])
    return delivery


def _send(delivery: Delivery, show: Shown, tell: Told) -> bool:
    """Whether the address takes more: it took this, or there was nothing left to say."""
    webhook, now = delivery.webhook, timezone.now()
    told = {} if delivery.event == TEST else show(webhook.member, delivery)
    if told is None:
        _end(delivery, Delivery.State.DROPPED)
        return True
    try:
        keys = secrets_of(webhook, now)
    except InvalidToken:
        _give_up(webhook, Webhook.Off.SECRET, tell)
        return False
    body = body_of(delivery, told)
    answer = post(webhook.address, body, headers_of(delivery, now, body, keys))
    return _note(delivery, answer, tell)


def body_of(delivery: Delivery, told: Any) -> bytes:
    """The message itself: what happened, when it did first, and what there is to say of it now."""
    at = delivery.created_at.isoformat().replace("+00:00", "Z")
    rendered: bytes = JSONRenderer().render({"type": delivery.event, "timestamp": at, "data": told})
    return rendered


def headers_of(delivery: Delivery, now: datetime, body: bytes, keys: list[str]) -> dict[str, str]:
    return {
        "Content-Type": "application/json",
        "User-Agent": f"Intermission webhooks ({settings.SITE_URL})",
        "Connection": "close",
        **headers_for(delivery.message_id, now, body, keys),
    }


@transaction.atomic
def _note(delivery: Delivery, answer: Answer, tell: Told) -> bool:
    """Write the outcome down. Whether it was taken."""
    now = timezone.now()
    webhook = Webhook.objects.select_for_update(no_key=True).filter(pk=delivery.webhook_id).first()
    if webhook is None:  # removed meanwhile
        return False
    delivery.status, delivery.trouble = answer.status, answer.trouble
    if not answer.trouble:
        webhook.failing_since, webhook.failures, webhook.rests_until = None, 0, None
        webhook.save(update_fields=["failing_since", "failures", "rests_until"])
        _end(delivery, Delivery.State.DELIVERED)
        return True
    is_over = delivery.attempts >= MOST_ATTEMPTS or delivery.event == TEST
    _end(delivery, Delivery.State.FAILED if is_over else Delivery.State.WAITING)
    webhook.failing_since, webhook.failures = webhook.failing_since or now, webhook.failures + 1
    rest = timedelta(seconds=LEAST_REST * 2 ** min(webhook.failures - 1, 10))
    webhook.rests_until = now + min(rest, MOST_REST)
    webhook.save(update_fields=["failing_since", "failures", "rests_until"])
    if webhook.is_on and (answer.status == GONE or webhook.failing_since < now - GIVEN_UP_AFTER):
        _give_up(webhook, Webhook.Off.GONE if answer.status == GONE else Webhook.Off.FAILING, tell)
    return False


@transaction.atomic
def _give_up(webhook: Webhook, because: str, tell: Told) -> None:
    switch_off(webhook, because)
    tell(webhook)


def _end(delivery: Delivery, state: str) -> None:
    """What was switched off or sent again meanwhile stays as that left it."""
    due = {} if state == Delivery.State.WAITING else {"due_at": None}
    mine = Delivery.objects.waiting().filter(pk=delivery.pk, attempts=delivery.attempts)
    mine.update(state=state, status=delivery.status, trouble=delivery.trouble, **due)


@transaction.atomic
def _let_go(number: int) -> None:
    now = timezone.now()
    Webhook.objects.filter(pk=number).update(taken_until=None)
    due = Delivery.objects.waiting().filter(webhook=number, due_at__lte=now)
    if due.exists() and _free(now).filter(pk=number).exists():
        send_soon([number])
