"""Long lists, a page at a time, each found from the row before it (films/paging.py)."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from config.api.paging import LARGEST_PAGE, PAGE_SIZE, page_schema, page_size
from films.paging import BadCursor, Slice, page_of

# A cursor of ours is one of theirs with a letter in front: which way to read from there.
ONWARD, BACK = "n", "p"


def leads_nowhere() -> NotFound:
    return NotFound(_("This cursor leads nowhere. Begin without one."), code="bad_cursor")


def place_asked_for(request: Request, most: int) -> int:
    """At which row the page begins, where the cursor is the number of that row. Raises NotFound from `most` on."""
    cursor = request.query_params.get("cursor", "0")
    if not cursor.isascii() or not cursor.isdigit() or int(cursor[:9]) >= most:
        raise leads_nowhere()
    return int(cursor)


def link_to_place(request: Request, place: int | None) -> str | None:
    """The address of the page that begins at that row; none where there is no such page."""
    return None if place is None else replace_query_param(request.build_absolute_uri(), "cursor", place)


class CursorPages(BasePagination):
    """`{"next", "previous", "results"}`. The view says the order by its `get_runs()`.

    A view with a `load` has a queryset that finds the rows of a page and no more; `load` reads by their numbers what is
    said of them.
    """

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        self.request = request
        cursor = request.query_params.get("cursor", "")
        way, place = cursor[:1], cursor[1:]
        size = page_size(request.query_params)
        try:
            if cursor and (way not in {ONWARD, BACK} or not place):
                raise BadCursor
            self.slice = self.read(queryset, view, size, place if way == ONWARD else "", place if way == BACK else "")
        except BadCursor:
            raise leads_nowhere() from None
        return self.slice.rows

    def read(self, queryset: Any, view: Any, size: int, after: str, before: str) -> Slice[Any]:
        """The page, and where the next and the previous one are. Raises BadCursor."""
        load = getattr(view, "load", None)
        found = queryset.only("pk") if load else queryset
        page = page_of(found, view.get_runs(), size=size, after=after, before=before)
        return page.loaded(load) if load else page

    def get_paginated_response(self, data: Any) -> Response:
        return Response(
            {
                "next": self._link(ONWARD, self.slice.after),
                "previous": self._link(BACK, self.slice.before),
                "results": data,
            }
        )

    def _link(self, way: str, place: str) -> str | None:
        return replace_query_param(self.request.build_absolute_uri(), "cursor", way + place) if place else None

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        return page_schema(schema)

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        size = {"type": "integer", "minimum": 1, "default": PAGE_SIZE}
        return [
            {"name": "cursor", "in": "query", "schema": {"type": "string"},
             "description": "Where the page begins: take the whole address from `next` or `previous`."},
            {"name": "page_size", "in": "query", "schema": size,
             "description": f"How many at a time; more than {LARGEST_PAGE} is read as {LARGEST_PAGE}."},
        ]  # fmt: skip
