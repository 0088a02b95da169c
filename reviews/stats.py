"""Numbers about a member, counted from their marks and viewings."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from accounts.models import User
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


def numbers_of(member: User, viewer: Any) -> Numbers:
    """As far as the viewer may see what they count. Two queries."""
    stars = {f"s{n}": Count("pk", filter=Q(half_stars=n)) for n in range(1, 11)}
    counted = (
        Mark.objects.visible_to(viewer)
        .filter(member=member)
        .aggregate(
            watched=Count("pk", filter=Q(watched_at__isnull=False)),
            liked=Count("pk", filter=Q(liked_at__isnull=False)),
            in_watchlist=Count("pk", filter=Q(watchlisted_at__isnull=False)),
            **stars,
        )
    )
    year = timezone.localdate().year
    this_year = Viewing.objects.visible_to(viewer).filter(member=member, watched_on__year=year).count()
    return Numbers(
        watched=counted["watched"],
        liked=counted["liked"],
        in_watchlist=counted["in_watchlist"],
        histogram=[counted[f"s{n}"] for n in range(1, 11)],
        this_year=this_year,
    )
