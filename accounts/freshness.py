"""The tags under which config/freshness.py stamps what members do and who they are, and how an action says so.

What is made for one reader has their tag, and so has all that stands below a member's own address.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from config.writes import only

MEMBERS: Final = "members"  # the tag of who is here, and what they are called
FACES: Final = "faces"  # the tag of what anybody is called and looks like, for pages on which many are named


def by_tag(member_id: int | None) -> str:
    """Under which all that a member does is stamped; None for somebody signed out, who does nothing."""
    return f"by:{member_id}"


def face_tag(member_id: int) -> str:
    """The same of what a member is called and looks like, wherever they are named."""
    return f"face:{member_id}"


def near_face[**P, R](action: Callable[P, R]) -> Callable[P, R]:
    """For an action on what a `member` is called or looks like."""

    @wraps(action)
    def acted(*args: P.args, **kwargs: P.kwargs) -> R:
        member: Any = kwargs["member"]
        with only(MEMBERS, FACES, face_tag(member.pk), by_tag(member.pk)):
            return action(*args, **kwargs)

    return acted


def near_oneself[**P, R](action: Callable[P, R]) -> Callable[P, R]:
    """For an action of a `member` that shows to them alone, or to others on the member's own pages alone."""

    @wraps(action)
    def acted(*args: P.args, **kwargs: P.kwargs) -> R:
        member: Any = kwargs["member"]
        with only(by_tag(member.pk)):
            return action(*args, **kwargs)

    return acted
