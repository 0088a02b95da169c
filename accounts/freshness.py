"""The tags under which config/freshness.py stamps what members do and who they are, and how an action says so.

What is made for one reader has their tag, and so has all that stands below a member's own address.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import Any, Final, Protocol

from config.writes import only

MEMBERS: Final = "members"  # the tag of who is here, and what they are called
FACES: Final = "faces"  # the tag of what anybody is called and looks like, for pages on which many are named


def by_tag(member_id: int | None) -> str:
    """The tag of all that a member does. None is for somebody signed out, who does nothing."""
    return f"by:{member_id}"


def face_tag(member_id: int) -> str:
    """The tag of what a member is called and looks like, for whatever names them."""
    return f"face:{member_id}"


class Near(Protocol):
    """A decorator that leaves what an action takes and returns as it is."""

    def __call__[**P, R](self, action: Callable[P, R], /) -> Callable[P, R]: ...


def near(tags_of: Callable[[Mapping[str, Any]], Iterable[str]]) -> Near:
    """A decorator for actions: everything that the action writes shows under the tags that `tags_of` tells, and nowhere
    else. `tags_of` gets the action's keyword arguments.
    """

    def declare[**P, R](action: Callable[P, R]) -> Callable[P, R]:
        @wraps(action)
        def acted(*args: P.args, **kwargs: P.kwargs) -> R:
            with only(*tags_of(kwargs)):
                return action(*args, **kwargs)

        return acted

    return declare


# For an action on what a `member` is called or looks like.
near_face: Final = near(
    lambda given: (MEMBERS, FACES, face_tag(given["member"].pk), by_tag(given["member"].pk))
)  # fmt: skip
# For an action of a `member` that shows to them alone, or to others on the member's own pages alone.
near_oneself: Final = near(lambda given: (by_tag(given["member"].pk),))
