"""What the serializers need, in a fixed number of queries however many rows there are."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Prefetch, QuerySet
from django.db.models.functions import JSONObject

from accounts.api.endpoint import Endpoint
from accounts.compiled import prepared
from films.addresses import film_at
from films.details import with_details
from films.facts import with_names
from films.models import Availability, Award, Credit, Film, Job, Person, SoundtrackEntry

OF_A_FILM = ("slug", "title", "year")
MOST_CREDITS = 2000


def film_cards() -> QuerySet[Film]:
    """Films with all that a list of them says, in one query."""
    directors = Credit.objects.filter(film=OuterRef("pk"), job=Job.DIRECTOR).order_by("position", "id")
    rows = directors.values(_row=JSONObject(slug="person__slug", name="person__name"))
    return Film.objects.with_facts().annotate(director_list=ArraySubquery(rows))


@prepared(numbers=list)
def _film_cards(numbers: Any) -> Any:
    return film_cards().filter(pk__in=numbers)


def load_film_cards(numbers: list[int]) -> list[Film]:
    """These of `film_cards`, in any order."""
    return _film_cards(numbers=numbers)


def whole_films() -> QuerySet[Film]:
    """Films with everything that hangs on them, in five queries."""
    films: QuerySet[Film] = with_details(film_cards())
    return films.prefetch_related(
        Prefetch("credits", Credit.objects.select_related("person").defer("person__biography")),
        Prefetch("soundtrack", SoundtrackEntry.objects.select_related("artist")),
        Prefetch("awards", with_names(Award.objects.order_by("award", "-year", "category"))),
        Prefetch("availability", Availability.objects.select_related("service")),
    )


@prepared(slug=str)
def _whole_film(slug: Any) -> Any:
    return whole_films().filter(slug=slug)


def whole_film_at(slug: str) -> Film | None:
    """That of `whole_films` which is at this very address now."""
    found: list[Film] = _whole_film(slug=slug)
    return found[0] if found else None


def whole_people() -> QuerySet[Person]:
    """People with their outside ids and their credits, the newest film first."""
    credits = (
        Credit.objects.select_related("film")
        .only("person_id", "job", "character", "detail", *(f"film__{name}" for name in OF_A_FILM))
        .order_by("-film__year", "film_id", "position", "id")[:MOST_CREDITS]
    )
    return Person.objects.defer("search_text").prefetch_related(
        "external_ids", Prefetch("credits", credits, to_attr="newest_credits")
    )


def film_here(view: Endpoint, films: QuerySet[Film] | None = None) -> Film:
    """The film of the view's address; a redirect where it has moved. Raises Http404."""
    film = film_at(view.kwargs["slug"], films)
    if film.slug != view.kwargs["slug"]:
        view.move(slug=film.slug)
    return film
