"""Deleting a person or a term: the films that name them lose the fact first, and remember that they had it."""

from collections.abc import Iterator
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from films.actions.permission import require
from films.actions.remembering import remembering
from films.actions.settling import settle
from films.models import (
    AccessFeature,
    Artist,
    Company,
    ContentNote,
    Country,
    Film,
    Franchise,
    Genre,
    Job,
    Language,
    Person,
    Service,
)
from films.record import keys_of_rows

MOST_FILMS: Final = 200  # to take something off more of them at once is a slip of the hand

type Term = Genre | Country | Language | Company | Franchise | ContentNote | AccessFeature | Artist | Service

# The fact that names the term. An artist or a service in use is protected by the database.
FACTS: Final[dict[type, str]] = {
    Genre: "genres",
    Country: "countries",
    Language: "languages",
    Company: "companies",
    Franchise: "franchise",
    ContentNote: "content_notes",
    AccessFeature: "access_features",
}


def films_naming(row: Person | Term) -> QuerySet[Film]:
    """The films that say something else when the row is gone."""
    if isinstance(row, Person):
        named = Film.objects.filter(Q(credits__person=row) | Q(awards__people=row))
        return Film.objects.filter(pk__in=named.values("pk"))
    fact = FACTS.get(type(row))
    return Film.objects.filter(**{fact: row.pk}) if fact else Film.objects.none()


@transaction.atomic
def delete_named(*, curator: User, row: Person | Term) -> None:
    """Take a person or a term off its films and delete it. Raises ValidationError where these are too many."""
    require(curator, f"films.delete_{row._meta.model_name}")
    for film in _held(row):
        credits = film.credits.filter(person=row) if isinstance(row, Person) else film.credits.none()
        drawn = isinstance(row, Genre) or credits.filter(job=Job.DIRECTOR).exists()
        facts = keys_of_rows(credits) | {"awards"} if isinstance(row, Person) else {FACTS[type(row)]}
        with remembering(film, facts, by=curator):
            credits.delete()
            _take_off(film, row)
        settle(film, redraw=drawn)
    row.delete()


def _take_off(film: Film, row: Person | Term) -> None:
    if isinstance(row, Person):
        for award in film.awards.filter(people=row):
            award.people.remove(row)
    elif isinstance(row, Franchise):
        film.franchise = film.franchise_part = None
        film.save(update_fields=["franchise", "franchise_part"])
    else:
        getattr(film, FACTS[type(row)]).remove(row)


def _held(row: Person | Term) -> Iterator[Film]:
    films = films_naming(row)
    if films.count() > MOST_FILMS:
        raise ValidationError(too_many(row))
    yield from films.select_for_update(no_key=True).order_by("pk")


def too_many(row: Person | Term) -> str:
    return _(
        "“%(name)s” stands on more than %(most)d films. Take it off some of them first: a slip of the hand would "
        "be felt on all."
    ) % {"name": row, "most": MOST_FILMS}
