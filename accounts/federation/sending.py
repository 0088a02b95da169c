"""Sending what waits, an inbox at a time; as accounts/webhooks/delivering.py does it, and at the same pace.

A message is taken, sent, and its outcome noted in two short transactions: none is open while somebody else's machine
thinks. Before each attempt it is asked anew whether the message still holds, so that what was hidden meanwhile does
not leave any more, however long the other server was away.
"""

import time
from datetime import datetime, timedelta
from typing import Final

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.federation.dispatching import send_soon
from accounts.federation.naming import CONTENT_TYPE, key_address, sealing_cipher
from accounts.federation.signing import headers_for
from accounts.models import Actor, Dispatch, Inbox, Message, ServerBlock
from accounts.outside.line import Answer, exchange
from accounts.webhooks.delivering import KEPT, LEAST_REST, MOST_ATTEMPTS, MOST_REST, PAUSES, RUN, TAKEN

GONE: Final = 410
# After so long without any success nothing is sent there until somebody there is heard of again.
GIVEN_UP_AFTER: Final = timedelta(days=14)
MOST_AT_ONCE: Final = 500
ABOUT: Final = {"User-Agent": "Intermission (ActivityPub)", "Connection": "close"}


def send_what_waits(number: int) -> None:
    """Send what is due at this inbox, until it fails or its time is over; what is left then has a job of its own."""
    if not settings.FEDERATION or not _claim(number):
        return
    end = time.monotonic() + RUN
    try:
        while time.monotonic() < end and (taken := _take(number)) is not None:
            answer = _post(taken)
            if answer is None:
                _give_up(taken)
            elif not _note(taken, answer):
                break
    finally:
        _let_go(number)


@transaction.atomic
def take_up() -> None:
    """A job for each inbox for which something is due: further attempts, and what a lost job left."""
    now = timezone.now()
    due = Dispatch.objects.sendable().filter(inbox=OuterRef("pk"), due_at__lte=now)
    send_soon(_free(now).filter(Exists(due)).order_by("pk").values_list("pk", flat=True)[:MOST_AT_ONCE])


def sweep_messages() -> None:
    """Forget what was sent, or could not be, a week ago."""
    old = Message.objects.filter(created_at__lt=timezone.now() - KEPT).order_by("pk").values("pk")
    while Message.objects.filter(pk__in=old[:MOST_AT_ONCE]).delete()[0]:
        pass


def signed_for(actor: Actor, method: str, address: str, body: bytes | None = None) -> dict[str, str]:
    """The headers of a request in the member's name. Raises InvalidToken where the key cannot be read any more, as
    after another SECRET_KEY was set.
    """
    private = sealing_cipher().decrypt(actor.sealed.encode())
    key = key_address(actor.pk)
    return headers_for(method, address, body, key_id=key, private=private, at=timezone.now()) | ABOUT


def _free(now: datetime) -> "QuerySet[Inbox]":
    """Those to which something may be sent now."""
    free = Q(taken_until=None) | Q(taken_until__lt=now)
    rested = Q(rests_until=None) | Q(rests_until__lte=now)
    return Inbox.objects.filter(free, rested, gone_at=None)


def _claim(number: int) -> bool:
    now = timezone.now()
    return bool(_free(now).filter(pk=number).update(taken_until=now + TAKEN))


@transaction.atomic
def _take(number: int) -> Dispatch | None:
    """What is due longest, as if the attempt that follows had failed. Nothing for a server that was blocked."""
    now = timezone.now()
    rows = Dispatch.objects.select_for_update(of=("self",), skip_locked=True).select_related("message__actor", "inbox")
    due = rows.sendable().filter(inbox=number, due_at__lte=now)
    taken: Dispatch | None = due.order_by("due_at", "pk").first()
    if taken is None:
        return None
    if ServerBlock.objects.of(taken.inbox.host).exists():
        Dispatch.objects.waiting().filter(inbox=number).update(state=Dispatch.State.FAILED)
        return None
    taken.due_at, taken.attempts = now + PAUSES[min(taken.attempts, len(PAUSES) - 1)], taken.attempts + 1
    taken.save(update_fields=["due_at", "attempts"])
    return taken


def _post(taken: Dispatch) -> Answer | None:
    """None where nobody can sign in this member's name any more, as after another SECRET_KEY was set."""
    body, address = taken.message.body.encode(), taken.inbox.address
    try:
        headers = signed_for(taken.message.actor, "POST", address, body)
    except InvalidToken:
        return None
    headers["Content-Type"] = CONTENT_TYPE
    return exchange("POST", address, body, headers, inside=settings.FEDERATION_PRIVATE)


def _give_up(taken: Dispatch) -> None:
    Dispatch.objects.waiting().filter(pk=taken.pk).update(state=Dispatch.State.FAILED)


@transaction.atomic
def _note(taken: Dispatch, answer: Answer) -> bool:
    """Write the outcome down. Whether the inbox takes more.

    An answer that says that it does not want this one message (4xx) is the end of that message, not of the inbox.
    """
    now, status = timezone.now(), answer.status or 0
    inbox = Inbox.objects.select_for_update(no_key=True).filter(pk=taken.inbox_id).first()
    if inbox is None:  # its server was blocked meanwhile
        return False
    is_refused = 400 <= status < 500 and status not in {401, 408, 429}
    is_over = is_refused or taken.attempts >= MOST_ATTEMPTS
    state = Dispatch.State.SENT if 200 <= status < 300 else Dispatch.State.FAILED if is_over else Dispatch.State.WAITING
    mine = Dispatch.objects.waiting().filter(pk=taken.pk, attempts=taken.attempts)
    mine.update(state=state, status=answer.status, trouble=answer.trouble)
    if state == Dispatch.State.SENT or is_refused and status != GONE:
        Inbox.objects.filter(pk=inbox.pk).update(failing_since=None, failures=0, rests_until=None)
        return True
    since, failures = inbox.failing_since or now, inbox.failures + 1
    rest = min(timedelta(seconds=LEAST_REST * 2 ** min(failures - 1, 10)), MOST_REST)
    gone = now if since < now - GIVEN_UP_AFTER else None
    Inbox.objects.filter(pk=inbox.pk).update(
        failing_since=since, failures=failures, rests_until=now + rest, gone_at=gone
    )
    if gone:
        Dispatch.objects.waiting().filter(inbox=inbox).update(state=Dispatch.State.FAILED)
    return False


@transaction.atomic
def _let_go(number: int) -> None:
    now = timezone.now()
    Inbox.objects.filter(pk=number).update(taken_until=None)
    if Dispatch.objects.sendable().filter(inbox=number, due_at__lte=now).exists() and _free(now).filter(pk=number):
        send_soon([number])
