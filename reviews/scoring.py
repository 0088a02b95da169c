"""How a film's score is made, with every figure that goes into it: the page and the API show the same sheet.

Version 2. Plain mean: sum ÷ count of the ratings that count. Weighted mean, a Bayesian mean with a fixed prior:
(prior × mean of the whole site + sum) ÷ (prior + count). Two public rules set ratings aside: an incident holds them
(rule 1), or their member is suspended (rule 2). docs/scoring.md tells it in full; version 1 counted all.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db.models import Count, Exists, OuterRef, Q, Sum
from django.db.models.functions import TruncMonth

from accounts.groups import CRITICS
from accounts.models import Follow
from config.cache import kept_for
from films.models import Film
from films.scores import prior, site_mean, weighted
from reviews.incidents import Holding, counted_of, holdings
from reviews.models import Article, Incident, Mark, Viewing
from reviews.voices import FEWEST_TOLD, Voices, counted, percentages

VERSION: Final = 2
KEPT: Final = 600  # seconds
# Up to so many ratings a changed one makes another key, so that nothing old is shown; beyond, what has to be counted
# anew may be ten minutes old. The sum itself never is: the database keeps it with every rating.
EXACT: Final = 5000
SEASONED: Final = 50
INCIDENTS_SHOWN: Final = 10
CRITICS_SHOWN: Final = 20
DIARIES: Final = {"first": False, "again": True}


@dataclass(frozen=True)
class Month:
    """The ratings of one month that count, and the mean of all until its end, in stars."""

    month: date
    count: int
    mean: float


@dataclass(frozen=True)
class Counts:
    """What has to be counted, and is kept for a while."""

    months: list[Month]
    first: Voices
    again: Voices
    critics: Voices
    seasoned: Voices


NOBODY: Final = [0] * 10
NOTHING: Final = Counts(
    [], Voices("first", NOBODY), Voices("again", NOBODY), Voices("critics", NOBODY), Voices("seasoned", NOBODY)
)


@dataclass(frozen=True)
class Bar:
    """Half-stars, and how many gave so many: of the ratings that count, and of all; with their shares in percent."""

    half_stars: int
    counted: int
    counted_share: int
    raw: int
    raw_share: int


@dataclass(frozen=True)
class Sheet:
    """A film's score with its arithmetic; figures in stars. `is_covered`: this viewer asked to see none of it yet."""

    film: Film
    site_mean: float | None = None
    prior: int = 0
    counts: Counts = NOTHING
    circle: Voices | None = None
    incidents: list[Holding] = field(default_factory=list)
    articles: list[Article] = field(default_factory=list)
    is_covered: bool = False

    @property
    def everyone(self) -> Voices:
        return counted_of(self.film)

    @property
    def aside(self) -> Voices:
        return Voices("aside", list(self.film.aside_histogram))

    @property
    def raw(self) -> Voices:
        return Voices("raw", (self.everyone + self.aside).histogram)

    @property
    def held(self) -> int:
        """Set aside by rule 1."""
        return min(self.aside.count, sum(holding.held.count for holding in self.incidents))

    @property
    def suspended(self) -> int:
        """Set aside by rule 2; what an incident would hold besides is counted here."""
        return self.aside.count - self.held

    @property
    def bars(self) -> list[Bar]:
        here, all_ = self.everyone.histogram, self.raw.histogram
        columns = zip(here, percentages(here), all_, percentages(all_), strict=True)
        return [Bar(n, *numbers) for n, numbers in enumerate(columns, 1)]

    @property
    def voices(self) -> list[Voices]:
        """Everyone first; then those who can be told apart."""
        some = [self.circle] if self.circle else []
        counts = self.counts
        return [self.everyone, *some, counts.critics, counts.seasoned, counts.first, counts.again]

    @property
    def weighted(self) -> float | None:
        return weighted(self.film)

    @property
    def sum(self) -> Decimal:
        return Decimal(self.film.rating_sum) / 2

    @property
    def blind_mean(self) -> float | None:
        """The mean, in stars, of ratings given while their members saw no score. None if they are so few that one could
        tell whose they are.
        """
        film = self.film
        return film.blind_sum / film.blind_count / 2 if film.blind_count >= FEWEST_TOLD else None


def sheet_of(film: Film, viewer: Any) -> Sheet:
    """The film's score as this viewer sees it: the circle is whom they follow, and themselves."""
    start = prior()
    incidents = Incident.objects.filter(film=film).select_related("film")[:INCIDENTS_SHOWN]
    articles = Article.objects.published().filter(films=film, kind=Article.Kind.REVIEW, score_value__isnull=False)
    return Sheet(
        film=film,
        site_mean=site_mean(start),
        prior=start.weight,
        counts=_counts(film),
        circle=_circle(film, viewer) if viewer.is_authenticated else None,
        incidents=holdings(film, incidents),
        articles=list(articles.newest().defer("body", "body_html")[:CRITICS_SHOWN]),
    )


def _counts(film: Film) -> Counts:
    numbers = (film.rating_count, film.rating_sum, *film.aside_histogram) if film.rating_count <= EXACT else ()
    key = "-".join(str(part) for part in ("score", VERSION, film.pk, *numbers))
    return kept_for(KEPT, key, lambda: count_anew(film))


def count_anew(film: Film) -> Counts:
    """Reads all ratings of the film: at 200,000 that takes a moment (bench/score.py)."""
    marks = Mark.objects.counted().filter(film=film)
    critics = marks.filter(member__groups__name=CRITICS)
    seasoned = marks.filter(member__rating_count__gte=SEASONED)
    first, again = _viewings(film)
    return Counts(_months(film), first, again, _some("critics", critics), _some("seasoned", seasoned))


def _some(name: str, marks: Any) -> Voices:
    rows = marks.values_list("half_stars").annotate(count=Count("pk", distinct=True)).order_by()
    return Voices(name, counted(rows))


def _circle(film: Film, viewer: Any) -> Voices:
    """Found by who they are, not by looking through all who rated the film."""
    people = [viewer.pk, *Follow.objects.filter(follower=viewer).values_list("followed", flat=True)]
    return _some("circle", Mark.objects.visible_to(viewer).counted().filter(film=film, member__in=people))


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
