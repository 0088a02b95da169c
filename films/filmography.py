"""A person's films, by job."""

from dataclasses import dataclass, field
from typing import Final

from films.models import Credit, Film, Job, Person

MOST: Final = 2000
BEST_KNOWN: Final = 6


@dataclass(slots=True)
class Part:
    """What somebody did on one film in one job; several characters or details are one part."""

    film: Film
    said: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Filmography:
    """`jobs`: each job with its parts, newest film first, the job with the most films first."""

    jobs: list[tuple[Job, list[Part]]]
    films: list[Film]
    best_known: list[Film]


def filmography_of(person: Person) -> Filmography:
    """In one query, for up to MOST credits."""
    cards = ("slug", "title", "year", "poster_key", "poster_version", "poster_alt", "rating_count", "rating_sum")
    rows = (
        Credit.objects.filter(person=person)
        .select_related("film")
        .only("job", "character", "detail", "film_id", "film__popularity", *(f"film__{name}" for name in cards))
        .order_by("-film__popularity", "-film_id", "position", "id")
    )
    films: dict[int, Film] = {}
    parts: dict[Job, dict[int, Part]] = {}
    for credit in rows[:MOST]:
        film = films.setdefault(credit.film_id, credit.film)
        part = parts.setdefault(Job(credit.job), {}).setdefault(film.pk, Part(film))
        if said := credit.character or credit.detail:
            part.said.append(said)
    jobs = [(job, sorted(found.values(), key=lambda part: _newest_first(part.film))) for job, found in parts.items()]
    order = list(Job)
    jobs.sort(key=lambda job: (job[0] == Job.THANKS, -len(job[1]), order.index(job[0])))
    return Filmography(jobs, list(films.values()), list(films.values())[:BEST_KNOWN])


def _newest_first(film: Film) -> tuple[int, str]:
    """What is not out yet or has no year is the newest of all."""
    return -(film.year or 9999), film.title
