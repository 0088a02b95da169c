"""What the catalogue's filters and orders mean, said slowly: every film looked at, nothing that the site uses."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.utils import timezone

from films.browse import Filters
from films.models import Film

TERMS = {"genre": "genres", "note": "content_notes", "access": "access_features", "company": "companies"}


def slugs(film: Film, kind: str) -> set[str]:
    """What of a kind the film has."""
    today = timezone.localdate()
    if kind in TERMS:
        return {term.slug for term in getattr(film, TERMS[kind]).all()}
    if kind == "country":
        return {country.code for country in film.countries.all()}
    if kind == "language":
        return {language.code for language in film.languages.all()}
    if kind == "franchise":
        return {film.franchise.slug} if film.franchise else set()
    if kind == "person":
        return {credit.person.slug for credit in film.credits.all()}
    if kind == "certificate":
        return {f"{release.country_id}:{release.certificate}" for release in film.releases.all() if release.certificate}
    return {
        place.service.slug
        for place in film.availability.all()
        if (place.starts_on or today) <= today <= (place.ends_on or today)
    }


def matches(film: Film, filters: Filters) -> bool:
    if not all(slug in slugs(film, kind) for kind, slug in filters.has):
        return False
    if any(slug in slugs(film, kind) for kind, slug in filters.lacks):
        return False
    year, minutes = film.year, film.runtime_minutes
    tests: list[tuple[Any, Callable[[], bool]]] = [
        (filters.first_year, lambda: year is not None and year >= filters.first_year),
        (filters.last_year, lambda: year is not None and year <= filters.last_year),
        (filters.min_runtime, lambda: minutes is not None and minutes >= filters.min_runtime),
        (filters.max_runtime, lambda: minutes is not None and minutes <= filters.max_runtime),
        (filters.min_ratings, lambda: film.rating_count >= filters.min_ratings),
        (filters.min_rating, lambda: film.average is not None and film.average >= float(filters.min_rating)),
        (filters.length == "short", lambda: minutes is not None and minutes < 90),
        (filters.length == "medium", lambda: minutes is not None and 90 <= minutes <= 150),
        (filters.length == "long", lambda: minutes is not None and minutes > 150),
    ]
    return all(test() for asked, test in tests if asked)


def shown_first(film: Film) -> tuple[int, int, int] | None:
    """Its year, with the day where that is of the year."""
    if film.year is None:
        return None
    day = film.release_date
    return (film.year, day.month, day.day) if day and day.year == film.year else (film.year, 0, 0)


def ordered(films: list[Film], sort: str, keys: dict[int, Any] | None = None) -> list[int]:
    """Ids; `keys` are those of a sort that the films do not know."""
    enough = max(1, settings.RATINGS_FOR_AVERAGE)
    value: Callable[[Film], Any] = {
        "popular": lambda film: film.popularity,
        "week": lambda film: film.popularity_week,
        "month": lambda film: film.popularity_month,
        "year": lambda film: film.popularity_year,
        "rating": lambda film: film.rating_weighted if film.rating_count >= enough else None,
        "newest": shown_first,
        "oldest": shown_first,
        "title": lambda film: film.sort_title,
        "length": lambda film: film.runtime_minutes,
        "longest": lambda film: film.runtime_minutes,
    }.get(sort, lambda film: (keys or {}).get(film.pk))
    known = [film for film in films if value(film) is not None]
    rest = sorted((film for film in films if value(film) is None), key=lambda film: (film.popularity, film.pk))
    known.sort(key=lambda film: (value(film), film.pk), reverse=sort not in {"oldest", "title", "length"})
    return [film.pk for film in [*known, *reversed(rest)]]


def every_film() -> list[Film]:
    related = ("genres", "content_notes", "access_features", "companies", "countries", "languages", "franchise")
    return list(Film.objects.prefetch_related(*related, "credits__person", "releases", "availability__service"))
