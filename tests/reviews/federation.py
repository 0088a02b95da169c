"""What tests of federation say in one line each."""

from typing import Any

from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.federation.following import follow
from accounts.federation.naming import EVERYBODY, actor_address, copy_address
from accounts.federation.switching import switch_on
from accounts.jobs import look_for_elsewhere, send_elsewhere
from accounts.models import Actor, Dispatch, FollowElsewhere, Follower, Inbox, User
from reviews.actions.reviewing import edit_review
from reviews.actions.writing import Writing
from reviews.jobs import take_up_elsewhere, tell_elsewhere
from reviews.models import Review, Viewing
from tests.accounts.peer import Got, Peer


def open_up(member: User, **how: bool) -> Actor:
    """Somebody who can be followed from elsewhere."""
    return switch_on(member=member, **how)


def followed(peer: Peer, member: User, *, by: str = "zoe") -> Actor:
    """Somebody whom a person on the peer follows; what was answered to that is there already."""
    actor = Actor.objects.open().filter(member=member).first() or open_up(member)
    peer.send(peer.activity("Follow", actor_address(actor.pk), by=by), by=by)
    assert Follower.objects.filter(actor=actor, stranger__uri=peer.who(by), accepted_at__isnull=False).exists()
    work()
    peer.got.clear()
    return actor


def work() -> None:
    """Do what the jobs would: write what is due, and send it."""
    for name, job in JOBS.items():
        found = ProcrastinateJob.objects.filter(task_name=name, status="todo")
        asked = [one.args for one in found.order_by("pk")]
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM procrastinate_jobs WHERE task_name = %s", [name])
        for args in asked:
            job(**args)


JOBS = {
    "reviews.tell_elsewhere": tell_elsewhere,
    "accounts.look_for_elsewhere": look_for_elsewhere,
    "accounts.send_elsewhere": send_elsewhere,
}


def following(peer: Peer, member: User, name: str = "zoe", *, accepted: bool = True) -> FollowElsewhere:
    """That the member follows somebody on the peer, or has asked; what went there for it is gone from there already."""
    actor = Actor.objects.open().filter(member=member).first() or open_up(member)
    made = follow(member=member, who=f"@{name}@{peer.host}")
    asked = only([got for got in told(peer) if got.kind == "Follow"])
    if accepted:
        assert peer.send(peer.activity("Accept", asked, by=name), by=name).state == "done"
    made.refresh_from_db()
    assert made.actor == actor
    return made


def word(peer: Peer, number: int | str, href: str, *, by: str = "zoe", stars: int | None = 8, **more: Any) -> dict:
    """What somebody on the peer says about a film, as NeoDB puts it; `text` is a comment."""
    uri = f"https://{peer.host}/posts/{number}"
    about = {"withRegardTo": href, "attributedTo": peer.who(by)}
    related: list[dict[str, Any]] = [{"type": "Status", "status": "complete"} | about]
    if stars is not None:
        related.append({"type": "Rating", "best": 10, "worst": 1, "value": stars} | about)
    if text := more.pop("text", ""):
        related.append({"type": "Comment", "content": text} | about)
    return {
        "id": uri, "type": "Note", "attributedTo": peer.who(by), "content": "<p>watched</p>", "url": f"{uri}/page",
        "published": "2026-11-01T20:00:00Z", "to": [EVERYBODY], "cc": [f"{peer.who(by)}/followers"],
        "tag": [{"type": "Movie", "name": "Baby Driver", "href": href}], "relatedWith": related,
    } | more  # fmt: skip


def catch_up() -> None:
    """What the schedule does every minute, as if the last attempt was a day ago."""
    Dispatch.objects.waiting().update(due_at=timezone.now())
    Inbox.objects.update(rests_until=None)
    take_up_elsewhere()
    work()


def told(peer: Peer) -> list[Got]:
    """What arrives at the peer of what is due now; it is taken away there."""
    work()
    found = list(peer.got)
    peer.got.clear()
    return found


def address_of(actor: Actor, text: Review | Viewing) -> str:
    return copy_address(actor.pk, "review" if isinstance(text, Review) else "viewing", text.pk)


def only(found: list[Got]) -> dict[str, Any]:
    [one] = found
    return one.said


def edited(review: Review, **said: object) -> Review:
    given = {"body": review.body, "half_stars": review.half_stars, "visibility": review.visibility} | said
    return edit_review(member=review.member, review=review, writing=Writing(**given))
