"""Long lists on pages: one page of rows, newest or best first, with the addresses of its neighbours."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest

from films import paging


def page_of(request: HttpRequest, rows: QuerySet[Any], *keys: str, size: int) -> dict[str, Any]:
    """`rows` by these keys, descending; the last key is unique. For a template: rows, previous_url, next_url."""
    runs = [paging.Run(keys)]
    try:
        page = paging.page_of(
            rows, runs, size=size, after=request.GET.get("after", ""), before=request.GET.get("before", "")
        )
    except paging.BadCursor as refusal:
        messages.info(request, str(refusal))
        page = paging.page_of(rows, runs, size=size)

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
