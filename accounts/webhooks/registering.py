"""What a member does with their webhooks. Each act is one transaction, and may be repeated."""

import time
from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import hold_member
from accounts.models import Delivery, Event, User, Webhook
from accounts.models.limit import SPAN, count_request
from accounts.models.webhook import TEST
from accounts.webhooks.addresses import checked_address
from accounts.webhooks.announcing import send_soon
from accounts.webhooks.signing import new_secret, seal

MOST_WEBHOOKS: Final = 10
MOST_BY_HAND: Final = 30  # tests and messages sent again, of a member in five minutes
# The secret that was renewed signs as well for so long, so that a program can be changed meanwhile.
BOTH_SIGN: Final = timedelta(days=1)

# As a webhook is when it has just been switched on.
RESTED: Final[dict[str, Any]] = {
    "off_at": None, "off_because": "", "failing_since": None, "failures": 0, "rests_until": None,
}  # fmt: skip


@transaction.atomic
def register_webhook(*, member: User, address: str, events: Iterable[str]) -> tuple[Webhook, str]:
    """The new webhook, and its secret, which is shown now and never again.

    Raises ValidationError by field for an address or events that cannot be had, and for more than MOST_WEBHOOKS.
    """
    hold_member(member)
    if Webhook.objects.filter(member=member).count() >= MOST_WEBHOOKS:
        raise ValidationError(
            _("You have %(most)d webhooks already. Remove one that you no longer use.") % {"most": MOST_WEBHOOKS},
            code="most",
        )
    secret = new_secret()
    webhook = Webhook(member=member, sealed=seal(secret))
    _say(webhook, address, events)
    webhook.save()
    return webhook, secret


@transaction.atomic
def change_webhook(*, member: User, webhook_id: int, address: str, events: Iterable[str]) -> Webhook:
    """Raises Webhook.DoesNotExist for somebody else's, ValidationError as `register_webhook` does."""
    webhook = _own(member, webhook_id)
    _say(webhook, address, events)
    webhook.save(update_fields=["address", "events"])
    return webhook


@transaction.atomic
def renew_webhook_secret(*, member: User, webhook_id: int) -> str:
    """Another secret. For a day all is signed with the one before, too. Raises Webhook.DoesNotExist."""
    webhook, secret = _own(member, webhook_id), new_secret()
    webhook.sealed_before, webhook.before_until = webhook.sealed, timezone.now() + BOTH_SIGN
    webhook.sealed = seal(secret)
    webhook.save(update_fields=["sealed", "sealed_before", "before_until"])
    return secret


@transaction.atomic
def switch_webhook(*, member: User, webhook_id: int, on: bool) -> Webhook:
    """Send to it from now on, or no more; what waits then is given up. Raises Webhook.DoesNotExist."""
    webhook = _own(member, webhook_id)
    if on and not webhook.is_on:
        Webhook.objects.filter(pk=webhook.pk).update(**RESTED)
    elif not on and webhook.is_on:
        switch_off(webhook, Webhook.Off.MEMBER)
    webhook.refresh_from_db()
    return webhook


def switch_off(webhook: Webhook, because: str) -> None:
    """Nothing is sent there any more, until its member switches it on. Within a transaction."""
    webhook.off_at, webhook.off_because = timezone.now(), because
    webhook.save(update_fields=["off_at", "off_because"])
    webhook.deliveries.waiting().update(state=Delivery.State.FAILED, due_at=None)


@transaction.atomic
def switch_off_for_house(*, administrator: User, webhook: Webhook) -> None:
    """Of somebody else's. Its member may switch it on again; who should not is to be suspended."""
    if not administrator.has_perm("accounts.delete_webhook"):
        raise PermissionDenied(_("Only administrators do this."))
    if webhook.is_on:
        switch_off(webhook, Webhook.Off.HOUSE)


@transaction.atomic
def silence_webhooks(*, member: User) -> None:
    """As tokens end with a password: whoever had it may have registered an address of theirs."""
    for webhook in Webhook.objects.select_for_update(no_key=True).filter(member=member, off_at=None).order_by("pk"):
        switch_off(webhook, Webhook.Off.PASSWORD)


def remove_webhook(*, member: User, webhook_id: int) -> None:
    """With what was sent there, and what waits."""
    Webhook.objects.filter(member=member, pk=webhook_id).delete()


@transaction.atomic
def send_test(*, member: User, webhook_id: int) -> Delivery:
    """Have a message sent that says nothing. Raises Webhook.DoesNotExist, ValidationError for one that
    is off, and after MOST_BY_HAND in five minutes.
    """
    webhook = _own(member, webhook_id)
    _require_on(webhook)
    _count_by_hand(member)
    untried = webhook.deliveries.waiting().filter(event=TEST, attempts=0).first()
    test = untried or Delivery.objects.create(webhook=webhook, event=TEST, about=webhook.pk)
    _at_once(webhook)
    return test


@transaction.atomic
def send_again(*, member: User, webhook_id: int, delivery_id: int) -> Delivery:
    """Have a message sent once more, under its number, as the row is by now.

    One that waits already, or that an untried one says as well, is that one. Raises Webhook.DoesNotExist,
    Delivery.DoesNotExist, ValidationError as `send_test` does.
    """
    webhook = _own(member, webhook_id)
    delivery: Delivery = webhook.deliveries.select_for_update().get(pk=delivery_id)
    _require_on(webhook)
    _count_by_hand(member)
    same = webhook.deliveries.waiting().filter(event=delivery.event, about=delivery.about, attempts=0).first()
    if same is None:
        Delivery.objects.filter(pk=delivery.pk).update(
            state=Delivery.State.WAITING, due_at=timezone.now(), attempts=0, status=None, trouble=""
        )
        delivery.refresh_from_db()
    _at_once(webhook)
    return same or delivery


def _own(member: User, webhook_id: int) -> Webhook:
    return Webhook.objects.select_for_update(no_key=True).get(member=member, pk=webhook_id)


def _require_on(webhook: Webhook) -> None:
    if not webhook.is_on:
        raise ValidationError(_("This webhook is switched off. Switch it on first."), code="off")


def _count_by_hand(member: User) -> None:
    """An address may be somebody else's: it is not to be flooded from here."""
    if count_request(f"webhooks:{member.pk}", int(time.time()) // SPAN) > MOST_BY_HAND:
        raise ValidationError(
            _("You have sent %(most)d messages by hand in five minutes. Wait as long before you send the next.")
            % {"most": MOST_BY_HAND},
            code="limit",
        )


def _at_once(webhook: Webhook) -> None:
    """Its member waits for it: an address that is left in peace after a failure is tried now."""
    Webhook.objects.filter(pk=webhook.pk).update(rests_until=None)
    send_soon([webhook.pk])


def _say(webhook: Webhook, address: str, events: Iterable[str]) -> None:
    wanted = set(events)
    webhook.address = checked_address(address)
    webhook.events = [event.value for event in Event if event in wanted]
    if not wanted or wanted - set(Event.values):
        raise ValidationError({"events": [_("Choose at least one of the events.")]})
    others = Webhook.objects.filter(member=webhook.member_id, address=webhook.address).exclude(pk=webhook.pk)
    if others.exists():
        raise ValidationError({"address": [_("You have a webhook of this address already. Change that one.")]})
