"""What of a film's score has to be counted from its ratings, and how long a count may be used.

Up to EXACT ratings a changed one makes another key, so that nothing old is shown. Beyond, nobody waits: a reader is
given what was counted last, with the time when that was, and every hour a job counts the films that were rated since.
"""

import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from django.core.cache import cache
from django.db.models import Count, Exists, OuterRef, Q, Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone

from accounts.groups import CRITICS
from config.cache import kept_for
from films.models import Film
from reviews.models import Mark, Viewing
from reviews.voices import Voices, counted

VERSION: Final = 2
EXACT: Final = 5000
KEPT: Final = 600  # seconds
KEPT_DAYS: Final = 3
SEASONED: Final = 50
DIARIES: Final = {"first": False, "again": True}
DAY: Final = 24 * 3600
NEEDED: Final = ("rating_count", "rating_sum", "aside_histogram")
LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Month:
    """The ratings of one month that count, and the mean of all until its end, in stars."""

    month: date
    count: int
    mean: float


@dataclass(frozen=True)
class Counts:
    """What has to be counted. `counted_at` is None for films of up to EXACT ratings: these are counted as they come."""

    months: list[Month]
    first: Voices
    again: Voices
    critics: Voices
    seasoned: Voices
    counted_at: datetime | None = None
    of: tuple[int, ...] = ()  # the sums that the film had then


NOBODY: Final = [0] * 10
NOTHING: Final = Counts(
    [], Voices("first", NOBODY), Voices("again", NOBODY), Voices("critics", NOBODY), Voices("seasoned", NOBODY)
)


def counts_of(film: Film) -> Counts:
    if film.rating_count <= EXACT:
        key = "-".join(str(part) for part in ("score", VERSION, film.pk, *_numbers(film)))
        return kept_for(KEPT, key, lambda: count_anew(film))
    return kept_for(KEPT_DAYS * DAY, _key(film.pk), lambda: _counted_now(film))


def count_again(patience: float = 300) -> int:
    """Count the films with more than EXACT ratings that were rated since, or that are not kept; how many there were.

    Ends after about `patience` seconds; those whose count is the oldest come first. Raises CacheAway.
    """
    began = time.monotonic()
    films = list(Film.objects.filter(rating_count__gt=EXACT).only(*NEEDED))
    kept: dict[str, Counts] = cache.get_many([_key(film.pk) for film in films])
    when = {film: _when(film, kept.get(_key(film.pk))) for film in films}
    done = 0
    for film in sorted((film for film in films if when[film] is not None), key=lambda film: when[film] or LONG_AGO):
        if time.monotonic() - began > patience:
            break
        cache.set(_key(film.pk), _counted_now(film), KEPT_DAYS * DAY)
        done += 1
    return done


def count_anew(film: Film) -> Counts:
    """Reads all ratings of the film: at 200,000 that takes a moment (bench/score.py)."""
    marks = Mark.objects.counted().filter(film=film)
    critics = marks.filter(member__groups__name=CRITICS)
    seasoned = marks.filter(member__rating_count__gte=SEASONED)
    first, again = _viewings(film)
    return Counts(_months(film), first, again, some("critics", critics), some("seasoned", seasoned))


def some(name: str, marks: Any) -> Voices:
    rows = marks.values_list("half_stars").annotate(count=Count("pk", distinct=True)).order_by()
    return Voices(name, counted(rows))


def _viewings(film: Film) -> tuple[Voices, Voices]:
    """The ratings in diaries, of members whose rating counts: who saw it for the first time, and who saw it again."""
    rows = Viewing.objects.filter(film=film, half_stars__isnull=False, member__is_active=True)
    if any(film.aside_histogram):
        held = Mark.objects.filter(film=film, member=OuterRef("member"), incident__isnull=False)
        rows = rows.exclude(Exists(held))
    stars = list(rows.values_list("rewatch", "half_stars").annotate(count=Count("pk")).order_by())
    people = rows.aggregate(**{
        name: Count("member", distinct=True, filter=Q(rewatch=rewatch)) for name, rewatch in DIARIES.items()
    })  # fmt: skip
    first, again = (
        Voices(name, counted((n, count) for is_again, n, count in stars if is_again == rewatch), people[name])
        for name, rewatch in DIARIES.items()
    )
    return first, again


def _months(film: Film) -> list[Month]:
    """The months with ratings, oldest first; a rating that was changed counts when it was changed last."""
    rows: Iterable[tuple[Any, int, int]] = (
        Mark.objects.counted()
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


def _counted_now(film: Film) -> Counts:
    return replace(count_anew(film), counted_at=timezone.now(), of=_numbers(film))


def _when(film: Film, kept: Counts | None) -> datetime | None:
    """When the film was counted last, if it is to be counted again: LONG_AGO if that is not known."""
    if kept is None or kept.counted_at is None:
        return LONG_AGO
    is_old = kept.of != _numbers(film) or kept.counted_at < timezone.now() - timedelta(days=1)
    return kept.counted_at if is_old else None


def _numbers(film: Film) -> tuple[int, ...]:
    return film.rating_count, film.rating_sum, *film.aside_histogram


def _key(film: int) -> str:
    return f"score-{VERSION}-{film}"
