"""People and who did what on which film: a few made very many films, and most people one or two."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from films.models import Credit, Job, Person
from films.names import normalise, person_base, spelt
from reviews.seed.community.catalogue import Films
from reviews.seed.community.chance import places_within
from reviews.seed.community.columns import Array
from reviews.seed.community.lines import NULL, copy_lines, days, safe
from reviews.seed.community.sizes import Sizes
from reviews.seed.community.stock import words
from reviews.seed.community.titles import names

JOBS: Final = (Job.DIRECTOR.value, Job.WRITER.value, Job.ACTOR.value, Job.COMPOSER.value, Job.CINEMATOGRAPHER.value)
DIRECTOR, WRITER, ACTOR, COMPOSER, CAMERA = range(len(JOBS))


@dataclass
class Crew:
    """Credits sorted by film, job and place; films and people by their places, not their ids."""

    film: Array
    job: Array
    place: Array
    person: Array

    def counts(self, people: int) -> Array:
        return np.bincount(self.person, minlength=people)


def cast_films(sizes: Sizes, films: Films) -> Crew:
    """About five a film, more where more people watch."""
    rng, number = np.random.default_rng([sizes.seed, 3]), len(films)
    fame = np.argsort(np.argsort(-films.weight)) / max(1, number)
    wanted = (
        1 + (rng.random(number) < 0.08), (rng.random(number) < 0.55).astype(int),
        rng.poisson(2.3 + 6 * (fame < 0.02)), (rng.random(number) < 0.3).astype(int),
        (rng.random(number) < 0.2).astype(int),
    )  # fmt: skip
    film = np.concatenate([np.repeat(np.arange(number, dtype=np.int32), many) for many in wanted])
    job = np.repeat(np.arange(len(JOBS), dtype=np.int8), [int(many.sum()) for many in wanted])
    person = _who(rng, sizes, films, film, job)
    # The same person twice in one job of a film is once; a writer is often the director.
    key = (film.astype(np.int64) * len(JOBS) + job) * sizes.people + person
    key = np.unique(key)
    rest, person = np.divmod(key, sizes.people)
    film, job = np.divmod(rest, len(JOBS))
    groups = film * len(JOBS) + job
    shuffled = np.lexsort((rng.random(len(key)), groups))
    film, job, person = film[shuffled], job[shuffled], person[shuffled]
    return Crew(film.astype(np.int32), job.astype(np.int8), places_within(film) + 1, person.astype(np.int32))


def _who(rng: np.random.Generator, sizes: Sizes, films: Films, film: Array, job: Array) -> Array:
    """People stand in the order of country and time: whom a film needs is looked for near its own place.

    Places that are multiples of high powers of two are taken more often: those are the much employed.
    """
    number = len(films)
    order = np.lexsort((rng.random(number), films.years, films.country))
    place = np.empty(number)
    place[order] = np.arange(number) / max(1, number)
    near = place[film] * sizes.people + rng.laplace(0, max(2.0, sizes.people / 400), len(film))
    step = 1 << rng.geometric(0.5, len(film)).clip(1, 10)
    who = (near.astype(np.int64) // step) * step
    abroad = rng.random(len(film)) < 0.05
    who[abroad] = rng.integers(0, sizes.people, abroad.sum())
    # Jobs draw from different people, but for writers.
    shift = np.array([0, 0, 1, 3, 5])[job] * (rng.random(len(film)) < 0.9)
    return (who + shift) % sizes.people


def write_people(sizes: Sizes, crew: Crew, first: int, surnames: list[str], taken: set[str]) -> list[str]:
    """COPY them; returns their names."""
    rng = np.random.default_rng([sizes.seed, 4])
    called = list(names(rng, sizes.people, surnames))
    copy_lines(
        Person, ["id", "slug", "name", "search_text", "born_on", "birthplace", "credit_count"],
        _people(rng, called, crew.counts(sizes.people).tolist(), first, surnames, taken),
    )  # fmt: skip
    return called


def _people(
    rng: np.random.Generator, called: list[str], counts: list[int], first: int, surnames: list[str], taken: set[str]
) -> Iterator[str]:
    born = days(rng.integers(-44_000, 2_000, len(called)))
    fates = rng.random(len(called)).tolist()
    numbers: dict[str, int] = {}
    for place, (name, count, day, fate) in enumerate(zip(called, counts, born, fates, strict=True)):
        key = normalise(name)
        base = person_base(spelt(key))
        number = numbers.get(base, 0) + 1
        slug = base if number == 1 else f"{base}-{number}"
        while slug in taken:
            number += 1
            slug = f"{base}-{number}"
        numbers[base] = number
        taken.add(slug)
        town = surnames[place % len(surnames)] if fate < 0.2 else ""
        yield f"{first + place}\t{slug}\t{safe(name)}\t{key}\t{day if fate < 0.45 else NULL}\t{town}\t{count}"


def write_credits(sizes: Sizes, films: Films, crew: Crew, first_person: int, called: list[str]) -> None:
    roles, given = words("characters"), words("given")
    characters = [*roles, *given, *(f"{one} {two.split()[-1]}" for one, two in zip(given, called, strict=False))]
    rng = np.random.default_rng([sizes.seed, 5])
    copy_lines(
        Credit, ["film", "person", "job", "character", "position"],
        (
            f"{film}\t{person}\t{JOBS[job]}\t{characters[role] if job == ACTOR else ''}\t{place}"
            for film, person, job, role, place in zip(
                films.ids[crew.film].tolist(), (crew.person + first_person).tolist(), crew.job.tolist(),
                rng.integers(0, len(characters), len(crew.film)).tolist(), crew.place.tolist(), strict=True,
            )
        ),
    )  # fmt: skip


def named_by_film(crew: Crew, called: list[str], films: int, job: int) -> list[list[str]]:
    """For each film the names of those who did this on it, in their order."""
    rows: list[list[str]] = [[] for _film in range(films)]
    chosen = crew.job == job
    for film, person in zip(crew.film[chosen].tolist(), crew.person[chosen].tolist(), strict=True):
        rows[film].append(called[person])
    return rows
