"""Devices that ring: let in, taken off, and rung when their member is told something.

A message may be sent twice when a job is killed in between, never not at all for that: it has the same tag, by which a
browser shows it once. What no device could be told within an hour is not told there any more; it stands on the site.
"""

import base64
import hashlib
import json
import time
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import hold_member
from accounts.models import User
from accounts.outside.addresses import checked_address
from accounts.outside.line import exchange
from reviews.actions.hearing import choose_ways
from reviews.actions.mailing import worth_telling
from reviews.actions.notifying import ring_soon
from reviews.models import Notice, NoticeChoice, Notification, PushDevice
from reviews.models.push_device import LONGEST_AGENT, LONGEST_ENDPOINT, MOST_DEVICES
from reviews.notices import all_ways
from reviews.pushing.enciphering import encipher, is_key
from reviews.pushing.vouching import vouch_for
from reviews.telling import GROUPED, Line, line_of, thing_of

RINGS_WITHIN: Final = timedelta(hours=1)
WAITS_THERE: Final = 24 * 3600  # seconds for which a push service keeps it for a device that is off
RESTS: Final = timedelta(minutes=5)  # a device that could not be reached is left in peace
GIVEN_UP_AFTER: Final = timedelta(days=14)
GONE: Final = frozenset({403, 404, 410})  # not this house's any more, or nobody's
RUN: Final = 20.0  # seconds after which a run ends; what is left has a run of its own
AT_ONCE: Final = 200
LONGEST: Final = 400  # characters of a sentence
# What asks for an answer, or must be known: the kinds that ring for whoever has chosen none.
FIRST: Final = (
    Notice.FOLLOW_REQUEST, Notice.LIST_INVITATION, Notice.COMMENT, Notice.REPLY, Notice.MENTION, Notice.TIP,
    Notice.CASE,
)  # fmt: skip


@transaction.atomic
def add_device(
    *, member: User, endpoint: str, public_key: str, secret: str, session_key: str, user_agent: str = ""
) -> PushDevice:
    """Ring this browser from now on; the one that is let in again stays the same row. Whoever was let in there before
    is told nothing there any more.

    Raises ValidationError for what no browser gives, and with the code `most` where the member has MOST_DEVICES.
    """
    endpoint = checked_address(endpoint, inside=settings.WEBHOOKS_PRIVATE)
    if len(endpoint) > LONGEST_ENDPOINT or not is_key(public_key, secret) or not session_key:
        raise ValidationError(_("Your browser said something that this site does not understand. Try again."))
    hold_member(member)
    others = PushDevice.objects.filter(member=member).exclude(endpoint=endpoint)
    others.exclude(pk__in=PushDevice.objects.of(member)).delete()
    if others.count() >= MOST_DEVICES:
        raise ValidationError(
            _("%(most)d devices ring for you already. Silence one that you no longer use.") % {"most": MOST_DEVICES},
            code="most",
        )
    said = {
        "member": member, "public_key": public_key, "secret": secret, "session_key": session_key,
        "auth_hash": member.get_session_auth_hash(), "user_agent": user_agent[:LONGEST_AGENT], "failed_at": None,
    }  # fmt: skip
    device, _is_new = PushDevice.objects.update_or_create(endpoint=endpoint, defaults=said)
    if not NoticeChoice.objects.filter(member=member, push=True).exists():
        ways = all_ways(member)
        choose_ways(member=member, ways={kind: ways[kind]._replace(push=True) for kind in FIRST})
    return device


def remove_device(*, member: User, device: PushDevice) -> None:
    """It rings no more. Raises PermissionDenied for somebody else's."""
    if device.member_id != member.pk:
        raise PermissionDenied(_("This is somebody else's device."))
    device.delete()


def forget_silent_devices() -> None:
    """Those whose member was logged out there, and those that could not be reached for a fortnight."""
    late = timezone.now() - GIVEN_UP_AFTER
    PushDevice.objects.exclude(pk__in=PushDevice.objects.going_on()).delete()
    PushDevice.objects.filter(failed_at__lt=late).delete()


def ring_what_waits() -> None:
    """Ring for what members were told within the last hour, the oldest first."""
    end, now = time.monotonic() + RUN, timezone.now()
    waiting = Notification.objects.filter(push=True)
    waiting.filter(created_at__lt=now - RINGS_WITHIN).update(push=False)
    after = 0
    while numbers := list(waiting.filter(pk__gt=after).order_by("pk").values_list("pk", "member")[:AT_ONCE]):
        for number, member in numbers:
            if time.monotonic() > end:
                with transaction.atomic():
                    ring_soon()
                return
            if _ring_for(number, member):
                Notification.objects.filter(pk=number).update(push=False)
            after = number


def _ring_for(number: int, member_id: int) -> bool:
    """Whether nothing is left to do for it. No transaction is open while somebody else's machine thinks."""
    member = User.objects.get(pk=member_id)
    devices = list(PushDevice.objects.of(member))
    if not devices:
        return True
    told = worth_telling(member).filter(pk=number).first()
    if told is None:  # read by now, taken back, or not for their eyes any more
        return True
    now, message = timezone.now(), _message(line_of(told))
    free = [device for device in devices if device.failed_at is None or device.failed_at < now - RESTS]
    taken = [_ring(device, message, now) for device in free]
    return all(taken) and len(free) == len(devices)


def _message(line: Line) -> dict[str, Any]:
    told = line.notification
    about = next(filter(None, thing_of(told)), None)
    tag = f"{told.kind}-{about}" if told.kind in GROUPED else f"notice-{told.pk}"
    return {
        "title": settings.SITE_NAME,
        "body": line.text[:LONGEST],
        "tag": tag,
        "url": f"{settings.SITE_URL}{line.url}",
    }


def _ring(device: PushDevice, message: dict[str, Any], now: datetime) -> bool:
    """Whether the push service took it, or the device is gone for good."""
    words = json.dumps(message, ensure_ascii=False).encode()
    mine = PushDevice.objects.filter(pk=device.pk)
    answer = exchange(
        "POST", device.endpoint, encipher(words, public_key=device.public_key, secret=device.secret),
        {
            "Authorization": vouch_for(device.endpoint),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(WAITS_THERE),
            "Topic": _topic(message["tag"]),
            "Urgency": "normal",
        },
        inside=settings.WEBHOOKS_PRIVATE,
    )  # fmt: skip
    if not answer.trouble:
        mine.update(rang_at=now, failed_at=None)
        return True
    if answer.status in GONE:
        mine.delete()
        return True
    mine.filter(failed_at=None).update(failed_at=now)
    return False


def _topic(tag: str) -> str:
    """At most 32 characters of base64url: what waits for a device that is off is replaced by what has the same."""
    return base64.urlsafe_b64encode(hashlib.sha256(tag.encode()).digest()[:24]).decode()
