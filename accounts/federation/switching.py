"""What a member does about being followed from elsewhere. Each act is one transaction, and may be repeated."""

import time
from typing import Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import DAY, hold_member
from accounts.federation.answering import accept, reject
from accounts.federation.following import take_back_from
from accounts.federation.naming import sealing_cipher
from accounts.federation.signing import new_keys
from accounts.freshness import near_oneself
from accounts.models import Actor, Follower, Reaction, Refusal, User
from accounts.models.elsewhere import below
from accounts.models.limit import SPAN, count_request
from config.jobs import enqueue
from config.writes import note

MOST_REFUSALS: Final = 1000
MOST_KEYS: Final = 20  # of a member in a day


@transaction.atomic
def switch_on(*, member: User, approves: bool = False) -> Actor:
    """People elsewhere can follow the member from now on.

    Raises ValidationError for a private account, and where the house speaks to no others.
    """
    hold_member(member)
    if (actor := Actor.objects.open().filter(member=member).first()) is not None:
        return choose_approval(member=member, approves=approves) or actor
    if not settings.FEDERATION:
        raise ValidationError(_("This site cannot be followed from elsewhere."), code="off")
    if not User.objects.filter(pk=member.pk, is_active=True, is_private=False).exists():
        raise ValidationError(
            _("Your account is private. Nobody elsewhere can follow it, since what leaves is for everyone."),
            code="private",
        )
    _count_keys(member)
    public, private = new_keys()
    sealed = sealing_cipher().encrypt(private).decode()
    return Actor.objects.create(member=member, public_key=public, sealed=sealed, approves=approves)


@near_oneself
@transaction.atomic
def switch_off(*, member: User) -> None:
    """Nobody elsewhere follows the member any more, nor do they follow anybody there, and all who may have something of
    theirs are asked to delete it.
    """
    hold_member(member)
    note(connection)  # what they read of others is gone from their pages, by rows of which none is made
    for actor in Actor.objects.filter(member=member, ended_at=None):
        Actor.objects.filter(pk=actor.pk).update(ended_at=timezone.now())
        enqueue("reviews.tell_elsewhere", once=f"tell_elsewhere:{actor.pk}", actor=actor.pk)


@transaction.atomic
def choose_approval(*, member: User, approves: bool) -> Actor | None:
    """Whether the member looks at each who wants to follow first. Who waits already still waits."""
    hold_member(member)
    for actor in Actor.objects.open().filter(member=member).exclude(approves=approves):
        actor.approves, actor.is_due = approves, True
        actor.save(update_fields=["approves", "is_due"])
        enqueue("reviews.tell_elsewhere", once=f"tell_elsewhere:{actor.pk}", actor=actor.pk)
    return Actor.objects.open().filter(member=member).first()


@transaction.atomic
def let_follow(*, member: User, follower_id: int) -> Follower:
    """Let in somebody who waits. Raises Follower.DoesNotExist."""
    follower = _mine(member, follower_id)
    if follower.accepted_at is None:
        follower.accepted_at = timezone.now()
        follower.save(update_fields=["accepted_at"])
        accept(follower)
    return follower


@transaction.atomic
def remove_follower(*, member: User, follower_id: int) -> None:
    """They follow no more, or are not let in, and their server is told. Raises Follower.DoesNotExist."""
    follower = _mine(member, follower_id)
    reject(follower)
    follower.delete()


@transaction.atomic
def refuse(*, member: User, follower_id: int, whole_server: bool = False) -> Refusal:
    """Somebody who follows, or everybody of their server, does so no more, and is not heard of again.

    Raises Follower.DoesNotExist, and ValidationError for more than MOST_REFUSALS.
    """
    hold_member(member)
    stranger = _mine(member, follower_id).stranger
    of = {"host": stranger.host} if whole_server else {"uri": stranger.uri}
    if Refusal.objects.filter(member=member).count() >= MOST_REFUSALS:
        raise ValidationError(_("You block too many already. Lift one of the blocks first."), code="most")
    called = stranger.host if whole_server else stranger.handle
    made = Refusal.objects.get_or_create(member=member, **of, defaults={"called": called})[0]
    gone = below([stranger.host], "stranger__host") if whole_server else Q(stranger=stranger)
    for follower in Follower.objects.filter(gone, actor__member=member).select_related("stranger__inbox", "actor"):
        reject(follower)
        follower.delete()
    Reaction.objects.filter(gone, copy__actor__member=member).delete()
    take_back_from(member, below([stranger.host]) if whole_server else Q(pk=stranger.pk))
    return made


def lift_refusal(*, member: User, refusal_id: int) -> None:
    """They may follow again; nothing of before comes back."""
    for refusal in Refusal.objects.filter(member=member, pk=refusal_id):
        refusal.delete()


def _count_keys(member: User) -> None:
    """Making one takes a moment of a processor."""
    if count_request(f"keys:{member.pk}", (int(time.time()) // DAY + 1) * DAY // SPAN) > MOST_KEYS:
        raise ValidationError(_("You have switched this on very often today. Do it tomorrow."), code="limit")


def _mine(member: User, follower_id: int) -> Follower:
    rows = Follower.objects.select_for_update(of=("self",), no_key=True).select_related("stranger__inbox", "actor")
    return rows.get(actor__member=member, actor__ended_at=None, pk=follower_id)
