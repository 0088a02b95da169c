"""Everybody who worked on a film."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from films.addresses import film_at
from films.facts import by_job
from films.models import Credit, Film, Job

MOST: int = 2000


@require_safe
def credits(request: HttpRequest, slug: str) -> HttpResponse:
    film = film_at(slug, Film.objects.with_card())
    if film.slug != slug:
        return redirect("films:credits", film.slug, permanent=True)
    rows = Credit.objects.filter(film=film).select_related("person").defer(
        "person__biography", "person__search_text"
    )  # fmt: skip
    found = list(rows[:MOST])
    return render(request, "films/credits.html", {
        "film": film,
        "cast": [credit for credit in found if credit.job == Job.ACTOR],
        "crew": by_job(credit for credit in found if credit.job != Job.ACTOR),
    })  # fmt: skip
