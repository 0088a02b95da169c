"""The API's description: for programs as OpenAPI, for people as a page."""

from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer2

from config.api.outline import outline

TYPE = "application/vnd.oai.openapi+json; charset=utf-8"


@cache
def description() -> dict[str, Any]:
    """Made once: it is the same as long as the program is."""
    made: dict[str, Any] = SchemaGenerator().get_schema(public=True)
    return made


@cache
def _as_json() -> bytes:
    return bytes(OpenApiJsonRenderer2().render(description(), renderer_context={}))


@require_safe
def schema(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(_as_json(), TYPE)
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    limits = {"member_limit": settings.API_REQUESTS_MEMBER, "visitor_limit": settings.API_REQUESTS_ANONYMOUS}
    return render(request, "docs/api.html", {"groups": outline(description())} | limits)
