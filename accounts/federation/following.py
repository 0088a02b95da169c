"""What a member does about following people elsewhere, and what their servers answer.

Who it is, a job looks up. Nobody is asked from within a transaction, and nobody is followed of whom it is not known.
"""

import time
from datetime import timedelta
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import DAY, hold_member
from accounts.federation.asking import NotFound, NotNow
from accounts.federation.dispatching import reach, send_to
from accounts.federation.finding import find, host_called, named
from accounts.federation.naming import actor_address
from accounts.federation.standing import is_refused
from accounts.freshness import by_tag, near_oneself
from accounts.models import Actor, FollowElsewhere, Message, Refusal, Stranger, User
from accounts.models.elsewhere import names_above
from accounts.models.limit import SPAN, count_request
from config.jobs import enqueue
from config.writes import only, unseen

State = FollowElsewhere.State

MOST_FOLLOWED: Final = 500  # by a member
MOST_SOUGHT: Final = 60  # in a day: each has the site ask a server that somebody names
PAUSES: Final = (60, 600)  # seconds until the next attempt to find them
LOST_AFTER: Final = timedelta(minutes=20)
MOST_AT_ONCE: Final = 200
MARK: Final = "#follow-"  # in the address of what asks, before its number


@near_oneself
@transaction.atomic
def follow(*, member: User, who: str) -> FollowElsewhere:
    """Have somebody looked for and asked. Whom the member follows already is not asked again.

    Raises ValidationError by field, and where the member cannot be followed from elsewhere: they are told who asks.
    """
    hold_member(member)
    called = named(who)
    actor = Actor.objects.open().filter(member=member).first()
    if actor is None or not settings.FEDERATION:
        raise ValidationError(
            _("Switch on first that people elsewhere can follow you: whom you follow there is told who you are."),
            code="off",
        )
    theirs = FollowElsewhere.objects.filter(actor=actor)
    theirs.filter(called=called, state__in=[State.MISSING, State.REFUSED]).delete()
    if (known := theirs.filter(called=called).first()) is not None:
        return known
    _check(member, called, theirs.count())
    made = FollowElsewhere.objects.create(actor=actor, called=called)
    _enqueue(made.pk)
    return made


@near_oneself
@transaction.atomic
def unfollow(*, member: User, follow_id: int) -> None:
    """Their server is told, unless it never heard of it. Raises FollowElsewhere.DoesNotExist."""
    rows = FollowElsewhere.objects.of(member).select_for_update(of=("self",), no_key=True)
    _take_back(rows.select_related("stranger", "actor").get(pk=follow_id))


def take_back_from(member: User, strangers: Any) -> None:
    """The member follows none of these people any more, by a condition on their rows. Within a transaction."""
    rows = FollowElsewhere.objects.of(member).filter(stranger__in=Stranger.objects.filter(strangers))
    for one in rows.select_related("stranger", "actor"):
        _take_back(one)


def take_all_back(actor: Actor) -> None:
    """Of somebody who has ended. Within a transaction."""
    for one in FollowElsewhere.objects.filter(actor=actor).select_related("stranger", "actor"):
        _take_back(one, goodbye=True)


def look_for(number: int) -> None:
    """What the job does: find out who it is, and ask to follow. May be called again."""
    with unseen():  # what comes of it is shown where nothing is kept, until they say yes
        _look_for(number)


def _look_for(number: int) -> None:
    row = _sought().filter(pk=number).select_related("actor__member").first()
    if row is None or not settings.FEDERATION:
        return
    try:
        stranger = find(row.called, for_actor=row.actor)
    except NotFound:
        _sought().filter(pk=number).update(state=State.MISSING)
    except NotNow:
        _later(row)
    else:
        _ask(number, stranger)


@transaction.atomic
def take_up() -> None:
    """A job for each whose job was lost."""
    lost = _sought().filter(created_at__lt=timezone.now() - LOST_AFTER)
    for number in lost.order_by("pk").values_list("pk", flat=True)[:MOST_AT_ONCE]:
        _enqueue(number)


def answer(*, actor: Actor, stranger: Stranger, number: int | None, accepts: bool) -> bool:
    """What somebody's server answers to a member who asked, or takes back later. Whether there was such a question.

    `number`: of the follow, where the answer names it. Within a transaction.
    """
    asked = FollowElsewhere.objects.filter(actor=actor, stranger=stranger)
    asked = asked if number is None else asked.filter(pk=number)
    with only(by_tag(actor.member_id)):
        if accepts:
            return bool(asked.exclude(state=State.REFUSED).update(state=State.ACCEPTED))
        return bool(asked.update(state=State.REFUSED))


def _sought() -> Any:
    return FollowElsewhere.objects.filter(state=State.SOUGHT, actor__in=Actor.objects.open())


def _check(member: User, called: str, already: int) -> None:
    host = host_called(called)
    if Refusal.objects.filter(member=member, host__in=[host, *names_above(host)]).exists():
        raise ValidationError({"who": [_("You block all of this server. Unblock it first.")]})
    if already >= MOST_FOLLOWED:
        raise ValidationError({"who": [_("You follow very many people elsewhere. Unfollow somebody first.")]})
    if count_request(f"sought:{member.pk}", (int(time.time()) // DAY + 1) * DAY // SPAN) > MOST_SOUGHT:
        raise ValidationError({"who": [_("You have looked for very many people today. Go on tomorrow.")]})


@transaction.atomic
def _ask(number: int, stranger: Stranger) -> None:
    rows = _sought().select_for_update(of=("self",), no_key=True).select_related("actor__member")
    row = rows.filter(pk=number).first()
    # A server may have been blocked while it was asked, and what was known of it is gone then.
    if row is None or not Stranger.objects.filter(pk=stranger.pk).exists():
        return
    theirs = FollowElsewhere.objects.filter(actor=row.actor, stranger=stranger)
    theirs.filter(state=State.REFUSED).delete()
    if theirs.exists():
        row.delete()  # by another name they are followed already
        return
    if is_refused(row.actor.member, stranger):
        row.state = State.MISSING
        row.save(update_fields=["state"])
        return
    row.stranger, row.state = stranger, State.ASKED
    row.message = send_to([stranger.inbox_id], _asking(row), actor=row.actor)
    row.save(update_fields=["stranger", "state", "message"])
    reach(row.actor_id, [stranger.post_box])


def _asking(row: FollowElsewhere) -> dict[str, Any]:
    assert row.stranger is not None
    own = actor_address(row.actor_id)
    theirs = row.stranger.uri
    return {"id": f"{own}{MARK}{row.pk}", "type": "Follow", "actor": own, "to": [theirs], "object": theirs}


def _take_back(row: FollowElsewhere, *, goodbye: bool = False) -> None:
    """What has not left yet never leaves. It is taken back all the same: it may be on its way."""
    if row.message_id:
        Message.objects.filter(pk=row.message_id).delete()
    if row.stranger is not None and row.state != State.REFUSED:
        asked = _asking(row)
        said = {"id": f"{asked['id']}-undo", "type": "Undo", "actor": asked["actor"], "to": asked["to"]}
        send_to([row.stranger.inbox_id], said | {"object": asked}, actor=row.actor, goodbye=goodbye)
    with only(by_tag(row.actor.member_id)):
        row.delete()


@transaction.atomic
def _later(row: FollowElsewhere) -> None:
    if row.attempts >= len(PAUSES):
        _sought().filter(pk=row.pk).update(state=State.MISSING)
        return
    _sought().filter(pk=row.pk).update(attempts=row.attempts + 1)
    _enqueue(row.pk, timezone.now() + timedelta(seconds=PAUSES[row.attempts]))


def _enqueue(number: int, at: Any = None) -> None:
    enqueue("accounts.look_for_elsewhere", once=f"look_for_elsewhere:{number}", at=at, number=number)
