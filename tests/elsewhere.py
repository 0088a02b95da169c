"""People on other servers, made without one; tests/accounts/peer.py is such a server."""

from typing import Any

from django.utils import timezone

from accounts.federation.switching import switch_on
from accounts.models import (
    Actor,
    Arrival,
    Copy,
    FollowElsewhere,
    Follower,
    Inbox,
    Reaction,
    Refusal,
    ServerBlock,
    Stranger,
    User,
)
from films.models import Film
from reviews.models import Review, WordElsewhere
from tests.catalogue import film, number


def stranger(name: str = "", *, host: str = "social.example.org") -> Stranger:
    """Somebody of whom the site has heard."""
    name = name or f"somebody{number()}"
    own = f"https://{host}/users/{name}"
    return Stranger.objects.create(
        uri=own, host=host, username=name, name=f"{name.capitalize()} from afar", key_id=f"{own}#main-key",
        public_key="x",
        inbox=Inbox.objects.get_or_create(address=f"{own}/inbox", defaults={"host": host})[0],
        shared=Inbox.objects.get_or_create(address=f"https://{host}/inbox", defaults={"host": host})[0],
    )  # fmt: skip


def follower(*, member: User, name: str = "", accepted: bool = True, **where: str) -> Follower:
    """Somebody elsewhere who follows a member, whom people there can follow."""
    who, now = stranger(name, **where), timezone.now()
    actor = Actor.objects.open().filter(member=member).first() or switch_on(member=member)
    asked = f"{who.uri}#follow-{number()}"
    return Follower.objects.create(actor=actor, stranger=who, activity=asked, accepted_at=now if accepted else None)


def followed_afar(*, member: User, name: str = "", state: str = "accepted", **where: str) -> FollowElsewhere:
    """Somebody elsewhere whom a member follows, who can be followed from there themselves."""
    who = stranger(name, **where)
    actor = Actor.objects.open().filter(member=member).first() or switch_on(member=member)
    return FollowElsewhere.objects.create(actor=actor, called=who.handle, stranger=who, state=state)


def word_afar(*, by: Stranger, film: Film, **said: Any) -> WordElsewhere:
    """What somebody elsewhere says about a film."""
    uri, now = f"https://{by.host}/posts/{number()}", timezone.now()
    given = {"words": "Loud and quick.", "half_stars": 9, "published_at": now, "edited_at": now} | said
    return WordElsewhere.objects.create(stranger=by, film=film, uri=uri, url=uri, **given)


def neighbours(member: User, review: Review) -> dict[str, Any]:
    """One who follows and likes, one who wants to follow, one whom the member blocks, one whom they follow and what
    that one says, and what the staff sees.
    """
    following = follower(member=member, name="zoe")
    copy = Copy.objects.create(actor=following.actor, kind="review", number=review.pk, is_due=False)
    Reaction.objects.create(
        copy=copy, stranger=following.stranger, kind="like", activity="https://social.example.org/1"
    )
    asking = follower(member=member, name="yan", accepted=False)
    followed = followed_afar(member=member, name="xia")
    assert followed.stranger is not None
    return {
        "afar": following.actor,
        "distant": following,
        "asking": asking,
        "followed_afar": followed,
        "wordelsewhere": word_afar(by=followed.stranger, film=review.film),
        "refusal": Refusal.objects.create(member=member, host="loud.example.org", called="loud.example.org"),
        "serverblock": ServerBlock.objects.create(domain="spam.example.org", reason="Nothing but advertisements."),
        "stranger": following.stranger,
        "arrival": Arrival.objects.create(
            activity="https://social.example.org/2", kind="Follow", actor=asking.stranger.uri,
            host="social.example.org", body="{}", key_id="x", signed="x", signature="x", state="done",
        ),
    }  # fmt: skip


def fill_the_post(host: str) -> None:
    """One more of everything that the staff sees of other servers."""
    who = stranger(host=host)
    word_afar(by=who, film=film())
    ServerBlock.objects.create(domain=f"spam.{host}", reason="Spam.")
    Arrival.objects.create(
        activity=f"{who.uri}#1", kind="Follow", actor=who.uri, host=host, body="{}", key_id="x", signed="x",
        signature="x",
    )  # fmt: skip
