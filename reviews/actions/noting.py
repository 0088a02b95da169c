"""Noting what members do, so that those who follow them hear of it: the only writer of the feed's rows.

Other actions call this in their own transaction. What an import brings is not noted: a diary of years would bury
everybody's feed.
"""

from typing import Any

from django.utils import timezone

from accounts.models import User
from films.models import Film
from reviews.models import Activity, Visibility


def note(
    *,
    member: User,
    kind: str,
    film: Film | None = None,
    visibility: str = Visibility.PUBLIC,
    again: bool = False,
    **what: Any,
) -> Activity:
    """Write a line of the feed about one thing (`mark`, `review`, `viewing`, `film_list` or `other`), once.

    A second call keeps the line where it is, or with `again` brings it to the top; either way it gets this visibility.
    """
    one = {name: what.get(name) for name in ("mark", "review", "viewing", "film_list", "other")}
    fresh: dict[str, Any] = {"film": film, "visibility": visibility}
    kept = fresh | {"created_at": timezone.now()} if again else fresh
    return Activity.objects.update_or_create(
        member=member, kind=kind, **one, defaults=kept, create_defaults=fresh | {"created_at": timezone.now()}
    )[0]


def unnote(*, member: User, kind: str, **what: Any) -> None:
    """Take the line back: the rating is cleared, the like withdrawn."""
    Activity.objects.filter(member=member, kind=kind, **what).delete()
