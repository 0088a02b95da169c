"""Long lists on pages: one page of rows with the addresses of its neighbours. And texts that are read every hour."""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from films import asked, paging


def one_of(request: HttpRequest, name: str, known: Iterable[str]) -> str:
    """Which of these the address asks for by `?name=`, or nothing; the reader is told of what is not among them."""
    notices: list[str] = []
    found = asked.pick(request.GET.get(name, ""), dict.fromkeys(known), notices)
    for notice in notices:
        messages.info(request, notice)
    return found


def page_of(
    request: HttpRequest, rows: QuerySet[Any], *keys: str, size: int, runs: Sequence[paging.Run] = ()
) -> dict[str, Any]:
    """`rows` by these keys, descending, the last of them unique, or in the order of these runs.

    For a template: rows, previous_url, next_url.
    """
    runs = runs or [paging.Run(keys)]
    try:
        page = paging.page_of(
            rows, runs, size=size, after=request.GET.get("after", ""), before=request.GET.get("before", "")
        )
    except paging.BadCursor as refusal:
        messages.info(request, str(refusal))
        page = paging.page_of(rows, runs, size=size)

    return addressed(request, page)


def addressed(request: HttpRequest, page: paging.Slice[Any]) -> dict[str, Any]:
    """For a template: rows, previous_url, next_url."""

    def address(name: str, cursor: str) -> str:
        query = request.GET.copy()
        for old in ("after", "before"):
            query.pop(old, None)
        query[name] = cursor
        return f"?{query.urlencode()}"

    return {
        "rows": page.rows,
        "previous_url": address("before", page.before) if page.before else "",
        "next_url": address("after", page.after) if page.after else "",
    }


def unless_known(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The response with an ETag of what it says, or a 304 for a reader who has the same already.

    The ETag alone decides: a date cannot see a row that was taken away.
    """
    etag = quote_etag(sha256(response.content).hexdigest()[:40])
    response["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response) or response
