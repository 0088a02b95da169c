"""What hangs on a film row by row, as programs read it."""

from rest_framework import serializers

from films.api.refs import PersonRefSerializer, ServiceSerializer
from films.models import (
    AccessFeature,
    AlternativeTitle,
    Availability,
    Award,
    Company,
    ContentNote,
    Credit,
    Film,
    OutsideScore,
    Release,
    SoundtrackEntry,
)


class CastSerializer(serializers.ModelSerializer[Credit]):
    person = PersonRefSerializer(read_only=True)

    class Meta:
        model = Credit
        fields = read_only_fields = ["person", "character"]


class CrewSerializer(serializers.ModelSerializer[Credit]):
    person = PersonRefSerializer(read_only=True)

    class Meta:
        model = Credit
        fields = read_only_fields = ["person", "job", "detail"]


class SongSerializer(serializers.ModelSerializer[SoundtrackEntry]):
    artist = serializers.CharField(source="artist.name", default="", read_only=True)

    class Meta:
        model = SoundtrackEntry
        fields = read_only_fields = ["title", "artist", "scene"]


class AwardSerializer(serializers.ModelSerializer[Award]):
    people = PersonRefSerializer(source="names", many=True, read_only=True, help_text="Whom the prize names.")
    slug = serializers.CharField(read_only=True, help_text="The award’s own address; empty if its name has no letters.")
    lost_to = serializers.SerializerMethodField(help_text="The title of the film that won instead.")
    lost_to_film = serializers.SlugRelatedField[Film](slug_field="slug", read_only=True, allow_null=True)

    class Meta:
        model = Award
        fields = read_only_fields = [
            "award",
            "slug",
            "category",
            "year",
            "outcome",
            "people",
            "lost_to",
            "lost_to_film",
        ]

    def get_lost_to(self, award: Award) -> str:
        return award.lost_to_film.title if award.lost_to_film else award.lost_to


class AvailabilitySerializer(serializers.ModelSerializer[Availability]):
    service = ServiceSerializer(read_only=True)
    region = serializers.CharField(source="country_id", allow_null=True, read_only=True, help_text="A country's code.")

    class Meta:
        model = Availability
        fields = read_only_fields = ["service", "region", "kind", "starts_on", "ends_on", "url"]


class OutsideScoreSerializer(serializers.ModelSerializer[OutsideScore]):
    value = serializers.FloatField(read_only=True)
    scale = serializers.FloatField(read_only=True)

    class Meta:
        model = OutsideScore
        fields = read_only_fields = ["source", "value", "scale", "votes", "as_of", "url"]


class ReleaseSerializer(serializers.ModelSerializer[Release]):
    country = serializers.CharField(read_only=True, help_text="The country's code.")

    class Meta:
        model = Release
        fields = read_only_fields = ["country", "kind", "released_on", "certificate", "note"]


class AlternativeTitleSerializer(serializers.ModelSerializer[AlternativeTitle]):
    country = serializers.CharField(read_only=True, allow_null=True, help_text="The country's code.")
    language = serializers.CharField(read_only=True, allow_null=True, help_text="The language's code.")

    class Meta:
        model = AlternativeTitle
        fields = read_only_fields = ["title", "country", "language"]


class CompanySerializer(serializers.ModelSerializer[Company]):
    class Meta:
        model = Company
        fields = read_only_fields = ["slug", "name"]


class ContentNoteSerializer(serializers.ModelSerializer[ContentNote]):
    class Meta:
        model = ContentNote
        fields = read_only_fields = ["slug", "name"]


class AccessFeatureSerializer(serializers.ModelSerializer[AccessFeature]):
    class Meta:
        model = AccessFeature
        fields = read_only_fields = ["slug", "name"]


class FranchiseSerializer(serializers.Serializer[Film]):
    """The franchise that a film belongs to, and as which part."""

    slug = serializers.CharField(source="franchise.slug", read_only=True)
    name = serializers.CharField(source="franchise.name", read_only=True)
    part = serializers.IntegerField(source="franchise_part", allow_null=True, read_only=True)
