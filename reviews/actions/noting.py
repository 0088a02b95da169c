"""Noting what members do, so that those who follow them hear of it: the only writer of the feed's rows.

Other actions call this in their own transaction. What an import brings is not noted: a diary of years would bury
everybody's feed.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final

from django.utils import timezone

from accounts.models import User
from films.models import Film
from reviews.models import Activity, Visibility

_is_silent: Final[ContextVar[bool]] = ContextVar("is_silent", default=False)


@contextmanager
def without_noting() -> Iterator[None]:
    """What is done in here is no line of its own: it is part of an act that is noted itself, or comes by an import.

    Lines that are taken back are taken back all the same.
    """
    before = _is_silent.set(True)
    try:
        yield
    finally:
        _is_silent.reset(before)


def note(
    *,
    member: User,
    kind: str,
    film: Film | None = None,
    visibility: str = Visibility.PUBLIC,
    again: bool = False,
    **what: Any,
) -> Activity | None:
    """Write a line of the feed about one thing (`mark`, `review`, `viewing`, `film_list`, `essay` or `other`), once.

    A second call keeps the line where it is, or with `again` brings it to the top; either way it gets this visibility.
    A line about something of the member's own has that thing's, whatever is said here (migration 0009). Inside
    `without_noting` nothing is written, and None returned.
    """
    if _is_silent.get():
        return None
    one = {name: what.get(name) for name in ("mark", "review", "viewing", "film_list", "essay", "other")}
    fresh: dict[str, Any] = {"film": film, "visibility": visibility}
    kept = fresh | {"created_at": timezone.now()} if again else fresh
    return Activity.objects.update_or_create(
        member=member, kind=kind, **one, defaults=kept, create_defaults=fresh | {"created_at": timezone.now()}
    )[0]


def unnote(*, member: User, kind: str, **what: Any) -> None:
    """Take the line back: the rating is cleared, the like withdrawn."""
    Activity.objects.filter(member=member, kind=kind, **what).delete()


def note_followers(*, members: Iterable[User], other: User) -> None:
    """Note that all of these follow the other from now on, in one statement."""
    kind = Activity.Kind.FOLLOWED
    Activity.objects.bulk_create(
        [Activity(member=member, kind=kind, other=other) for member in members], ignore_conflicts=True
    )
