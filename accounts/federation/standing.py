"""How it stands with a member elsewhere, for pages and the API."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from accounts.federation.naming import handle_of
from accounts.models import Actor, Copy, FollowElsewhere, Follower, Reaction, Refusal, Stranger, User
from accounts.models.elsewhere import names_above


@dataclass(frozen=True)
class Standing:
    """`handle` is what people elsewhere look for; nothing while it is switched off."""

    on: bool
    approves: bool
    handle: str
    followers: int
    waiting: int


def standing_of(member: User) -> Standing:
    """One query."""
    let_in = Q(followers__accepted_at__isnull=False)
    counted: Any = Actor.objects.open().filter(member=member).annotate(
        let_in=Count("followers", filter=let_in), asking=Count("followers", filter=~let_in & Q(followers__isnull=False))
    )  # fmt: skip
    actor = counted.first()
    if actor is None:
        return Standing(on=False, approves=False, handle="", followers=0, waiting=0)
    return Standing(
        on=True, approves=actor.approves, handle=handle_of(member), followers=actor.let_in, waiting=actor.asking
    )


def followers_of(member: User) -> "QuerySet[Follower]":
    """Who follows from elsewhere, or asks to."""
    return Follower.objects.filter(actor__in=Actor.objects.open().filter(member=member)).select_related("stranger")


def refusals_of(member: User) -> "QuerySet[Refusal]":
    return Refusal.objects.filter(member=member)


def is_refused(member: User, stranger: Stranger) -> bool:
    """Whether the member wants nothing of them, or of their server."""
    of = Q(uri=stranger.uri) | Q(host__in=[stranger.host, *names_above(stranger.host)])
    return Refusal.objects.filter(of, member=member).exists()


def followed_by(member: User) -> "QuerySet[FollowElsewhere]":
    """Whom the member follows elsewhere, or asked to."""
    return FollowElsewhere.objects.of(member).select_related("stranger")


def liked_elsewhere(review: int, member: int) -> dict[str, int]:
    """How many elsewhere like a member's review, and how many have passed it on. None where the house has no such."""
    if not settings.FEDERATION:
        return {}
    rows = Reaction.objects.filter(copy__kind=Copy.Kind.REVIEW, copy__number=review, copy__actor__member=member)
    return dict(rows.values_list("kind").annotate(count=Count("pk")))
