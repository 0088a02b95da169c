"""What is answered to somebody elsewhere who wants to follow."""

from typing import Any

from accounts.federation.dispatching import reach, send_to
from accounts.federation.naming import actor_address
from accounts.models import Follower


def accept(follower: Follower) -> None:
    """Tell their server that they follow. Within a transaction."""
    _answer(follower, "Accept")
    reach(follower.actor_id, [follower.stranger.post_box])


def reject(follower: Follower) -> None:
    """Tell their server that they do not, or no longer. Within a transaction."""
    _answer(follower, "Reject")


def _answer(follower: Follower, kind: str) -> None:
    own, stranger = actor_address(follower.actor_id), follower.stranger
    asked: dict[str, Any] = {"id": follower.activity, "type": "Follow", "actor": stranger.uri, "object": own}
    number = f"{own}#{kind.lower()}-{follower.pk}"
    activity = {"id": number, "type": kind, "actor": own, "to": [stranger.uri], "object": asked}
    send_to([stranger.inbox_id], activity, actor=follower.actor)
