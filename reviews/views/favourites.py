"""The page on which a member chooses four favourites, by plain forms."""

from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.requests import MemberRequest
from films.addresses import film_at
from films.finding import best_films
from films.search import as_typed
from reviews.actions.favourites import change_favourites
from reviews.favourites import favourites_of
from reviews.models.favourite import MOST_FAVOURITES

FOUND: Final = 8


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def favourites(request: MemberRequest) -> HttpResponse:
    """`q` looks for films to add; a form says by `do` what becomes of its `film`: add, remove, up, down."""
    query = " ".join(as_typed(request.GET.get("q", "")).split())
    if request.method != "POST":
        return page(request, query)
    query = request.POST.get("q", "")[:200]
    try:
        film = film_at(request.POST.get("film", "")[:120])
        change_favourites(member=request.user, film=film, change=request.POST.get("do", ""))
    except Http404:
        return page(request, query, _("This film is not in the catalogue any more."))
    except ValidationError as refusal:
        return page(request, query, " ".join(refusal.messages))
    messages.success(request, _("Your favourites are saved."))
    address = reverse("reviews:favourites")
    return redirect(f"{address}?{urlencode({'q': query})}" if query else address)


def page(request: MemberRequest, query: str, refusal: str = "") -> HttpResponse:
    chosen = favourites_of(request.user, request.user)
    found: list[Any] = list(best_films(query, FOUND).with_card()) if query else []  # type: ignore[attr-defined]
    for film in found:
        film.is_there = film in chosen
    context = {"chosen": chosen, "found": found, "query": query, "refusal": refusal}
    room = {"room": MOST_FAVOURITES - len(chosen)}
    return render(request, "reviews/favourites.html", context | room, status=422 if refusal else 200)
