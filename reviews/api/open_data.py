"""The open data: which nights there are, with their files."""

from typing import Any, Final

from django.conf import settings
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.endpoint import Endpoint
from accounts.api.serializers import example
from accounts.models import Licence
from reviews.models import Edition, EditionFile
from reviews.views.open_data import OF_THE_HOUSE, nights

FORMAT: Final = "intermission-open-data"
VERSION: Final = 1
FILE: Final[dict[str, Any]] = {
    "name": "reviews.jsonl.gz",
    "kind": "reviews",
    "lines": 5120,
    "size": 3482117,
    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "licence": None,
    "url": "https://films.example.org/open-data/2026-11-29/reviews.jsonl.gz",
}
NIGHT: Final = {"night": "2026-11-29", "made_at": "2026-11-29T02:11:00Z", "deleted_on": "2026-12-06", "files": [FILE]}
OF_THE_SITES_OWN: Final = frozenset({EditionFile.Kind.FILMS, EditionFile.Kind.RATINGS})


class EditionFileSerializer(serializers.ModelSerializer[EditionFile]):
    name = serializers.CharField(read_only=True)
    size = serializers.IntegerField(read_only=True, help_text="In bytes.")
    sha256 = serializers.CharField(read_only=True, help_text="Of the file as it is fetched.")
    licence = serializers.SerializerMethodField(help_text="SPDX id; null where each line names its own.")
    url = serializers.SerializerMethodField()

    class Meta:
        model = EditionFile
        fields = read_only_fields = ["name", "kind", "lines", "size", "sha256", "licence", "url"]

    @extend_schema_field({"type": ["string", "null"]})
    def get_licence(self, file: EditionFile) -> str | None:
        return OF_THE_HOUSE.value if file.kind in OF_THE_SITES_OWN else None

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_url(self, file: EditionFile) -> str:
        return str(self.context["request"].build_absolute_uri(file.get_absolute_url()))


class EditionSerializer(serializers.ModelSerializer[Edition]):
    night = serializers.DateField(source="day", read_only=True, help_text="The day in UTC.")
    deleted_on = serializers.DateField(read_only=True)
    files = EditionFileSerializer(many=True, read_only=True, help_text="All of one moment.")

    class Meta:
        model = Edition
        fields = read_only_fields = ["night", "made_at", "deleted_on", "files"]


@example({
    "format": FORMAT, "version": VERSION, "site": "https://films.example.org",
    "licences": {each.value: each.address for each in Licence if each}, "nights": [NIGHT],
})  # fmt: skip
class OpenDataSerializer(serializers.Serializer[Any]):
    """`version` counts up when a reader of the old form would misunderstand the new one; new fields do not count."""

    format = serializers.CharField()
    version = serializers.IntegerField()
    site = serializers.URLField()
    licences = serializers.DictField(
        child=serializers.URLField(), help_text="The text of each licence that a line may name."
    )
    nights = EditionSerializer(many=True, help_text="The latest first, at most seven.")


@extend_schema_view(
    get=extend_schema(
        summary="List the nights of open data",
        description="What is public, as gzipped JSON Lines of every night; docs/open-data.md tells what a line has. 404"
        " where a site hands out none.",
        responses=OpenDataSerializer,
    )
)
class OpenData(Endpoint, GenericAPIView[Edition]):
    serializer_class = OpenDataSerializer

    def get(self, request: Request) -> Response:
        told = {
            "format": FORMAT,
            "version": VERSION,
            "site": settings.SITE_URL,
            "licences": {each.value: each.address for each in Licence if each},
            "nights": nights(),
        }
        return Response(self.get_serializer(told).data)
