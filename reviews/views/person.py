"""Somebody who worked on films, and how many of those the reader has seen."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from accounts.faces import faces_in
from accounts.freshness import by_tag
from accounts.views.keeping import kept_page
from config.keeping import Tags
from films.addresses import person_at
from films.filmography import filmography_of
from films.freshness import tag_of
from films.models import Award, Film, Person
from films.structured import person_facts
from reviews.essays import drawn_for_person
from reviews.marks import attach_marks
from reviews.models import Article

MOST_AWARDS = 20
MOST_ARTICLES = 4


@require_safe
def person(request: HttpRequest, slug: str) -> HttpResponse:
    person = person_at(slug)
    if person.slug != slug:
        return redirect(person, permanent=True)
    return kept_page(request, "films/person.html", lambda: _whole(request, person))


def _whole(request: HttpRequest, person: Person) -> tuple[dict[str, Any], Tags]:
    work = filmography_of(person)
    attach_marks(request.user, work.films)
    awards = Award.objects.filter(people=person).select_related("film").order_by("-year", "award", "category")
    articles = Article.objects.published().filter(people=person).newest()
    essays = drawn_for_person(request.user, person)
    ids = list(person.external_ids.order_by("source"))
    context = {
        "person": person,
        "work": work,
        "jobs": [(job, parts, _seen(part.film for part in parts)) for job, parts in work.jobs],
        "seen": _seen(work.films),
        "awards": list(awards.defer("film__search_text", "film__synopsis")[:MOST_AWARDS]),
        "articles": list(articles.defer("body", "body_html")[:MOST_ARTICLES]),
        "essays": essays,
        "ids": ids,
        "facts": person_facts(person, ids),
    }
    return context, (by_tag(request.user.pk), *faces_in(essays), *map(tag_of, (film.pk for film in work.films)))


def _seen(films: Iterable[Film]) -> int:
    """How many of these, with their marks attached, the reader has watched."""
    return sum(bool(film.mark and film.mark.is_watched) for film in films)  # type: ignore[attr-defined]  # attached above
