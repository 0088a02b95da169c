"""Fields that the serializers of every app use."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.models import Licence


@extend_schema_field({"type": "string", "format": "uri"})
class PageAddress(serializers.Field):
    """The whole address of the page that shows the row."""

    def __init__(self, source: str = "get_absolute_url") -> None:
        super().__init__(source=source, read_only=True)

    def to_representation(self, value: str) -> str:
        return str(self.context["request"].build_absolute_uri(value))


@extend_schema_field({"type": ["string", "null"], "format": "uri"})
class PictureAddress(PageAddress):
    """The whole address of a picture, or null."""

    def to_representation(self, value: str) -> str | None:  # type: ignore[override]  # pictures may be missing
        return super().to_representation(value) if value else None


@extend_schema_field({"type": "string", "maxLength": 12})
class LicenceField(serializers.ChoiceField):
    """How others may use what somebody writes for everybody."""

    def __init__(self, *, read_only: bool = False) -> None:
        words = "CC-BY-4.0, CC-BY-SA-4.0 or CC0-1.0; empty: all rights are reserved."
        super().__init__(Licence.values, allow_blank=True, read_only=read_only, help_text=words)
