"""Charts: all of them in short, and each in full."""

from collections.abc import Iterable
from typing import Any, Final

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from accounts.freshness import by_tag
from accounts.views.keeping import kept_page
from config.keeping import Tags
from films.chart_words import line, rule
from films.charts import Board, Scope, address
from films.freshness import CHARTS, tag_of
from films.models import Chart
from films.scores import prior
from reviews.charts import Ranked, glimpses, ranked

A_PAGE: Final = 50


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    def make() -> tuple[dict[str, Any], Tags]:
        shown = glimpses(request.user)
        return {"glimpses": shown}, _made_of(request, (row for glimpse in shown for row in glimpse.films))

    return kept_page(request, "reviews/charts.html", make)


def _made_of(request: HttpRequest, rows: Iterable[Ranked]) -> Tags:
    return CHARTS, by_tag(request.user.pk), *(tag_of(row.film.pk) for row in rows)


@require_safe
def chart(request: HttpRequest, name: str) -> HttpResponse:
    if name not in Chart.Name:
        raise Http404
    board = Board.load(name)
    scope, notices = board.read(request.GET)
    if "" in request.GET.values() and not notices:
        return redirect(address(name, scope))  # a form sends its empty fields too; the address is to be passed on

    def make() -> tuple[dict[str, Any], Tags]:
        page = Paginator(board.places(scope), A_PAGE).get_page(request.GET.get("page"))
        rows = ranked(request.user, name, page.object_list)
        return {
            "chart": Chart.Name(name),
            "line": line(name),
            "rows": rows,
            "page": page,
            "scope": scope,
            "of": board.in_words(scope),
            "board": board,
            "notices": notices,
            "chips": board.active(scope),
            "url": address(name, scope, **({"page": str(page.number)} if page.number > 1 else {})),
            "tabs": tabs(name, scope),
        } | how(board, scope), _made_of(request, rows)

    return kept_page(request, "reviews/chart.html", make)


def how(board: Board, scope: Scope) -> dict[str, Any]:
    """By which rule the chart was made, and when."""
    base = board.base(scope)
    counted = base.counted_at if base else None
    return {"counted_at": counted, "rule": rule(board.name, base, prior()) if base else ""}


def tabs(name: str, scope: Scope) -> list[tuple[str, str, bool]]:
    """The other charts of the same scope: words, address, whether it is this one."""
    return [(str(each.label), address(each, scope), each == name) for each in Chart.Name]
