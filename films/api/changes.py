"""What curators may write through the API. It checks and converts; the actions write."""

from typing import Any

from rest_framework import serializers

from accounts.api.serializers import example
from films.api import examples
from films.models import Country, Film, Genre, Language


@example(examples.FILM_CHANGE, request_only=True)
class FilmChangeSerializer(serializers.ModelSerializer[Film]):
    genres = serializers.SlugRelatedField(slug_field="slug", queryset=Genre.objects.all(), many=True, required=False)
    countries = serializers.SlugRelatedField(
        slug_field="code", queryset=Country.objects.all(), many=True, required=False
    )
    languages = serializers.SlugRelatedField(
        slug_field="code", queryset=Language.objects.all(), many=True, required=False
    )

    class Meta:
        model = Film
        fields = [
            "title", "original_title", "year", "release_date", "runtime_minutes", "tagline", "synopsis", "genres",
            "countries", "languages", "poster_alt",
        ]  # fmt: skip

    def facts(self) -> dict[str, Any]:
        """What to hand to `add_film` or `correct_film`."""
        return dict(self.validated_data)
