"""A copy of everything that is one's own: asking for it, how far it is, and the file."""

from typing import Any, Final

from django.http import Http404, HttpResponseBase
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiResponse,
    extend_schema,
    extend_schema_field,
    extend_schema_view,
)
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.endpoint import Endpoint
from accounts.api.permissions import Members
from accounts.api.serializers import example
from accounts.api.views import require_fresh_login
from accounts.models import AccessToken
from reviews.actions.exporting import ask_for_export
from reviews.models import Export
from reviews.views.data import answer_with

NONE: Final = "none"
EXPORT: Final[dict[str, Any]] = {
    "state": "ready",
    "asked_at": "2026-11-29T19:00:00Z",
    "finished_at": "2026-11-29T19:00:04Z",
    "percent": 100,
    "size": 183204,
    "kept_until": "2026-12-06T19:00:04Z",
    "file": "https://films.example.org/api/v1/me/export/file/",
}
MAKING: Final = EXPORT | {
    "state": "making", "finished_at": None, "percent": 0, "size": None, "kept_until": None, "file": None,
}  # fmt: skip


@example(EXPORT, status_codes=["200"])
class ExportSerializer(serializers.Serializer[Any]):
    """`state`: none, making, ready, or late, which means that it is to be asked for again."""

    state = serializers.ChoiceField(choices=[NONE, *Export.State.values], read_only=True)
    asked_at = serializers.DateTimeField(allow_null=True, read_only=True)
    finished_at = serializers.DateTimeField(allow_null=True, read_only=True)
    percent = serializers.IntegerField(read_only=True, help_text="How much of it is made.")
    size = serializers.SerializerMethodField(help_text="In bytes, once it is made.")
    kept_until = serializers.DateTimeField(allow_null=True, read_only=True)
    file = serializers.SerializerMethodField(help_text="Where the ZIP is, once it is made.")

    @extend_schema_field({"type": ["integer", "null"]})
    def get_size(self, export: Any) -> int | None:
        return export.size if isinstance(export, Export) and export.finished_at else None

    @extend_schema_field({"type": ["string", "null"], "format": "uri"})
    def get_file(self, export: Any) -> str | None:
        if not isinstance(export, Export) or export.finished_at is None:
            return None
        address: str = self.context["request"].build_absolute_uri(reverse("api:export_file"))
        return address


@extend_schema_view(
    get=extend_schema(summary="See how far your export is", responses=ExportSerializer),
    post=extend_schema(
        summary="Ask for an export",
        description="Everything that is yours, as a ZIP; what is in it tells docs/exporting.md. While one is being made"
        " you get that one; a new one replaces the one before. 429 for a moment after the last was made.",
        request=None,
        responses={202: ExportSerializer},
        examples=[OpenApiExample("example", value=MAKING, status_codes=["202"])],
    ),
)
class MyExport(Endpoint, GenericAPIView[Any]):
    permission_classes = [Members]
    serializer_class = ExportSerializer

    def get(self, request: Request) -> Response:
        nothing = {"state": NONE, "asked_at": None, "finished_at": None, "percent": 0, "kept_until": None}
        return Response(self.get_serializer(Export.objects.filter(member=self.me).first() or nothing).data)

    def post(self, request: Request) -> Response:
        return Response(self.get_serializer(ask_for_export(member=self.me)).data, status=202)


@extend_schema_view(
    get=extend_schema(
        summary="Fetch your export",
        description="By a token of your own, or with a recent log-in by session; not by an app that you let in.",
        responses={(200, "application/zip"): OpenApiResponse(OpenApiTypes.BINARY)},
    )
)
class MyExportFile(Endpoint, GenericAPIView[Any]):
    permission_classes = [Members]
    serializer_class = ExportSerializer

    def get(self, request: Request) -> HttpResponseBase:
        if not isinstance(request.auth, AccessToken):
            require_fresh_login(request)
        export = Export.objects.ready().filter(member=self.me).first()
        if export is None:
            raise Http404
        return answer_with(export)
