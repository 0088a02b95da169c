"""How a film's score is made, with every figure that goes into it: the page and the API show the same sheet.

Version 1. Plain mean: sum ÷ count. Weighted mean, a Bayesian mean with a fixed prior: (prior × mean of the whole
site + sum) ÷ (prior + count). All ratings count; nothing is set aside.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.conf import settings
from django.core.cache import cache
from django.db.models import Count, Q, Sum
from django.db.models.functions import TruncMonth

from films.models import Film
from films.scores import site_mean, weighted
from reviews.models import Mark, Viewing

VERSION: Final = 1
KEPT: Final = 3600  # seconds: a changed rating makes another key, so it never shows old figures


@dataclass(frozen=True)
class Voices:
    """Some of the ratings: `histogram` counts them from ½ star to 5."""

    name: str
    histogram: list[int]

    @property
    def count(self) -> int:
        return sum(self.histogram)

    @property
    def mean(self) -> float | None:
        """In stars, None without a rating."""
        total = sum(half_stars * count for half_stars, count in enumerate(self.histogram, 1))
        return total / self.count / 2 if self.count else None


@dataclass(frozen=True)
class Month:
    """The ratings of one month, and the mean of all until its end, in stars."""

    month: date
    count: int
    mean: float


@dataclass(frozen=True)
class Sheet:
    """A film's score with its arithmetic; figures in stars."""

    film: Film
    site_mean: float | None
    prior: int
    everyone: Voices
    circle: Voices | None
    first: Voices
    again: Voices
    months: list[Month]

    @property
    def weighted(self) -> float | None:
        return weighted(self.film, self.site_mean)

    @property
    def sum(self) -> Decimal:
        return Decimal(self.film.rating_sum) / 2


def sheet_of(film: Film, viewer: Any) -> Sheet:
    """The film's score as this viewer sees it: the circle is whom they follow, and themselves."""
    key = f"score-{VERSION}-{film.pk}-{film.rating_count}-{film.rating_sum}"
    months = cache.get(key)
    if months is None:
        months = _months(film)
        cache.set(key, months, KEPT)
    first, again = _viewings(film)
    return Sheet(
        film=film,
        site_mean=site_mean(),
        prior=settings.WEIGHTED_PRIOR,
        everyone=Voices("everyone", list(film.rating_histogram)),
        circle=_circle(film, viewer) if viewer.is_authenticated else None,
        first=first,
        again=again,
        months=months,
    )


def _circle(film: Film, viewer: Any) -> Voices:
    theirs = Mark.objects.rated().filter(
        Q(member=viewer) | Q(member__follows_received__follower=viewer, member__is_active=True), film=film
    )
    rows = theirs.values_list("half_stars").annotate(count=Count("pk", distinct=True)).order_by()
    return Voices("circle", _counted(rows))


def _viewings(film: Film) -> tuple[Voices, Voices]:
    """The ratings in diaries: of those who saw the film for the first time, and of those who saw it again."""
    rows = Viewing.objects.filter(film=film, half_stars__isnull=False).values_list("rewatch", "half_stars")
    counted = list(rows.annotate(count=Count("pk")).order_by())
    return (
        Voices("first", _counted((stars, count) for rewatch, stars, count in counted if not rewatch)),
        Voices("again", _counted((stars, count) for rewatch, stars, count in counted if rewatch)),
    )


def _counted(rows: Any) -> list[int]:
    histogram = [0] * 10
    for half_stars, count in rows:
        histogram[half_stars - 1] += count
    return histogram


def _months(film: Film) -> list[Month]:
    """The months with ratings, oldest first; a rating that was changed counts when it was changed last."""
    rows = (
        Mark.objects.rated()
        .filter(film=film)
        .annotate(month=TruncMonth("rated_at"))
        .values_list("month")
        .annotate(count=Count("pk"), sum=Sum("half_stars"))
        .order_by("month")
    )
    months, count, total = [], 0, 0
    for month, ratings, stars in rows:
        count, total = count + ratings, total + stars
        months.append(Month(month.date(), ratings, total / count / 2))
    return months
