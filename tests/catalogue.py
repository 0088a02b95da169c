"""Films and what belongs to them, made in one line each. Tests call all of it by tests/make.py."""

import itertools
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.text import slugify

from films.actions.naming import named_term
from films.models import (
    AccessFeature,
    Artist,
    Availability,
    Collection,
    CollectionEntry,
    ContentNote,
    Country,
    Credit,
    Film,
    Genre,
    Job,
    Language,
    Person,
    Release,
    Service,
    SoundtrackEntry,
)
from films.names import normalise, person_slug_for, slug_for, sort_title

_numbers = itertools.count(1)


def number() -> int:
    """A number that no other row of this run has."""
    return next(_numbers)


def person(*, name: str = "", **fields: Any) -> Person:
    name = name or f"Person {number()}"
    taken = set(Person.objects.values_list("slug", flat=True))
    return Person.objects.create(name=name, slug=person_slug_for(name, taken), search_text=normalise(name), **fields)


def film(
    *,
    title: str = "",
    year: int | None = 2017,
    genres: Iterable[str] = (),
    countries: Iterable[str] = (),
    languages: Iterable[str] = (),
    directors: Sequence[str] = (),
    cast: Sequence[tuple[str, str]] = (),
    **facts: Any,
) -> Film:
    """A film; genres by name, countries and languages by code, directors by name, cast as (name, character)."""
    title = title or f"Film {number()}"
    taken = set(Film.objects.values_list("slug", flat=True))
    facts.setdefault("slug", slug_for(title, year, taken))
    facts.setdefault("search_text", normalise(" ".join([title, str(year or ""), *directors])))
    made = Film.objects.create(title=title, year=year, sort_title=sort_title(title), **facts)
    made.genres.add(*(Genre.objects.get_or_create(slug=name.lower(), defaults={"name": name})[0] for name in genres))
    made.countries.add(*(Country.objects.get_or_create(code=code, defaults={"name": code})[0] for code in countries))
    made.languages.add(*(Language.objects.get_or_create(code=code, defaults={"name": code})[0] for code in languages))
    for position, name in enumerate(directors):
        credit(film=made, person=_named(name), job=Job.DIRECTOR, position=position)
    for position, (name, character) in enumerate(cast):
        credit(film=made, person=_named(name), character=character, position=position)
    return made


def _named(name: str) -> Person:
    return Person.objects.filter(name=name).first() or person(name=name)


def credit(*, film: Film, person: Person | None = None, job: str = Job.ACTOR, **fields: Any) -> Credit:
    return Credit.objects.create(film=film, person=person or a_person(), job=job, **fields)


def countries(*codes: str) -> list[Country]:
    return [Country.objects.get_or_create(code=code, defaults={"name": code})[0] for code in codes]


def languages(*codes: str) -> list[Language]:
    return [Language.objects.get_or_create(code=code, defaults={"name": code})[0] for code in codes]


def content_note(name: str) -> ContentNote:
    """The migrations make them; a test that committed has swept them away."""
    return ContentNote.objects.get_or_create(slug=slugify(name), defaults={"name": name})[0]


def access_feature(name: str) -> AccessFeature:
    return AccessFeature.objects.get_or_create(slug=slugify(name), defaults={"name": name})[0]


def availability(*, film: Film, service: str = "Netflix", **fields: Any) -> Availability:
    found = Service.objects.get_or_create(slug=service.lower().replace(" ", "-"), defaults={"name": service})[0]
    return Availability.objects.create(film=film, service=found, **fields)


def release(*, film: Film, country: str = "GB", **fields: Any) -> Release:
    """`country` is a code, which its name is as well where it is new."""
    there = Country.objects.get_or_create(code=country, defaults={"name": country})[0]
    return Release.objects.create(film=film, country=there, **fields)


def song(*, film: Film, title: str = "", artist: str = "", **fields: Any) -> SoundtrackEntry:
    fields.setdefault("position", film.soundtrack.count() + 1)
    by = named_term(Artist, artist) if artist else None
    return SoundtrackEntry.objects.create(film=film, title=title or f"Song {number()}", artist=by, **fields)


def collection(*, title: str = "", films: Iterable[Film] = (), **fields: Any) -> Collection:
    title = title or f"Collection {number()}"
    fields.setdefault("slug", title.lower().replace(" ", "-"))
    made = Collection.objects.create(title=title, **fields)
    for position, one in enumerate(films):
        CollectionEntry.objects.create(collection=made, film=one, position=position)
    return made


a_person = person  # for the function above whose own parameter is called like it
