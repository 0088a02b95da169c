"""How a film's score is made."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from films.addresses import film_at
from reviews.curve import drawn
from reviews.scoring import sheet_of


@require_safe
def score(request: HttpRequest, slug: str) -> HttpResponse:
    film = film_at(slug)
    if film.slug != slug:
        return redirect("films:score", film.slug, permanent=True)
    sheet = sheet_of(film, request.user)
    return render(request, "reviews/score.html", {"film": film, "sheet": sheet, "curve": drawn(sheet.months)})
