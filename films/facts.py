"""What a film's page shows of the catalogue, in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.utils import timezone

from accounts.compiled import prepared
from films.models import (
    Artist,
    Availability,
    Award,
    Country,
    Credit,
    Film,
    Job,
    OutsideScore,
    Person,
    Release,
    SoundtrackEntry,
)

LEADING_CAST = 12


@dataclass(frozen=True)
class Ceremony:
    """The prizes of one evening. `url`: its page, if the award has one."""

    name: str
    year: int
    url: str
    awards: list[Award]


@dataclass(frozen=True)
class Billed:
    """Who stands on the poster."""

    directors: list[Person]
    actors: list[Person]


@dataclass(frozen=True)
class Facts:
    """A film with its credits, songs, prizes, scores of others, releases and places to watch. Two queries."""

    film: Film
    cast: list[Credit]
    crew: list[tuple[str, list[Credit]]]
    soundtrack: list[SoundtrackEntry]
    awards: list[Award]
    scores: list[OutsideScore]
    releases: list[Release]
    parts: list[Film]
    running: list[Availability]
    coming: list[Availability]
    left: list[Availability]

    @property
    def directors(self) -> list[Credit]:
        return next((credits for job, credits in self.crew if job == str(Job.DIRECTOR.label)), [])

    @property
    def billed(self) -> Billed:
        return Billed([credit.person for credit in self.directors], [credit.person for credit in self.cast])

    @property
    def prizes_won(self) -> int:
        return sum(award.outcome == Award.Outcome.WON for award in self.awards)

    @property
    def ceremonies(self) -> list[Ceremony]:
        return [
            Ceremony(name, year, url, list(awards))
            for (name, year, url), awards in groupby(self.awards, lambda a: (a.award, a.year, a.year_url))
        ]

    @property
    def countries_released(self) -> int:
        return len({release.country_id for release in self.releases})


@prepared(film=int)
def _credits(film: Any) -> Any:
    shown = "job", "character", "detail", "person__slug", "person__name"
    leading = Credit.objects.filter(film=film).exclude(job=Job.ACTOR, position__gt=LEADING_CAST)
    return leading.select_related("person").only(*shown)


@prepared(film=int)
def _places(film: Any) -> Any:
    places = Availability.objects.filter(film=film).select_related("service", "country")
    return places.order_by("country__name", "service__name", "kind", "starts_on")


def facts_of(film: Any) -> Facts:
    """For a film of `films.details.with_details` and `with_songs_and_prizes`."""
    credits = _credits(film=film.pk)
    places = _places(film=film.pk)
    today = timezone.localdate()
    coming = [place for place in places if not place.has_left and place.starts_on and place.starts_on > today]
    return Facts(
        film=film,
        cast=[credit for credit in credits if credit.job == Job.ACTOR][:LEADING_CAST],
        crew=by_job(credit for credit in credits if credit.job != Job.ACTOR),
        soundtrack=[_song(row) for row in film.song_list],
        awards=[_prize(row) for row in film.prize_list],
        scores=[_score(row) for row in film.score_list],
        releases=[_release(row) for row in film.release_list],
        parts=[Film.of_row(row) for row in film.part_list],
        running=[place for place in places if not place.has_left and place not in coming],
        coming=coming,
        left=sorted((place for place in places if place.has_left), key=_latest_first),
    )


def _latest_first(place: Availability) -> int:
    return -place.ends_on.toordinal() if place.ends_on else 0


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def _score(row: dict[str, Any]) -> OutsideScore:
    figures = {"value": Decimal(row["value"]), "scale": Decimal(row["scale"]), "as_of": _day(row["as_of"])}
    return OutsideScore(**row | figures)


def _song(row: dict[str, Any]) -> SoundtrackEntry:
    artist = row["artist"] and Artist(name=row["artist"], slug=row["artist_slug"])
    return SoundtrackEntry(title=row["title"], scene=row["scene"], artist=artist)


def _prize(row: dict[str, Any]) -> Award:
    """With `names`: the people it names, as rows of slug and name."""
    winner = row["lost_to_slug"] and Film(slug=row["lost_to_slug"], title=row["lost_to_title"])
    facts = {name: row[name] for name in ("award", "year", "category", "outcome", "lost_to")}
    award = Award(**facts, lost_to_film=winner)
    award.slug = row["slug"]
    award.names = row["names"]  # type: ignore[attr-defined]  # for the template
    return award


def _release(row: dict[str, Any]) -> Release:
    return Release(
        country=Country(code=row["country"], name=row["country_name"]), kind=row["kind"],
        released_on=_day(row["released_on"]), certificate=row["certificate"], note=row["note"],
    )  # fmt: skip


def by_job(credits: Iterable[Credit]) -> list[tuple[str, list[Credit]]]:
    """Credits under the name of their job, the jobs in the order in which `Job` lists them."""
    grouped: dict[str, list[Credit]] = {}
    for credit in credits:
        grouped.setdefault(credit.job, []).append(credit)
    return [(str(job.label), grouped[job]) for job in Job if job in grouped]


def with_names(awards: Any) -> Any:
    """Prizes with the film that won instead, and `names`."""
    named = Person.objects.filter(awards=OuterRef("pk")).order_by("search_text", "name")
    rows = named.values(_row=JSONObject(name="name", slug="slug"))
    return awards.select_related("lost_to_film").annotate(names=ArraySubquery(rows))
