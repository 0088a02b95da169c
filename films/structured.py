"""What pages of the catalogue say to search engines, in the vocabulary of schema.org."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings

from films.models import Film, Person, PersonId


def person_facts(person: Person, ids: Iterable[PersonId]) -> dict[str, Any]:
    return {
        "@type": "Person",
        "name": person.name,
        "url": settings.SITE_URL + person.get_absolute_url(),
        "birthDate": person.born_on.isoformat() if person.born_on else None,
        "birthPlace": person.birthplace,
        "deathDate": person.died_on.isoformat() if person.died_on else None,
        "description": person.biography,
        "sameAs": [each.url for each in ids],
    }


def film_facts(film: Film, *, directors: Iterable[Person] = (), actors: Iterable[Person] = ()) -> dict[str, Any]:
    """The film, and its average once enough members have rated it."""
    average = film.average
    return {
        "@type": "Movie",
        "name": film.title,
        "alternateName": film.original_title if film.original_title != film.title else None,
        "url": settings.SITE_URL + film.get_absolute_url(),
        "dateCreated": str(film.year) if film.year else None,
        "duration": f"PT{film.runtime_minutes}M" if film.runtime_minutes else None,
        "description": film.synopsis,
        "director": [named(person) for person in directors],
        "actor": [named(person) for person in actors],
        "aggregateRating": {
            "@type": "AggregateRating",
            "ratingValue": f"{average:.1f}",
            "ratingCount": film.rating_count,
            "bestRating": "5",
            "worstRating": "0.5",
        }
        if average
        else None,
    }


def named(person: Person) -> dict[str, str]:
    return {"@type": "Person", "name": person.name, "url": settings.SITE_URL + person.get_absolute_url()}
