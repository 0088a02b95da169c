"""Awards: all of them, the years of one, and who won and was nominated in a year of it."""

from typing import Any, Final

from django.db.models import QuerySet
from django.urls import reverse
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers
from rest_framework.generics import GenericAPIView, ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.endpoint import Endpoint
from accounts.api.permissions import AnyoneReads
from accounts.api.serializers import example
from config.freshness import WIDE
from config.keeping import Tags
from films import ceremonies
from films.api.refs import FilmRefSerializer
from films.api.rows import AwardSerializer
from films.models import Award
from films.paging import Run

SITE: Final = "https://films.example.org"
FILM: Final = {"slug": "baby-driver-2017", "title": "Baby Driver", "year": 2017}
NAMED: Final = {
    "slug": "academy-awards", "name": "Academy Awards", "first_year": 1929, "last_year": 2026, "films": 5112,
    "url": f"{SITE}/awards/academy-awards/",
}  # fmt: skip
YEAR: Final = {"year": 2018, "films": 61, "prizes": 124, "won": 24, "url": f"{SITE}/awards/academy-awards/2018/"}
PRIZE: Final = {
    "film": FILM, "outcome": "nominated", "people": [{"slug": "paul-machliss", "name": "Paul Machliss"}],
    "lost_to": "Dunkirk", "lost_to_film": "dunkirk-2017",
}  # fmt: skip


class Address(serializers.Serializer[Any]):
    """With `url`, the page of an award, or of a year of it."""

    url = serializers.SerializerMethodField()

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_url(self, row: Any) -> str:
        slug, year = getattr(row, "slug", None) or self.context["slug"], getattr(row, "year", None)
        path = reverse("films:award", args=[slug]) if year is None else reverse("films:award_year", args=[slug, year])
        return str(self.context["request"].build_absolute_uri(path))


@example(NAMED)
class NamedAwardSerializer(Address):
    slug = serializers.CharField()
    name = serializers.CharField(help_text="What it is called in its latest year.")
    first_year = serializers.IntegerField(help_text="Of those that the catalogue knows.")
    last_year = serializers.IntegerField()
    films = serializers.IntegerField(help_text="How many of the catalogue's films won or were nominated.")


class AwardYearSerializer(Address):
    year = serializers.IntegerField()
    films = serializers.IntegerField()
    prizes = serializers.IntegerField(help_text="Won by these films, or with them in the running.")
    won = serializers.IntegerField()


@example(NAMED | {"years": [YEAR]})
class AwardYearsSerializer(NamedAwardSerializer):
    years = AwardYearSerializer(many=True, help_text="The latest first.")


class PrizeSerializer(AwardSerializer):
    slug = None  # type: ignore[assignment]  # it stands above
    film = FilmRefSerializer(read_only=True)

    class Meta:
        model = Award
        fields = read_only_fields = ["film", "outcome", "people", "lost_to", "lost_to_film"]


class CategorySerializer(serializers.Serializer[Any]):
    category = serializers.CharField(source="name")
    prizes = PrizeSerializer(many=True, help_text="Winners first.")


@example({
    "slug": "academy-awards", "name": "Academy Awards", "year": 2018,
    "categories": [{"category": "Film Editing", "prizes": [PRIZE]}], "url": YEAR["url"],
})  # fmt: skip
class CeremonySerializer(serializers.Serializer[Any]):
    slug = serializers.CharField()
    name = serializers.CharField()
    year = serializers.IntegerField()
    categories = CategorySerializer(many=True)
    url = serializers.URLField()


class OfAwards(Endpoint):
    """The same for all readers, until the catalogue is written to."""

    permission_classes = [AnyoneReads]
    reader = None

    def made_of(self, said: Any) -> Tags:
        return (WIDE,)


@extend_schema_view(get=extend_schema(summary="List awards", description="By name, with the years that are known."))
class Awards(OfAwards, ListAPIView[Award]):
    serializer_class = NamedAwardSerializer

    def get_queryset(self) -> QuerySet[Award]:
        return ceremonies.ceremonies()

    def get_runs(self) -> tuple[Run, ...]:
        return ceremonies.OF_ALL

    def paginate_queryset(self, queryset: Any) -> list[Any]:
        return ceremonies.named(super().paginate_queryset(queryset) or [])


@extend_schema_view(
    get=extend_schema(
        summary="Read the years of an award",
        description="Names that differ only in capitals, accents or punctuation are one award.",
        responses=AwardYearsSerializer,
    )
)
class AwardYears(OfAwards, GenericAPIView[Any]):
    serializer_class = AwardYearsSerializer

    def get(self, request: Request, slug: str) -> Response:
        ceremonies.name_at(slug)
        years = list(ceremonies.years_of(slug))
        (award,) = ceremonies.named(years[:1])
        said = NamedAwardSerializer(award, context=self.get_serializer_context()).data
        context = {**self.get_serializer_context(), "slug": slug}
        told = AwardYearSerializer(ceremonies.told(slug, years), many=True, context=context).data
        return Response({**said, "years": told})


@extend_schema_view(
    get=extend_schema(
        operation_id="awards_year_retrieve",
        summary="Read who won and was nominated",
        description="In one year of an award, by category.",
        responses=CeremonySerializer,
    )
)
class AwardYear(OfAwards, GenericAPIView[Any]):
    serializer_class = CeremonySerializer

    def get(self, request: Request, slug: str, year: int) -> Response:
        prizes = ceremonies.prizes_of(slug, year)
        found = {
            "slug": slug,
            "name": prizes[0].award,
            "year": year,
            "categories": ceremonies.by_category(prizes),
            "url": request.build_absolute_uri(prizes[0].year_url),
        }
        return Response(CeremonySerializer(found).data)
