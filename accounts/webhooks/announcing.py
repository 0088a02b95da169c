"""Noting for whom something is to be told, in the transaction of the act: then it is sent, and only then.

What is told of the row is read when it is sent, so what happens to one row several times in a moment is told once.
What comes in bulk is not told row by row: neither what an import brings, nor the followers of an account that opens.
"""

import json
from typing import Any, Final

from django.db import connection

from accounts.models import Event, User, Webhook
from config.jobs import NotInTransaction, enqueue

# So many wait at most for one address; what comes while they do is left out (docs/webhooks.md).
MOST_WAITING: Final = 1000

# One statement, which for a member without webhooks is a look into an index. A waiting one of the same row stays.
NOTE: Final = """
    INSERT INTO accounts_delivery (webhook_id, key, event, about, gone, created_at, state, due_at, attempts, trouble)
    SELECT hook.id, gen_random_uuid(), %(event)s, %(about)s, %(gone)s::jsonb, statement_timestamp(), 'waiting',
           statement_timestamp(), 0, ''
      FROM accounts_webhook hook
     WHERE (hook.member_id = %(member)s OR %(member)s IS NULL)
       AND hook.off_at IS NULL AND hook.events @> ARRAY[%(event)s]::varchar[]
       AND (SELECT count(*) FROM (SELECT FROM accounts_delivery earlier WHERE earlier.webhook_id = hook.id
                                     AND earlier.state = 'waiting' LIMIT %(most)s) few) < %(most)s
        ON CONFLICT (webhook_id, event, about) WHERE state = 'waiting' AND attempts = 0 DO NOTHING
 RETURNING webhook_id
"""


def announce(event: Event, *, member: User | int, about: int, **gone: Any) -> None:
    """Have a member's programs told of something of theirs. `gone` is what to say of a row that is deleted.

    Runs in the transaction of the act. Raises NotInTransaction.
    """
    number = member if isinstance(member, int) else member.pk
    send_soon(_note(event, number, about, gone))


def announce_film(event: Event, *, film: int, **gone: Any) -> None:
    """Have everybody's programs told of something of the catalogue, of which a job sees to it: there may be many."""
    if Webhook.objects.filter(off_at=None, events__contains=[event]).exists():
        key = f"announce:{event}:{film}"
        enqueue("accounts.announce_to_all", once=key, event=event.value, about=film, gone=gone)


def announce_to_all(event: Event, about: int, gone: dict[str, Any]) -> None:
    """What the job does, in one transaction."""
    send_soon(_note(event, None, about, gone))


def send_soon(webhooks: list[int]) -> None:
    """A job for each address, whichever number of messages waits for it."""
    for number in webhooks:
        enqueue("reviews.send_to_webhook", once=f"webhook:{number}", number=number)


def _note(event: Event, member: int | None, about: int, gone: dict[str, Any]) -> list[int]:
    """The webhooks that want it, and for which nothing of the same is waiting yet."""
    if not connection.in_atomic_block:
        raise NotInTransaction(f"announce({event!r}) belongs into the transaction of what it tells of")
    with connection.cursor() as cursor:
        cursor.execute(
            NOTE,
            {
                "event": event.value, "about": about, "member": member,
                "gone": json.dumps(gone) if gone else None, "most": MOST_WAITING,
            },
        )  # fmt: skip
        return [webhook for (webhook,) in cursor.fetchall()]
