"""What curators may write through the API. It checks and converts; the actions write."""

from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _
from rest_framework import serializers

from accounts.api.serializers import example
from accounts.models import User
from films.actions import add_film, correct_film, settle_fact
from films.api import examples
from films.api.known import NamedField
from films.api.money import SumField
from films.models import (
    AlternativeTitle,
    Film,
    Release,
)
from films.record import Json

# Lists that are written whole, and what films/record.py calls them.
ROWS: Final = {"releases": "releases", "alternative_titles": "titles"}


def _several(kind: str, **options: Any) -> Any:
    return NamedField(kind, many=True, required=False, **options)


class _RowList(serializers.ListSerializer[Any]):
    def validate(self, rows: Any) -> Any:
        if len({tuple(str(row[name]) for name in self.child.Meta.same_row) for row in rows}) < len(rows):  # type: ignore[union-attr]  # ours have it
            raise serializers.ValidationError(_("One of these stands here twice."))
        return rows


class ReleaseChangeSerializer(serializers.ModelSerializer[Release]):
    country = NamedField("country")

    class Meta:
        model = Release
        fields = ["country", "kind", "released_on", "certificate", "note"]
        same_row = ("country", "kind", "released_on")
        list_serializer_class = _RowList

    def validate(self, row: dict[str, Any]) -> dict[str, Json]:
        day = row.get("released_on")
        if not day and not row.get("certificate"):
            raise serializers.ValidationError(_("Give the day, the certificate, or both."))
        return {
            "country": row["country"].code,
            "kind": row.get("kind", Release.Kind.CINEMA),
            "released_on": day.isoformat() if day else None,
            "certificate": row.get("certificate", ""),
            "note": row.get("note", ""),
        }


class TitleChangeSerializer(serializers.ModelSerializer[AlternativeTitle]):
    country = NamedField("country", required=False, allow_null=True)
    language = NamedField("language", required=False, allow_null=True)

    class Meta:
        model = AlternativeTitle
        fields = same_row = ["title", "country", "language"]
        list_serializer_class = _RowList

    def validate(self, row: dict[str, Any]) -> dict[str, Json]:
        country, language = row.get("country"), row.get("language")
        return {
            "title": row["title"],
            "country": country.code if country else None,
            "language": language.code if language else None,
        }


@example(examples.FILM_CHANGE, request_only=True)
class FilmChangeSerializer(serializers.ModelSerializer[Film]):
    genres = _several("genre")
    countries = _several("country")
    languages = _several("language")
    companies = _several("company")
    content_notes = _several("note")
    accessibility = _several("access", source="access_features")
    franchise = NamedField("franchise", required=False, allow_null=True)
    budget = SumField(required=False)
    box_office = SumField(required=False)
    releases = ReleaseChangeSerializer(many=True, required=False)
    alternative_titles = TitleChangeSerializer(many=True, required=False)

    class Meta:
        model = Film
        fields = [
            "title", "original_title", "year", "release_date", "runtime_minutes", "tagline", "synopsis", "trailer_url",
            "genres", "countries", "languages", "companies", "franchise", "franchise_part", "content_notes",
            "accessibility", "budget", "box_office", "releases", "alternative_titles", "poster_alt",
        ]  # fmt: skip

    @transaction.atomic
    def write(self, *, curator: User, film: Film | None = None) -> Film:
        """Add the film, or correct it. Lists of rows become just what is sent."""
        facts = dict(self.validated_data)
        rows = {ROWS[name]: facts.pop(name) for name in ROWS if name in facts}
        written = correct_film(curator=curator, film=film, **facts) if film else add_film(curator=curator, **facts)
        for fact, value in rows.items():
            settle_fact(curator=curator, film=written, fact=fact, value=value)
        return written
