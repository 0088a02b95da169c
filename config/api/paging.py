"""The one shape of every list: `{"next", "previous", "results"}`."""

from typing import Any

from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response


def page_schema(rows: dict[str, Any]) -> dict[str, Any]:
    link = {"type": ["string", "null"], "format": "uri"}
    onward = link | {"example": "https://films.example.org/api/v1/reviews/?cursor=nWzAsNDEyN10"}
    return {
        "type": "object",
        "required": ["next", "previous", "results"],
        "properties": {"next": onward, "previous": link | {"example": None}, "results": rows},
    }


class OnePage(BasePagination):
    """A list that is never long, in the shape of all lists."""

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        return list(queryset)

    def get_paginated_response(self, data: Any) -> Response:
        return Response({"next": None, "previous": None, "results": data})

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        return page_schema(schema)
