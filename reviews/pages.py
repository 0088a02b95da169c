"""Long lists, a page at a time."""
from typing import Any

from django.http import HttpRequest


def page_of(request: HttpRequest, rows: Any, size: int) -> dict[str, Any]:
    """One page of rows by its number, with whether there is a next one; nothing is counted."""
    try:
        number = min(max(1, int(request.GET.get("page", "1"))), 10_000)
    except ValueError:
        number = 1
    found = list(rows[(number - 1) * size : number * size + 1])
    query = request.GET.copy()

    def address(to: int) -> str:
        query["page"] = str(to)
        return f"?{query.urlencode()}"

    return {
        "rows": found[:size],
        "previous_url": address(number - 1) if number > 1 else "",
        "next_url": address(number + 1) if len(found) > size else "",
    }
