"""What a member was told, a page at a time, for the page and for programs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial, wraps
from typing import Any, Final

from accounts.compiled import LARGEST, prepared, row_of
from films.paging import Run
from reviews.models import Notification
from reviews.notices import firsts_for, told_to

NEWEST: Final = Run(("created_at", "id"))
# After everything that can be told.
END: Final = (datetime.max.replace(tzinfo=UTC), LARGEST)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told(Run):
    """The newest first; at most `most` rows are asked for. `which` is a name in WHICH.

    Which they are is found by one query, and what they say fetched by another, both compiled once: as one, PostgreSQL
    would take three times as long to plan them. What rows there are depends on nothing but these: not on the queryset.
    """

    member: int
    which: str
    most: int

    def rows(self, queryset: Any, *, start: Sequence[Any] | None, backwards: bool) -> Any:
        moment, number = start or END
        find = _FIND[self.which, backwards]
        numbers = find(member=self.member, moment=moment, number=number, most=self.most)
        lines = _lines(numbers=numbers) if numbers else []
        return lines[::-1] if backwards else lines


def runs_of(member: int, which: str, *, size: int) -> list[Run]:
    """The order of a list of Notification, for pages of at most `size` rows (films/paging.py)."""
    return [Told(NEWEST.keys, member=member, which=which, most=size + 1)]


WHICH: Final = {
    "firsts": firsts_for,
    "all": told_to,
    "unread": lambda member: told_to(member).filter(read_at=None),
    "read": lambda member: told_to(member).filter(read_at__isnull=False),
}


def _found(which: str, backwards: bool, member: Any, moment: Any, number: Any, most: Any) -> Any:
    rows = NEWEST.rows(WHICH[which](member), start=(moment, number), backwards=backwards)
    return rows.values_list("pk", flat=True)[:most]


_prepared: Final = prepared(member=row_of("accounts.User"), moment=datetime, number=int, most=int)
_FIND: Final = {
    (which, backwards): _prepared(wraps(_found)(partial(_found, which, backwards)))
    for which in WHICH
    for backwards in (False, True)
}


@prepared(numbers=list)
def _lines(numbers: Any) -> Any:
    return NEWEST.rows(Notification.objects.filter(pk__in=numbers).with_line(), start=None, backwards=False)
