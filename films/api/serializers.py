"""What programs read of the catalogue."""

from typing import Any

from django.utils.functional import cached_property
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.api.fields import PageAddress, PictureAddress
from accounts.api.serializers import example
from accounts.picture_shapes import view_of
from films.api import examples
from films.api.money import SumField
from films.api.refs import (
    CountrySerializer,
    FilmRefSerializer,
    GenreSerializer,
    LanguageSerializer,
    PersonRefSerializer,
    ServiceSerializer,
)
from films.api.rows import (
    AccessFeatureSerializer,
    AlternativeTitleSerializer,
    AvailabilitySerializer,
    AwardSerializer,
    CastSerializer,
    CompanySerializer,
    ContentNoteSerializer,
    CrewSerializer,
    FranchiseSerializer,
    OutsideScoreSerializer,
    ReleaseSerializer,
    SongSerializer,
)
from films.models import Availability, Credit, Film, FilmId, Job, LeftAddress, Person, PersonId
from films.posters import poster_of
from films.scores import weighted


class ExternalIdsSerializer(serializers.Serializer[Any]):
    """What other catalogues call it; null where that is not known."""

    imdb = serializers.CharField(allow_null=True, read_only=True)
    tmdb = serializers.CharField(allow_null=True, read_only=True)
    wikidata = serializers.CharField(allow_null=True, read_only=True)


@example(examples.SCORE)
class ScoreSerializer(serializers.Serializer[Film]):
    """`histogram` counts the ratings from ½ star to 5. `average` is null while there are few."""

    average = serializers.SerializerMethodField()
    count = serializers.IntegerField(source="rating_count", read_only=True)
    histogram = serializers.ListField(
        source="rating_histogram",
        child=serializers.IntegerField(min_value=0),
        min_length=10,
        max_length=10,
        read_only=True,
    )
    weighted = serializers.SerializerMethodField(help_text="The average, drawn to the site's mean while votes are few.")

    def get_average(self, film: Film) -> float | None:
        return None if film.average is None else round(float(film.average), 2)

    def get_weighted(self, film: Film) -> float | None:
        return weighted(film)


def ids_of(rows: Any, source: type[FilmId.Source] | type[PersonId.Source]) -> dict[str, str | None]:
    known = {row["source"]: row["value"] for row in rows}
    return {str(name): known.get(str(name)) for name in (source.IMDB, source.TMDB, source.WIKIDATA)}


@extend_schema_field({"type": "string", "format": "uri"})
class PosterAddress(PageAddress):
    """The whole address of a film's poster, which the site draws where nobody gave one."""

    def __init__(self) -> None:
        super().__init__(source="*")

    def to_representation(self, film: Film) -> str:  # type: ignore[override]  # the source is the film itself
        return super().to_representation(poster_of(film).src)


@example(examples.FILM_CARD)
class FilmCardSerializer(serializers.ModelSerializer[Film]):
    """A film as lists show it. For `films.api.queries.film_cards()`."""

    poster = PosterAddress()
    directors = PersonRefSerializer(source="director_list", many=True, read_only=True)
    genres = GenreSerializer(source="genre_list", many=True, read_only=True)
    countries = CountrySerializer(source="country_list", many=True, read_only=True)
    languages = LanguageSerializer(source="language_list", many=True, read_only=True)
    external_ids = serializers.SerializerMethodField()
    rating = serializers.SerializerMethodField()
    hidden = serializers.SerializerMethodField(
        help_text="You asked to see no scores before you have rated the film: `rating` is null."
    )
    top_position = serializers.SerializerMethodField(
        help_text="On the chart `top`, as it was counted last. Null beyond 250, and where the score is hidden."
    )
    url = PageAddress()

    class Meta:
        model = Film
        fields = read_only_fields = [
            "slug", "title", "original_title", "year", "release_date", "runtime_minutes", "poster", "directors",
            "genres", "countries", "languages", "external_ids", "rating", "hidden", "top_position", "url", "updated_at",
        ]  # fmt: skip

    @extend_schema_field(ScoreSerializer(allow_null=True))
    def get_rating(self, film: Film) -> Any:
        return None if self.get_hidden(film) else self.scores.to_representation(film)

    def get_top_position(self, film: Film) -> int | None:
        return None if self.get_hidden(film) else film.top_position

    @cached_property
    def scores(self) -> ScoreSerializer:
        return ScoreSerializer(context=self.context)

    def get_hidden(self, film: Film) -> bool:
        return getattr(film, "score_covered", False)

    @extend_schema_field(ExternalIdsSerializer)
    def get_external_ids(self, film: Any) -> dict[str, str | None]:
        return ids_of(film.id_list, FilmId.Source)


@example(examples.FILM)
class FilmSerializer(FilmCardSerializer):
    """All that is known of a film. For `films.api.queries.whole_films()`."""

    cast = serializers.SerializerMethodField()
    crew = serializers.SerializerMethodField()
    soundtrack = SongSerializer(many=True, read_only=True)
    awards = AwardSerializer(many=True, read_only=True)
    availability = AvailabilitySerializer(many=True, read_only=True)
    external_scores = serializers.SerializerMethodField()
    releases = ReleaseSerializer(source="release_list", many=True, read_only=True)
    alternative_titles = AlternativeTitleSerializer(source="title_list", many=True, read_only=True)
    companies = CompanySerializer(source="company_list", many=True, read_only=True)
    franchise = serializers.SerializerMethodField()
    content_notes = ContentNoteSerializer(source="note_list", many=True, read_only=True)
    accessibility = AccessFeatureSerializer(source="access_list", many=True, read_only=True)
    budget = SumField(read_only=True)
    box_office = SumField(read_only=True)

    class Meta:
        model = Film
        fields = read_only_fields = [
            "slug", "title", "original_title", "year", "release_date", "runtime_minutes", "synopsis", "tagline",
            "poster", "trailer_url", "directors", "genres", "countries", "languages", "companies", "franchise",
            "alternative_titles", "releases", "content_notes", "accessibility", "budget", "box_office",
            "external_ids", "rating", "hidden",
            "top_position", "cast", "crew", "soundtrack", "awards", "availability", "external_scores", "url",
            "updated_at",
        ]  # fmt: skip

    @extend_schema_field(OutsideScoreSerializer(many=True))
    def get_external_scores(self, film: Any) -> Any:
        return [] if self.get_hidden(film) else OutsideScoreSerializer(film.score_list, many=True).data

    @extend_schema_field(FranchiseSerializer(allow_null=True))
    def get_franchise(self, film: Film) -> Any:
        return FranchiseSerializer(film).data if film.franchise else None

    @extend_schema_field(CastSerializer(many=True))
    def get_cast(self, film: Film) -> Any:
        return CastSerializer([c for c in film.credits.all() if c.job == Job.ACTOR], many=True).data

    @extend_schema_field(CrewSerializer(many=True))
    def get_crew(self, film: Film) -> Any:
        return CrewSerializer([c for c in film.credits.all() if c.job != Job.ACTOR], many=True).data


@example(examples.PERSON_CARD)
class PersonCardSerializer(serializers.ModelSerializer[Person]):
    url = PageAddress()

    class Meta:
        model = Person
        fields = read_only_fields = ["slug", "name", "credit_count", "url", "updated_at"]


class PersonCreditSerializer(serializers.ModelSerializer[Credit]):
    film = FilmRefSerializer(read_only=True)

    class Meta:
        model = Credit
        fields = read_only_fields = ["film", "job", "character", "detail"]


class PortraitAddress(PictureAddress):
    def __init__(self) -> None:
        super().__init__(source="portrait_key")

    def to_representation(self, key: str) -> str | None:  # type: ignore[override]  # pictures may be missing
        view = view_of(key, "portrait")
        return super().to_representation(view.large if view else "")


@example(examples.PERSON)
class PersonSerializer(PersonCardSerializer):
    portrait = PortraitAddress()
    external_ids = serializers.SerializerMethodField()
    credits = PersonCreditSerializer(source="newest_credits", many=True, read_only=True)

    class Meta:
        model = Person
        fields = read_only_fields = [
            "slug", "name", "born_on", "died_on", "birthplace", "biography", "portrait", "external_ids",
            "credit_count", "credits", "url", "updated_at",
        ]  # fmt: skip

    @extend_schema_field(ExternalIdsSerializer)
    def get_external_ids(self, person: Person) -> dict[str, str | None]:
        rows = [{"source": row.source, "value": row.value} for row in person.external_ids.all()]
        return ids_of(rows, PersonId.Source)


@example(examples.LEAVING)
class LeavingSerializer(serializers.ModelSerializer[Availability]):
    film = FilmRefSerializer(read_only=True)
    service = ServiceSerializer(read_only=True)
    region = serializers.CharField(source="country_id", allow_null=True, read_only=True, help_text="A country's code.")

    days_left = serializers.IntegerField(read_only=True, help_text="0 on the last day itself, by the site's time zone.")

    class Meta:
        model = Availability
        fields = read_only_fields = ["film", "service", "region", "kind", "ends_on", "days_left", "url"]


@example(examples.LEFT_ADDRESS)
class LeftAddressSerializer(serializers.ModelSerializer[LeftAddress]):
    moved_to = serializers.CharField(
        allow_null=True, read_only=True, help_text="The address now; null where the film or the person is gone."
    )

    class Meta:
        model = LeftAddress
        fields = read_only_fields = ["kind", "slug", "moved_to", "left_at"]
