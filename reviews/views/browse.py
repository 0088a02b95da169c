"""The catalogue, narrowed down."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.requests import PageRequest
from films import browse as catalogue
from films.choices import Choices
from films.models import Film
from films.paging import BadCursor, Slice, page_of
from reviews.browsing import YOURS, MemberFilters
from reviews.marks import attach_marks


@require_safe
@vary_on_headers("HX-Request")
def browse(request: PageRequest) -> HttpResponse:
    choices = Choices.load(company=request.GET.get("company", ""), franchise=request.GET.get("franchise", ""))
    filters, notices = MemberFilters.read(request.GET, choices)
    if "" in request.GET.values() and not request.htmx and not notices:
        return redirect(filters.address())  # a form sends its empty fields too; the address is to be passed on
    if filters.yours and not request.user.is_authenticated:
        notices.append(_("Log in to filter by what you have watched."))
    films = filters.apply_for(request.user, Film.objects.all())
    page = _page(request, films, filters, notices)
    attach_marks(request.user, page.rows)
    found = catalogue.count(films)
    active = filters.active()
    response = render(request, "films/browse.html", {
        "films": page.rows,
        "found": found,
        "more_than": catalogue.MOST_COUNTED if found > catalogue.MOST_COUNTED else None,
        "filters": filters,
        "choices": choices,
        "notices": notices,
        "chips": [(label, rest.address()) for label, rest in active],
        "ways_out": _ways_out(request, active) if not found else [],
        "previous_url": filters.address(before=page.before) if page.before else "",
        "next_url": filters.address(after=page.after) if page.after else "",
        "decades": _decades(filters),
        "sorts": catalogue.SORTS,
        "lengths": {word: label for word, (label, _condition) in catalogue.LENGTHS.items()},
        "min_ratings": _min_ratings(filters),
        "yours": YOURS,
    })  # fmt: skip
    if request.htmx:
        response["HX-Push-Url"] = filters.address()
    return response


def _decades(filters: MemberFilters) -> list[tuple[str, str, bool]]:
    """Words, address, and whether that is what is on."""
    chosen = filters.first_year, filters.last_year
    return [
        (words, filters.between(first, last), chosen == (first, last)) for words, first, last in catalogue.decades()
    ]


def _min_ratings(filters: MemberFilters) -> dict[str, str]:
    """What is offered, and what an address asked for besides."""
    offered = {*catalogue.MIN_RATINGS, filters.min_rating} - {""}
    return {stars: catalogue.in_figures(stars) for stars in sorted(offered, reverse=True)}


def _page(request: HttpRequest, films: Any, filters: MemberFilters, notices: list[str]) -> Slice[Film]:
    runs, cards = catalogue.runs_of(filters.sort), films.with_card()
    try:
        return page_of(cards, runs, after=request.GET.get("after", ""), before=request.GET.get("before", ""))
    except BadCursor as error:
        notices.append(str(error))
        return page_of(cards, runs)


def _ways_out(request: HttpRequest, active: list[tuple[str, MemberFilters]]) -> list[tuple[str, str, int]]:
    """For each filter its words, the address without it, and how many films that would leave; the most first."""
    alternatives = [rest.apply_for(request.user, Film.objects.all()) for _label, rest in active]
    counts = catalogue.count_each(alternatives)
    ways = [(label, rest.address(), n) for (label, rest), n in zip(active, counts, strict=True) if n]
    return sorted(ways, key=lambda way: -way[2])
