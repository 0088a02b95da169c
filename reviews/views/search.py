"""The search page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from films.models import Film
from films.search import LONGEST_QUERY
from reviews.marks import attach_marks
from reviews.pages import page_of
from reviews.search import MOST_COUNTED, Found, Kind, search

A_PAGE = 30
POPULAR = 12


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """`q`, and `kind` as in reviews.search.Kind. With `for=log` it finds the film that a member wants to log."""
    query = " ".join(request.GET.get("q", "").replace("\0", " ").split())[:LONGEST_QUERY]
    logging = request.GET.get("for") == "log"
    context: dict[str, Any] = {"query": query, "logging": logging}
    if query:
        kind = Kind.FILMS if logging else request.GET.get("kind", "")
        context |= _results(request, query, search(request.user, query, kind))
    else:
        context["popular"] = list(Film.objects.with_card().popular()[:POPULAR])
        attach_marks(request.user, context["popular"])
    return render(request, "reviews/search.html", context)


def _results(request: HttpRequest, query: str, found: Found) -> dict[str, Any]:
    page = page_of(request, found.rows, A_PAGE)
    if found.kind is Kind.FILMS:
        attach_marks(request.user, page["rows"])
    address = reverse("reviews:search")
    return page | {
        "kind": found.kind,
        "tabs": [
            (kind, f"{address}?{urlencode({'q': query, 'kind': kind.value})}", _in_figures(found.counts[kind]))
            for kind in Kind
        ],
        "nothing": not any(found.counts.values()),
    }


def _in_figures(count: int) -> str:
    return f"{MOST_COUNTED}+" if count > MOST_COUNTED else str(count)
