"""How a film's score is made."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.requests import MemberRequest
from accounts.views.posting import posted_from
from films.addresses import film_at
from reviews.actions.rating import show_score
from reviews.blind import covered_among
from reviews.curve import drawn
from reviews.flow import RULE
from reviews.score_counts import VERSION
from reviews.scoring import sheet_of


@require_safe
def score(request: HttpRequest, slug: str) -> HttpResponse:
    film = film_at(slug)
    if film.slug != slug:
        return redirect("films:score", film.slug, permanent=True)
    if covered_among(request.user, [film.pk]):
        return render(request, "reviews/score_covered.html", {"film": film})
    sheet = sheet_of(film, request.user)
    made = {"version": VERSION, "rule": RULE, "enough": max(1, settings.RATINGS_FOR_AVERAGE)}
    context = {"film": film, "sheet": sheet, "curve": drawn(sheet.counts.months)} | made
    return render(request, "reviews/score.html", context)


@login_required
@posted_from("films:score", "slug")
def show(request: MemberRequest, slug: str) -> HttpResponse:
    """A member who hides scores wants to see this film's after all."""
    film = film_at(slug)
    show_score(member=request.user, film=film)
    return redirect("films:score", film.slug)
