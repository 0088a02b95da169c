"""Telling those who follow from elsewhere what a member shows everybody, and that it is gone.

An act notes in its own transaction that a copy is due; what everybody may read of the row is read when the job comes to
it. What leaves for the first time is noted by the act (`tell_elsewhere`), so what comes in bulk is not told: neither an
import nor a made-up community. What has left is noted by triggers, whatever changes it.
"""

import json
from typing import Any, Final

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.federation.dispatching import inboxes_of_followers, inboxes_reached, send_to
from accounts.federation.following import take_all_back
from accounts.federation.naming import EVERYBODY, actor_address, copy_address, described, followers_address
from accounts.models import Actor, Copy, Dispatch, Follower, Message, User
from config.jobs import NotInTransaction, enqueue
from reviews.federation.things import created, deleted, digest_of, thing_of, updated

MOST_AT_ONCE: Final = 50  # copies in a transaction
MOST_ACTORS: Final = 500  # that the schedule looks at

# One statement. For a member whom nobody elsewhere follows it is a look into an index.
NOTE: Final = """
    INSERT INTO accounts_copy (actor_id, kind, number, is_due)
    SELECT actor.id, %(kind)s, %(number)s, true FROM accounts_actor actor
     WHERE actor.member_id = %(member)s AND actor.ended_at IS NULL
       AND EXISTS (SELECT FROM accounts_follower f WHERE f.actor_id = actor.id AND f.accepted_at IS NOT NULL)
        ON CONFLICT (kind, number, actor_id) DO UPDATE SET is_due = true
 RETURNING actor_id
"""


def tell_elsewhere(kind: Copy.Kind, *, member: User | int, number: int) -> None:
    """Have those elsewhere told of a review or a line of the diary as it is for everybody, if it is.

    Runs in the transaction of the act. Raises NotInTransaction.
    """
    if not settings.FEDERATION:
        return
    if not connection.in_atomic_block:
        raise NotInTransaction(f"tell_elsewhere({kind!r}) belongs into the transaction of what it tells of")
    who = member if isinstance(member, int) else member.pk
    with connection.cursor() as cursor:
        cursor.execute(NOTE, {"kind": kind.value, "number": number, "member": who})
        for (actor,) in cursor.fetchall():
            see_to(actor)


def tell_of_what_is_out(kind: Copy.Kind, *, number: int) -> None:
    """A job for whoever has a copy elsewhere of what an act took away, which a trigger noted; so it need not wait for
    the schedule. Within a transaction.
    """
    if settings.FEDERATION:
        for actor in Copy.objects.filter(kind=kind, number=number, is_due=True).values_list("actor", flat=True):
            see_to(actor)


def see_to(actor: int) -> None:
    """A job for what is due of an actor, whatever number of things it is."""
    enqueue("reviews.tell_elsewhere", once=f"tell_elsewhere:{actor}", actor=actor)


def tell_what_is_due(number: int) -> None:
    """What the job does: write the messages about all that is due of this actor. May be called again."""
    while _tell_some(number):
        pass


@transaction.atomic
def take_up() -> None:
    """A job for each actor of whom something is due: what a trigger noted, and what a lost job left."""
    due = Q(ended_at=None) & (Q(is_due=True) | Exists(Copy.objects.filter(actor=OuterRef("pk"), is_due=True)))
    for actor in Actor.objects.filter(due | Q(ended_at__isnull=False)).order_by("pk")[:MOST_ACTORS]:
        see_to(actor.pk)


@transaction.atomic
def _tell_some(number: int) -> bool:
    """Whether there may be more."""
    rows = Actor.objects.select_for_update(of=("self",), no_key=True).select_related("member")
    actor = rows.filter(pk=number).first()
    if actor is None:
        return False
    if actor.ended_at is not None or actor.member is None:
        _say_goodbye(actor)
        return False
    if actor.is_due:
        _tell_of_oneself(actor)
    # What an act holds just now is passed over, so that neither waits for the other: it is due again after it.
    held = Copy.objects.select_for_update(skip_locked=True).filter(actor=actor, is_due=True)
    due = list(held.order_by("pk")[:MOST_AT_ONCE])
    for copy in due:
        _tell(actor, actor.member.pk, copy)
    return len(due) == MOST_AT_ONCE


def _tell(actor: Actor, member: int, copy: Copy) -> None:
    said = thing_of(actor.pk, member, copy.kind, copy.number)
    if said is None:
        _take_back(actor, copy)
    elif copy.told_at is None:
        _keep(copy, digest_of(said))
        send_to(inboxes_of_followers(actor), created(actor.pk, said), actor=actor, copy=copy)
    elif (digest := digest_of(said)) != copy.digest:
        _keep(copy, digest)
        _renew_waiting(copy, said)
        send_to(_who_has_it(actor, copy), updated(actor.pk, said, digest), actor=actor, copy=copy)
    else:
        Copy.objects.filter(pk=copy.pk).update(is_due=False)


def _keep(copy: Copy, digest: str) -> None:
    Copy.objects.filter(pk=copy.pk).update(is_due=False, told_at=timezone.now(), digest=digest)


def _renew_waiting(copy: Copy, said: dict[str, Any]) -> None:
    """What did not leave yet leaves as it is now: an edit may have taken something out that nobody is to read."""
    waiting = Dispatch.objects.waiting().filter(message=OuterRef("pk"))
    Dispatch.objects.waiting().filter(message__copy=copy).update(due_at=timezone.now())  # before what follows
    for message in Message.objects.filter(Exists(waiting), copy=copy):
        message.body = json.dumps(json.loads(message.body) | {"object": said}, ensure_ascii=False)
        message.save(update_fields=["body"])


def _who_has_it(actor: Actor, copy: Copy) -> set[int]:
    """Where a change is told: not where the whole of it, untried, waits to leave for the first time."""
    untried = Dispatch.objects.waiting().filter(message__copy=copy, attempts=0).values_list("inbox", flat=True)
    return (inboxes_of_followers(actor) | inboxes_reached(actor)) - set(untried)


def _take_back(actor: Actor, copy: Copy) -> None:
    """Not for everybody any more, or gone: what waits goes with the copy, and all who may have it are told."""
    address = copy_address(actor.pk, copy.kind, copy.number)
    copy.delete()
    if copy.told_at is not None:
        send_to(inboxes_reached(actor), deleted(actor.pk, address), actor=actor)


def _tell_of_oneself(actor: Actor) -> None:
    said, own = described(actor), actor_address(actor.pk)
    now = timezone.now()
    Actor.objects.filter(pk=actor.pk).update(is_due=False)
    send_to(
        inboxes_of_followers(actor) | inboxes_reached(actor),
        {
            "id": f"{own}#update-{int(now.timestamp())}", "type": "Update", "actor": own, "to": [EVERYBODY],
            "cc": [followers_address(actor.pk)], "object": said,
        },
        actor=actor,
    )  # fmt: skip


def _say_goodbye(actor: Actor) -> None:
    """One message takes back all that is elsewhere. The key stays until it has arrived, or was given up."""
    if actor.said_goodbye_at is None:
        own = actor_address(actor.pk)
        inboxes = inboxes_reached(actor) | inboxes_of_followers(actor)
        Message.objects.filter(actor=actor).delete()
        Copy.objects.filter(actor=actor).delete()
        Follower.objects.filter(actor=actor).delete()
        take_all_back(actor)
        Actor.objects.filter(pk=actor.pk).update(said_goodbye_at=timezone.now(), is_due=False)
        goodbye = {"id": f"{own}#delete", "type": "Delete", "actor": own, "to": [EVERYBODY], "object": own}
        send_to(inboxes, goodbye, actor=actor, goodbye=True)
    if not Dispatch.objects.waiting().filter(message__actor=actor).exists():
        actor.delete()
