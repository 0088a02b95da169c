"""Reading much of a member's in little memory: a query a kind, whose rows come a thousand at a time."""

from collections.abc import Iterator
from typing import Any, Final

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from films.models import Credit, Film, FilmId, Genre, Job

A_CHUNK: Final = 1000
NEEDED: Final = frozenset({"id", "slug", "title", "year", "original_title", "runtime_minutes", "release_date"})


def each[R: Any](rows: "QuerySet[R]") -> Iterator[R]:
    """All of them, a chunk at a time."""
    yield from rows.iterator(chunk_size=A_CHUNK)


def with_film(rows: "QuerySet[Any]", film: str = "film", *, credited: bool = False) -> "QuerySet[Any]":
    """With what little is needed of the film under that name, and `film_ids`: what other catalogues call it.

    `credited`: also with `film_directors` and `film_genres`. All of it in one query and as plain values: an object for
    each credit of each film took most of the time.
    """
    unneeded = (f"{film}__{field.name}" for field in Film._meta.concrete_fields if field.name not in NEEDED)
    return _told(rows.select_related(film).defer(*unneeded), film, credited=credited)


def films_told(numbers: list[int]) -> "QuerySet[Any]":
    """The same of films themselves, credited."""
    return _told(Film.objects.filter(pk__in=numbers).only(*NEEDED), "pk", credited=True)


def films_named(films: "QuerySet[Film]") -> "QuerySet[Any]":
    """Films themselves with no more than `film_ref` needs."""
    return _told(films.only(*NEEDED), "pk", credited=False)


def _told(rows: "QuerySet[Any]", film: str, *, credited: bool) -> "QuerySet[Any]":
    ids = FilmId.objects.filter(film=OuterRef(film)).values(row=JSONObject(source="source", value="value"))
    rows = rows.annotate(film_ids=ArraySubquery(ids))
    if not credited:
        return rows
    directors = Credit.objects.filter(film=OuterRef(film), job=Job.DIRECTOR).order_by("position", "id")
    genres = Genre.objects.filter(films=OuterRef(film)).order_by("name")
    return rows.annotate(
        film_directors=ArraySubquery(directors.values("person__name")), film_genres=ArraySubquery(genres.values("name"))
    )


def ids_of(row: Any) -> dict[str, str]:
    """What other catalogues call the film of a row that was read `with_film`, by the name of the catalogue."""
    return {each["source"]: each["value"] for each in row.film_ids}


def film_ref(row: Any, film: Film | None = None) -> dict[str, Any]:
    """Enough to find the film of a row again, here or in any other catalogue; `film`, where it is not the row's own."""
    ids, film = ids_of(row), film or row.film
    known = {"imdb": ids.get("imdb"), "tmdb": ids.get("tmdb"), "wikidata": ids.get("wikidata")}
    return {"slug": film.slug, "title": film.title, "year": film.year, **known}


def site_url(path: str) -> str:
    return f"{settings.SITE_URL}{path}"
