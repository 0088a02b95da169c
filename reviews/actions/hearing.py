"""What members do with what they are told: read it, choose how to hear, ask for no more mails."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from reviews.actions.notifying import note_told
from reviews.models import Mailing, Notice, NoticeChoice, Notification
from reviews.notices import Way, all_ways
from reviews.telling import GROUPED, THINGS

KEPT: Final = timedelta(days=180)
# A mail that could not be sent for so long is not sent any more.
MAILED_WITHIN: Final = timedelta(days=3)


def mark_read(*, member: User, notification: Notification, read: bool = True) -> Notification:
    """With it, those that are told in the same line. Raises PermissionDenied for somebody else's."""
    if notification.member_id != member.pk:
        raise PermissionDenied(_("This was told to somebody else."))
    rows = Notification.objects.filter(member=member)
    if notification.kind in GROUPED and read:
        things = {name: getattr(notification, f"{name}_id") for name in THINGS}
        alike = Q(kind=notification.kind, **things)
        rows = rows.filter(Q(pk=notification.pk) | alike)
    else:
        rows = rows.filter(pk=notification.pk)
    rows.filter(read_at__isnull=read).update(read_at=timezone.now() if read else None)
    note_told([member.pk])
    notification.refresh_from_db(fields=["read_at"])
    return notification


def mark_all_read(*, member: User) -> int:
    """How many they had not read."""
    number = Notification.objects.filter(member=member, read_at=None).update(read_at=timezone.now())
    note_told([member.pk])
    return number


@transaction.atomic
def choose_ways(*, member: User, ways: Mapping[str, Way]) -> dict[str, Way]:
    """How to hear of these kinds from now on; the others stay as they are. Returns all of them.

    Mails that wait follow: what is to be mailed never is not mailed, what moves to a digest waits for it.
    Raises ValidationError for a kind or a time that there is not.
    """
    for kind, way in ways.items():
        if kind not in Notice.values or way.mailing not in Mailing.values:
            raise ValidationError({str(kind): [_("Choose one of the kinds and times that the page lists.")]})
    User.objects.select_for_update(no_key=True, of=("self",)).only("pk").get(pk=member.pk)
    rows = [
        NoticeChoice(member=member, kind=kind, on_site=way.on_site, mailing=way.mailing, push=way.push)
        for kind, way in ways.items()
    ]
    NoticeChoice.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["member", "kind"], update_fields=["on_site", "mailing", "push"]
    )
    waiting = Notification.objects.filter(member=member, mailed_at=None).exclude(mailing=Mailing.NEVER)
    for mailing in (Mailing.NEVER, Mailing.DAILY, Mailing.WEEKLY):
        kinds = [kind for kind, way in ways.items() if way.mailing == mailing]
        if kinds:
            waiting.filter(kind__in=kinds).exclude(mailing=mailing).update(mailing=mailing)
    silent = [kind for kind, way in ways.items() if not way.push]
    Notification.objects.filter(member=member, push=True, kind__in=silent).update(push=False)
    return all_ways(member)


def stop_mails(*, member: User, what: str) -> list[str]:
    """No more mails of a kind, or of those that come daily or weekly. Returns the kinds. May be repeated.

    Raises ValidationError for what is neither.
    """
    if what not in {*Notice.values, Mailing.DAILY, Mailing.WEEKLY}:
        raise ValidationError(_("There are no such mails."))
    ways = all_ways(member)
    stopped = [kind for kind, way in ways.items() if what in {kind, way.mailing} and way.mailing != Mailing.NEVER]
    choose_ways(member=member, ways={kind: ways[kind]._replace(mailing=Mailing.NEVER) for kind in stopped})
    return stopped


def forget_old() -> None:
    """What was read, or was never for the page, and is older than half a year; mails that are too late to send."""
    now = timezone.now()
    old = Notification.objects.filter(created_at__lt=now - KEPT)
    old.filter(Q(read_at__isnull=False) | Q(is_on_site=False)).delete()
    late = Notification.objects.filter(mailing=Mailing.NOW, mailed_at=None, created_at__lt=now - MAILED_WITHIN)
    late.update(mailing=Mailing.NEVER)
