"""The one shape of every list: `{"next", "previous", "results"}`."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response

PAGE_SIZE: Final = 25
LARGEST_PAGE: Final = 100


def page_size(query: Mapping[str, str]) -> int:
    """How many rows were asked for, 1 to 100. Raises ValidationError for what is no such number."""
    asked = query.get("page_size", str(PAGE_SIZE))
    if not asked.isascii() or not asked.isdigit() or int(asked[:9]) < 1:
        raise ValidationError({"page_size": [_("Ask for 1 to 100 at a time.")]})
    return min(int(asked[:9]), LARGEST_PAGE)


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
