"""Addresses: each is given once, and an old one leads to the film or person for ever."""

from collections.abc import Sequence
from typing import Any

from django.db import connection, models

from films.models import Film, FormerPersonSlug, FormerSlug, Person
from films.names import first_free, person_slug_for, slug_for


def give_film_address(film: Film, *, title: str, year: int | None) -> str:
    """The film's address for what it is called now; `title` and `year` are what it was called before.

    The old address is kept in FormerSlug, unless the words of the new one are the same. Call in a transaction.
    """
    base = slug_for(film.title, film.year)
    if film.slug and base == slug_for(title, year):
        return film.slug
    _one_at_a_time("film")
    others = Film.objects.exclude(pk=film.pk), FormerSlug.objects.exclude(film=film.pk)
    old, film.slug = film.slug, slug_for(film.title, film.year, _taken(base, *others))
    if old:
        FormerSlug.objects.filter(film=film, slug=film.slug).delete()
        FormerSlug.objects.get_or_create(slug=old, film=film)
    return film.slug


def give_person_address(person: Person, *, name: str) -> str:
    """As `give_film_address`, for a person who was called `name`."""
    base = person_slug_for(person.name)
    if person.slug and base == person_slug_for(name):
        return person.slug
    _one_at_a_time("person")
    others = Person.objects.exclude(pk=person.pk), FormerPersonSlug.objects.exclude(person=person.pk)
    old, person.slug = person.slug, person_slug_for(person.name, _taken(base, *others))
    if old:
        FormerPersonSlug.objects.filter(person=person, slug=person.slug).delete()
        FormerPersonSlug.objects.get_or_create(slug=old, person=person)
    return person.slug


def give_new_addresses(rows: Sequence[Film | Person]) -> None:
    """Addresses for many new films or people at once; one query more for each namesake. Call in a transaction."""
    if not rows:
        return
    films = isinstance(rows[0], Film)
    _one_at_a_time("film" if films else "person")
    bases = [slug_for(row.title, row.year) if isinstance(row, Film) else person_slug_for(row.name) for row in rows]
    places: tuple[Any, ...] = (
        (Film.objects, FormerSlug.objects) if films else (Person.objects, FormerPersonSlug.objects)
    )
    taken = {slug for place in places for slug in place.filter(slug__in=bases).values_list("slug", flat=True)}
    for base in list(taken):
        taken |= _taken(f"{base}-", *(place.all() for place in places))
    for row, base in zip(rows, bases, strict=True):
        row.slug = first_free(base, taken)
        taken.add(row.slug)


def _taken(base: str, *places: models.QuerySet) -> set[str]:
    return {slug for rows in places for slug in rows.filter(slug__startswith=base).values_list("slug", flat=True)}


def _one_at_a_time(kind: str) -> None:
    """Two namesakes added in the same moment must not be given the same address: the second waits for the first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"address of a {kind}"])
