"""Where the facts of a film come from."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from films.addresses import film_at
from films.models import Film
from films.provenance import by_source, provenance_of


@require_safe
def sources(request: HttpRequest, slug: str) -> HttpResponse:
    film = film_at(slug, Film.objects.defer("search_text"))
    if film.slug != slug:
        return redirect("films:sources", film.slug, permanent=True)
    return render(request, "films/sources.html", {"film": film, "statements": by_source(provenance_of(film))})
