"""Counts as a viewer sees them: without those of whom a block keeps the viewer apart.

The database keeps one count for everybody. A viewer who has no block, or is signed out, sees that; for one who has,
what the blocked add is taken off for all rows of a page at once.
"""

from collections.abc import Collection, Iterable
from typing import Any, Final

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Coalesce

from accounts.models import Block, Follow, User
from accounts.models.sight import is_signed_in
from accounts.models.viewer import Viewer

# By the name of a count: what some members add to it, and under which name that has the number of what is counted.
type Contributions = dict[str, tuple[QuerySet[Any], str]]

APART: Final = "_apart"  # behind the name of a count: what those add to it whom the viewer does not see
FOLLOWS: Final = "follows"  # the tag, for config/freshness.py, of who has how many followers, of all members


def apart_from(viewer: Viewer) -> frozenset[int]:
    """The ids of the members who block the viewer or whom the viewer blocks.

    accounts.backends reads them with the member; whoever came in by another door costs one query, once a request.
    """
    if not is_signed_in(viewer):
        return frozenset()
    member: Any = viewer  # with or without `apart_ids`
    if getattr(member, "apart_ids", None) is None:
        blocks = Block.objects.filter(Q(blocker=member) | Q(blocked=member)).values_list("blocker", "blocked")
        member.apart_ids = {number for pair in blocks for number in pair} - {member.pk}
    return frozenset(member.apart_ids)


def knowing(rows: QuerySet[Any], contributions: Contributions, by: str = "pk") -> QuerySet[Any]:
    """Rows that know themselves what `take_off` takes off their counts, so that it asks nothing more for them.

    `by`: under which name they have the number of what the counts are of, if of another row (`hand_on`).
    """
    return rows.annotate(
        **{
            name + APART: Coalesce(Subquery(_numbers(added.filter(**{key: OuterRef(by)}), key).values("number")), 0)
            for name, (added, key) in contributions.items()
        }
    )


def hand_on(row: Any, to: Any) -> None:
    """What a row that is `knowing` knows of another one."""
    vars(to).update({name: number for name, number in vars(row).items() if name.endswith(APART)})


def take_off(rows: Iterable[Any], contributions: Contributions) -> None:
    """Lower the counts of rows that were read, in place, once. They are not to be stored. One query at most."""
    fresh = [row for row in rows if not vars(row).get("counted_for_viewer")]
    if not all(name + APART in vars(row) for row in fresh for name in contributions):
        _find_out(fresh, contributions)
    for row in fresh:
        for name in contributions:
            setattr(row, name, max(0, getattr(row, name) - vars(row)[name + APART]))
        row.counted_for_viewer = True


def _find_out(rows: list[Any], contributions: Contributions) -> None:
    """What rows that are `knowing` know. One query."""
    numbers = {row.pk for row in rows}
    first, *others = (
        _numbers(added.filter(**{f"{key}__in": numbers}), key).values_list(
            Value(name, output_field=TextField()), "of", "number"
        )
        for name, (added, key) in contributions.items()
    )
    found = {(name, of): number for name, of, number in (first.union(*others, all=True) if others else first)}
    for row in rows:
        vars(row).update({name + APART: found.get((name, row.pk), 0) for name in contributions})


def _numbers(added: QuerySet[Any], key: str) -> QuerySet[Any]:
    """How many rows are `of` each."""
    return added.order_by().values(of=F(key)).annotate(number=Count("pk"))


def follows_of(apart: Collection[int]) -> Contributions:
    """What these members add to the followers of others, and to the number of those whom they follow."""
    here = Follow.objects.filter(follower_set_aside=False, followed_set_aside=False)
    return {
        "follower_count": (here.filter(follower__in=apart), "followed_id"),
        "following_count": (here.filter(followed__in=apart), "follower_id"),
    }


def count_follows(viewer: Viewer, members: Collection[User]) -> None:
    """Take off the members' followers, and those they follow, whom the viewer does not see. One query at most."""
    if (apart := apart_from(viewer)) and members:
        take_off(members, follows_of(apart))
