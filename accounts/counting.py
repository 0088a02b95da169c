"""Counts as a viewer sees them: without those of whom a block keeps the viewer apart.

The database keeps one count for everybody. A viewer who has no block, or is signed out, sees that; for one who has,
what the blocked add is taken off for all rows of a page at once.
"""

from collections.abc import Collection, Iterable
from typing import Any, Final

from django.db.models import Count, F, Q, QuerySet, TextField, Value

from accounts.models import Block, Follow, User
from accounts.models.sight import is_signed_in

FOLLOWS: Final = "follows"  # the tag, for config/freshness.py, of who has how many followers, of all members


def apart_from(viewer: Any) -> frozenset[int]:
    """The ids of the members who block the viewer or whom the viewer blocks.

    accounts.backends reads them with the member; whoever came in by another door costs one query, once a request.
    """
    if not is_signed_in(viewer):
        return frozenset()
    if getattr(viewer, "apart_ids", None) is None:
        blocks = Block.objects.filter(Q(blocker=viewer) | Q(blocked=viewer)).values_list("blocker", "blocked")
        viewer.apart_ids = {number for pair in blocks for number in pair} - {viewer.pk}
    return frozenset(viewer.apart_ids)


def added(name: str, rows: QuerySet[Any], target: str) -> QuerySet[Any]:
    """How many of these rows each target has, as rows of (name of the count, target, number)."""
    counted = rows.order_by().values(of=F(target)).annotate(number=Count("pk"))
    return counted.values_list(Value(name, output_field=TextField()), "of", "number")


def take_off(rows: Iterable[Any], contributions: Collection[QuerySet[Any]]) -> None:
    """Lower the counts of rows that were read, in place, once. They are not to be stored. One query."""
    fresh = {row.pk: row for row in rows if not vars(row).get("counted_for_viewer")}
    if not fresh:
        return
    first, *others = contributions
    for name, number, count in first.union(*others, all=True) if others else first:
        setattr(fresh[number], name, max(0, getattr(fresh[number], name) - count))
    for row in fresh.values():
        row.counted_for_viewer = True


def count_follows(viewer: Any, members: Collection[User]) -> None:
    """Take off the members' followers, and those they follow, whom the viewer does not see. One query at most."""
    if (apart := apart_from(viewer)) and members:
        here = Follow.objects.filter(follower_set_aside=False, followed_set_aside=False)
        take_off(
            members,
            [
                added("follower_count", here.filter(followed__in=members, follower__in=apart), "followed_id"),
                added("following_count", here.filter(follower__in=members, followed__in=apart), "follower_id"),
            ],
        )
