"""Writing down what is to be sent in a member's name, and to whom, in the transaction of what it follows from."""

import json
from collections.abc import Iterable
from typing import Any, Final

from django.db import connection
from django.db.models import F
from django.db.models.functions import Coalesce

from accounts.federation.naming import CONTEXT
from accounts.models import Actor, Copy, Dispatch, Follower, Inbox, Message, Reached
from config.jobs import enqueue

# A job for each of so many at once; the schedule asks for the others' within a minute.
MOST_JOBS: Final = 200


def inboxes_of_followers(actor: Actor) -> set[int]:
    """One for each server, where it has one for all its people, and for each follower where it has not."""
    following = Follower.objects.filter(actor=actor, accepted_at__isnull=False)
    asked = following.annotate(to=Coalesce(F("stranger__shared"), F("stranger__inbox"))).values("to").distinct()
    return set(Inbox.objects.filter(pk__in=asked, gone_at=None).values_list("pk", flat=True))


def inboxes_reached(actor: Actor) -> set[int]:
    """Everywhere where something of the member's may be, also where nobody follows any more."""
    return set(Reached.objects.filter(actor=actor, inbox__gone_at=None).values_list("inbox", flat=True))


def reach(actor: int, inboxes: Iterable[int]) -> None:
    """Note that something of the member's may be there from now on."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO accounts_reached (actor_id, inbox_id) SELECT %s, unnest(%s::bigint[]) ON CONFLICT DO NOTHING",
            [actor, sorted(inboxes)],
        )


def send_to(
    inboxes: Iterable[int], activity: dict[str, Any], *, actor: Actor, copy: Copy | None = None, goodbye: bool = False
) -> Message | None:
    """Have this sent there, once to each. Raises NotInTransaction."""
    wanted = sorted(set(inboxes))
    if not wanted:
        return None
    body = json.dumps({"@context": CONTEXT} | activity, ensure_ascii=False)
    message = Message.objects.create(actor=actor, copy=copy, body=body, is_goodbye=goodbye)
    Dispatch.objects.bulk_create(Dispatch(message=message, inbox_id=inbox) for inbox in wanted)
    if copy is not None:
        reach(actor.pk, wanted)
    send_soon(wanted)
    return message


def send_soon(inboxes: Iterable[int]) -> None:
    """A job for each inbox, whatever number of messages waits for it."""
    for number in sorted(inboxes)[:MOST_JOBS]:
        enqueue("accounts.send_elsewhere", once=f"elsewhere:{number}", inbox=number)


def inbox_at(address: str, host: str) -> Inbox:
    """The inbox of that address, which `checked_address` let through; somebody there was just heard of."""
    made = Inbox.objects.get_or_create(address=address, defaults={"host": host})[0]
    hear_of_again([made.pk])
    return made


def hear_of_again(inboxes: Iterable[int | None]) -> None:
    """Somebody there speaks, so what is sent there is taken again."""
    rested: dict[str, Any] = {"gone_at": None, "failing_since": None, "failures": 0, "rests_until": None}
    Inbox.objects.filter(pk__in=[one for one in inboxes if one], gone_at__isnull=False).update(**rested)
