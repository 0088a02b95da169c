"""Sending what members want by mail: each notification once, whatever crashes.

A mail is claimed, sent and noted as sent in one transaction. The claim is a lock of PostgreSQL's that ends with the
transaction, so a worker that is killed leaves nothing claimed, and whoever comes next sends the mail. A worker killed
between sending and committing has it sent twice, with one Message-ID; a digest that nobody takes up again on its day
comes as the next day's. The claim is no lock on the row, so that nobody who reads, unlikes or deletes waits for a mail
server.
"""

import logging
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from smtplib import SMTPRecipientsRefused
from typing import Any, Final

from django.core.mail import mailers
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.mail import may_send, verified_address
from accounts.models import User
from reviews.actions.hearing import MAILED_WITHIN
from reviews.letters import Letter, letter_of_many, letter_of_one
from reviews.models import Mailing, Notice, Notification
from reviews.telling import line_of, lines_of

logger = logging.getLogger(__name__)

BATCH: Final = 50  # mails through one connection to the mail server
MOST_IN_A_DIGEST: Final = 500
DIGESTS_FROM: Final = time(6, tzinfo=UTC)  # what came later waits for the next


def mail_at_once() -> None:
    """Send all mails that are not to wait."""
    rows = _waiting(Mailing.NOW).filter(created_at__gt=timezone.now() - MAILED_WITHIN)
    for numbers in _batches(rows, "pk"):
        with mailers.default as post:
            for number in numbers:
                _mail_one(number, post)


def mail_digests(often: str, day: date) -> None:
    """Send the digests of a day: all that waited until six in the morning (UTC) of it."""
    until = datetime.combine(day, DIGESTS_FROM)
    for numbers in _batches(_waiting(often).filter(created_at__lt=until), "member"):
        with mailers.default as post:
            for member in User.objects.filter(pk__in=numbers):
                _mail_digest(member, often, day, until, post)


def _waiting(mailing: str) -> QuerySet[Notification]:
    return Notification.objects.filter(mailing=mailing, mailed_at=None)


def _batches(rows: QuerySet[Notification], key: str) -> Iterator[list[int]]:
    """The different values of a column, ascending, a few at a time; nothing is held in between."""
    after = 0
    while found := list(
        rows.filter(**{f"{key}__gt": after}).order_by(key).values_list(key, flat=True).distinct()[:BATCH]
    ):
        yield found
        after = found[-1]


@transaction.atomic
def _mail_one(number: int, post: Any) -> None:
    # First the claim, then the look: whoever held the claim before has said so in the row.
    if not may_send(f"notice:{number}"):
        return
    row = _waiting(Mailing.NOW).select_related("member").filter(pk=number).first()
    if row is None:
        return
    address = _address(row.member)
    told = worth_telling(row.member).filter(pk=number).first() if address else None
    mine = Notification.objects.filter(pk=number)
    if told is not None and _send(letter_of_one(line_of(told), to=address), post):
        mine.update(mailed_at=timezone.now())
    else:
        mine.update(mailing=Mailing.NEVER)


@transaction.atomic
def _mail_digest(member: User, often: str, day: date, until: datetime, post: Any) -> None:
    if not may_send(f"digest:{member.pk}"):
        return
    waiting = _waiting(often).filter(member=member, created_at__lt=until)
    address = _address(member)
    told: list[Notification] = []
    if address:
        among = Q(mailing=often, mailed_at=None, created_at__lt=until)
        told = list(worth_telling(member).filter(among).newest()[:MOST_IN_A_DIGEST])  # type: ignore[attr-defined]  # the stubs lose the manager
    if told and _send(letter_of_many(lines_of(told), member=member, often=often, day=day, to=address), post):
        waiting.filter(pk__in=[row.pk for row in told]).update(mailed_at=timezone.now())
    waiting.update(mailing=Mailing.NEVER)  # what is left was read by now, or may not be seen


def _address(member: User) -> str:
    return verified_address(member) if member.is_active else ""


def worth_telling(member: User) -> QuerySet[Notification]:
    """What the member may see, has not read, and can still do something about."""
    gone = Q(kind=Notice.LEAVING, details__ends_on__lt=timezone.localdate().isoformat())
    return Notification.objects.visible_to(member).filter(~gone, read_at=None).with_line()


def _send(letter: Letter, post: Any) -> bool:
    """Whether the mail server took it. Raises where it may take it later."""
    try:
        return bool(post.send_messages([letter]))
    except SMTPRecipientsRefused as refusal:
        [(code, _words)] = list(refusal.recipients.values())
        if code < 500:
            raise
        logger.warning("The mail server refused an address for good", extra={"code": code})
        return False
