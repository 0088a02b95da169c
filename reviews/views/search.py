"""The search page."""

import re
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from accounts.counting import FOLLOWS, count_follows
from accounts.federation.finding import is_name
from accounts.freshness import MEMBERS, by_tag
from accounts.views.keeping import kept_page
from config.keeping import Tags
from films.freshness import ALL_WORDS, LISTS, TIERS, tag_of
from films.models import Film
from films.orders import POPULAR, ends_of
from films.paging import NOT_THERE, page_of
from films.search import as_typed
from reviews.blind import cover_critics, cover_stars
from reviews.counting import count_for
from reviews.marks import attach_marks
from reviews.pages import one_of
from reviews.search import MOST_COUNTED, Found, Kind, search
from reviews.self_filling import fill_lists

A_PAGE = 30
LAST_PAGE = 20  # beyond that, another word finds more than another page
BEST_KNOWN = 12


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """`q`, and `kind` as in reviews.search.Kind. With `for=log` it finds the film that a member wants to log."""
    return kept_page(request, "reviews/search.html", lambda: _whole(request))


def _whole(request: HttpRequest) -> tuple[dict[str, Any], Tags]:
    query = " ".join(as_typed(request.GET.get("q", "")).split())
    logging = request.GET.get("for") == "log"
    context: dict[str, Any] = {"query": query, "logging": logging}
    context["is_afar"] = settings.FEDERATION and not logging and is_name(query)
    ends: Tags = ()
    if query:
        kind = Kind.FILMS if logging else one_of(request, "kind", Kind.values)
        context |= _results(request, query, search(request.user, query, kind))
        films = context["rows"] if context["kind"] is Kind.FILMS else []
    else:
        popular = page_of(Film.objects.with_card(), [POPULAR], size=BEST_KNOWN)
        films = context["popular"] = popular.rows
        ends = ends_of(popular, [POPULAR])
        attach_marks(request.user, films)
    of_films = map(tag_of, (film.pk for film in films))
    found = context.get("self_filled", ())
    return context, (ALL_WORDS, LISTS, FOLLOWS, MEMBERS, TIERS, by_tag(request.user.pk), *of_films, *ends, *found)


def _results(request: HttpRequest, query: str, found: Found) -> dict[str, Any]:
    same = {"q": query, "kind": found.kind.value} | ({"for": "log"} if request.GET.get("for") == "log" else {})
    number, rows = _page(request, found)
    has_more = len(rows) > A_PAGE and number < LAST_PAGE
    rows = rows[:A_PAGE]
    self_filled: Tags = ()
    if found.kind is Kind.FILMS:
        attach_marks(request.user, rows)
    elif found.kind is Kind.MEMBERS:
        count_follows(request.user, rows)
    elif found.kind in {Kind.REVIEWS, Kind.ESSAYS, Kind.LISTS}:
        count_for(request.user, rows)
        if found.kind is Kind.REVIEWS:
            cover_stars(request.user, rows)
        self_filled = fill_lists(request.user, rows) if found.kind is Kind.LISTS else ()
    elif found.kind is Kind.ARTICLES:
        cover_critics(request.user, rows)
    return {
        "rows": rows,
        "self_filled": self_filled,
        "kind": found.kind,
        "tabs": [(kind, _address(q=query, kind=kind.value), _in_figures(found.counts[kind])) for kind in Kind],
        "guessed": found.guessed,
        "nothing": not any(found.counts.values()),
        "previous_url": _address(**same, page=number - 1) if number > 1 else "",
        "next_url": _address(**same, page=number + 1) if has_more else "",
    }


def _page(request: HttpRequest, found: Found) -> tuple[int, list[Any]]:
    """The number of the page that the address asks for, and its rows with one more; the first if it is not there."""
    said = request.GET.get("page", "") or "1"
    if re.fullmatch(r"[1-9]\d?", said, re.ASCII) and int(said) <= LAST_PAGE:
        number = int(said)
        rows = list(found.rows[(number - 1) * A_PAGE : number * A_PAGE + 1])
        if rows or number == 1:
            return number, rows
    messages.info(request, NOT_THERE)
    return 1, list(found.rows[: A_PAGE + 1])


def _address(**query: str | int) -> str:
    return f"{reverse('reviews:search')}?{urlencode(query)}"


def _in_figures(count: int) -> str:
    return f"{MOST_COUNTED}+" if count > MOST_COUNTED else str(count)
