"""Numbers about a member, counted from their marks and viewings."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, JSONObject
from django.utils import timezone

from accounts.compiled import for_viewers, row_of
from accounts.models import User
from accounts.models.viewer import Viewer
from reviews.models import Mark, Viewing


@dataclass(frozen=True)
class Numbers:
    """`histogram` counts the member's ratings from ½ star to 5."""

    watched: int
    liked: int
    in_watchlist: int
    histogram: list[int]
    this_year: int

    @property
    def rated(self) -> int:
        return sum(self.histogram)


def numbers_of(member: User, viewer: Viewer) -> Numbers:
    """The member's numbers, of what the viewer may see. One query."""
    year = timezone.localdate().year
    (found,) = _counted(viewer, member=member.pk, first=date(year, 1, 1), last=date(year, 12, 31))
    marks = found.marks_counted or defaultdict(int)
    return Numbers(
        watched=marks["watched"],
        liked=marks["liked"],
        in_watchlist=marks["in_watchlist"],
        histogram=[marks[f"s{n}"] for n in range(1, 11)],
        this_year=found.this_year,
    )


@for_viewers(member=row_of("accounts.User"), first=date, last=date)
def _counted(viewer: Viewer, member: Any, first: Any, last: Any) -> Any:
    """The member, with what is counted of their marks as an object: none where there is no mark."""
    kinds = {
        "watched": Q(watched_at__isnull=False),
        "liked": Q(liked_at__isnull=False),
        "in_watchlist": Q(watchlisted_at__isnull=False),
    } | {f"s{n}": Q(half_stars=n) for n in range(1, 11)}
    marks = Mark.objects.visible_to(viewer).filter(member=OuterRef("pk")).order_by().values("member")
    counted = marks.annotate(**{name: Count("pk", filter=kind) for name, kind in kinds.items()})
    logged = Viewing.objects.visible_to(viewer).filter(member=OuterRef("pk"), watched_on__range=(first, last))
    number = logged.order_by().values("member").annotate(number=Count("pk")).values("number")
    return (
        User.objects.filter(pk=member.pk)
        .only("pk")
        .annotate(
            marks_counted=Subquery(counted.values(json=JSONObject(**{name: name for name in kinds}))),
            this_year=Coalesce(Subquery(number), 0),
        )
    )
