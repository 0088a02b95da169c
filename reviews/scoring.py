"""How a film's score is made, with every figure that goes into it: the page and the API show the same sheet.

Version 2. Plain mean: sum ÷ count of the ratings that count. Weighted mean, a Bayesian mean with a fixed prior:
(prior × mean of the whole site + sum) ÷ (prior + count). Two public rules set ratings aside: an incident holds them
(rule 1), or their member is suspended (rule 2). docs/scoring.md tells it in full; version 1 counted all.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from accounts.models import Follow
from films.models import Film
from films.scores import prior, site_mean, weighted
from reviews.incidents import Holding, counted_of, holdings
from reviews.models import Article, Incident, Mark
from reviews.score_counts import NOTHING, Counts, counts_of, some
from reviews.voices import FEWEST_TOLD, Voices, percentages

INCIDENTS_SHOWN: Final = 10
CRITICS_SHOWN: Final = 20


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
        counts=counts_of(film),
        circle=_circle(film, viewer) if viewer.is_authenticated else None,
        incidents=holdings(film, incidents),
        articles=list(articles.newest().defer("body", "body_html")[:CRITICS_SHOWN]),
    )


def _circle(film: Film, viewer: Any) -> Voices:
    """Found by who they are, not by looking through all who rated the film."""
    people = [viewer.pk, *Follow.objects.filter(follower=viewer).values_list("followed", flat=True)]
    return some("circle", Mark.objects.visible_to(viewer).counted().filter(film=film, member__in=people))
