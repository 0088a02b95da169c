"""Reading much of a member's in little memory: a fixed number of queries for each thousand rows."""

from collections.abc import Iterator
from typing import Any, Final

from django.conf import settings
from django.db.models import Prefetch, QuerySet

from films.models import Credit, Film, FilmId, Job
from reviews.models.review import UNSHOWN_OF_FILM

A_CHUNK: Final = 1000


def each[R: Any](rows: "QuerySet[R]") -> Iterator[R]:
    """All of them, a chunk at a time."""
    yield from rows.iterator(chunk_size=A_CHUNK)


def with_film(rows: "QuerySet[Any]", film: str = "film", *, credited: bool = False) -> "QuerySet[Any]":
    """With the film under that name and what other catalogues call it; `credited`: with directors and genres, too."""
    rows = rows.select_related(film).defer(*(f"{film}__{name}" for name in UNSHOWN_OF_FILM if name != "original_title"))
    ids = Prefetch(f"{film}__external_ids", queryset=FilmId.objects.all())
    if not credited:
        return rows.prefetch_related(ids)
    directors = Credit.objects.filter(job=Job.DIRECTOR).select_related("person")
    return rows.prefetch_related(ids, Prefetch(f"{film}__credits", queryset=directors), f"{film}__genres")


def ids_of(film: Film) -> dict[str, str]:
    """What other catalogues call a film that was read `with_film`, by the name of the catalogue."""
    return {each.source: each.value for each in film.external_ids.all()}


def film_ref(film: Film) -> dict[str, Any]:
    """Enough to find the film again, here or in any other catalogue."""
    ids = ids_of(film)
    known = {"imdb": ids.get("imdb"), "tmdb": ids.get("tmdb"), "wikidata": ids.get("wikidata")}
    return {"slug": film.slug, "title": film.title, "year": film.year, **known}


def directors_of(film: Film) -> str:
    return ", ".join(credit.person.name for credit in film.credits.all())


def site_url(path: str) -> str:
    return f"{settings.SITE_URL}{path}"
