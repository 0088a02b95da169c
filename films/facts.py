"""What a film's page shows of the catalogue, in a fixed number of queries."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, TextField
from django.db.models.functions import Cast, JSONObject
from django.utils import timezone

from films.models import Availability, Award, Credit, Film, Job, OutsideScore, Person, SoundtrackEntry

LEADING_CAST = 12


@dataclass(frozen=True)
class Facts:
    """A film with its credits, songs, prizes, scores of others and places to watch. Four queries."""

    film: Film
    cast: list[Credit]
    crew: list[tuple[str, list[Credit]]]
    soundtrack: list[SoundtrackEntry]
    awards: list[Award]
    scores: list[OutsideScore]
    running: list[Availability]
    left: list[Availability]

    @property
    def directors(self) -> list[Credit]:
        return next((credits for job, credits in self.crew if job == str(Job.DIRECTOR.label)), [])

    @property
    def nominations(self) -> int:
        return len(self.awards)

    @property
    def prizes_won(self) -> int:
        return sum(award.outcome == Award.Outcome.WON for award in self.awards)


def with_scores(films: Any) -> Any:
    """Films with their `score_list`, which `facts_of` reads: what others make of them, figures as text."""
    value, scale = Cast("value", TextField()), Cast("scale", TextField())
    row = JSONObject(source="source", value=value, scale=scale, votes="votes", url="url")
    scores = OutsideScore.objects.filter(film=OuterRef("pk")).order_by("source")
    return films.annotate(score_list=ArraySubquery(scores.values(_row=row)))


def _score(row: dict[str, Any]) -> OutsideScore:
    return OutsideScore(**row | {"value": Decimal(row["value"]), "scale": Decimal(row["scale"])})


def facts_of(film: Any) -> Facts:
    """For a film of `with_scores`."""
    credits = list(
        Credit.objects.filter(film=film).exclude(job=Job.ACTOR, position__gt=LEADING_CAST).select_related("person")
    )
    places = list(Availability.objects.filter(film=film).select_related("service", "country"))
    today = timezone.localdate()
    return Facts(
        film=film,
        cast=[credit for credit in credits if credit.job == Job.ACTOR][:LEADING_CAST],
        crew=by_job(credit for credit in credits if credit.job != Job.ACTOR),
        soundtrack=list(SoundtrackEntry.objects.filter(film=film).select_related("artist")),
        awards=list(awards_of(film)),
        scores=[_score(row) for row in film.score_list],
        running=[
            place for place in places if not place.has_left and (place.starts_on is None or place.starts_on <= today)
        ],
        left=[place for place in places if place.has_left],
    )


def by_job(credits: Any) -> list[tuple[str, list[Credit]]]:
    """Credits under the name of their job, the jobs in the order in which `Job` lists them."""
    grouped: dict[str, list[Credit]] = {}
    for credit in credits:
        grouped.setdefault(credit.job, []).append(credit)
    return [(str(job.label), grouped[job]) for job in Job if job in grouped]


def awards_of(film: Film) -> Any:
    """The film's prizes, each with `names`: the people it names, as rows of name and slug."""
    named = Person.objects.filter(awards=OuterRef("pk")).values(_row=JSONObject(name="name", slug="slug"))
    return Award.objects.filter(film=film).select_related("lost_to_film").annotate(names=ArraySubquery(named))
