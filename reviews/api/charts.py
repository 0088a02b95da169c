"""The charts: what there is, and who stands where."""

import re
from typing import Any, Final

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.endpoint import Endpoint
from accounts.api.serializers import example
from accounts.freshness import by_tag
from accounts.models.viewer import Viewer
from config.api.paging import OnePage, page_schema, page_size
from config.freshness import WIDE
from config.keeping import Tags
from films.api import examples as films
from films.api.known import Known
from films.api.paging import CursorPages, link_to_place, place_asked_for
from films.api.queries import film_cards
from films.api.serializers import FilmCardSerializer
from films.chart_words import line, rule
from films.charts import SCORED, SHOWN, Board, Place, Row, Scope, address
from films.freshness import CHARTS, tag_of
from films.models import Chart, Film
from films.scores import prior
from reviews.api.queries import by_number
from reviews.blind import with_cover
from reviews.quiet import without_muted

CHART: Final = {
    "name": "top",
    "title": "Top 250",
    "summary": "The films that members rate highest.",
    "rule": "Films are in the order of the weighted mean …",
    "film_count": 2871,
    "counted_at": "2026-11-28T09:17:00Z",
    "url": "https://films.example.org/charts/top/",
}
PLACE: Final = {"position": 12, "figure": 4.41, "film": films.FILM_CARD}


@example(CHART)
class ChartSerializer(serializers.ModelSerializer[Chart]):
    """A chart of all films. `counted_at` is null until it was drawn up first."""

    title = serializers.CharField(source="get_name_display", read_only=True)
    summary = serializers.SerializerMethodField()
    rule = serializers.SerializerMethodField(help_text="How it is made, with the numbers that it was made with.")
    film_count = serializers.IntegerField(read_only=True, help_text="How many films qualify; the first 250 are told.")
    url = serializers.SerializerMethodField()

    class Meta:
        model = Chart
        fields = read_only_fields = ["name", "title", "summary", "rule", "film_count", "counted_at", "url"]

    def get_summary(self, chart: Chart) -> str:
        return line(chart.name)

    def get_rule(self, chart: Chart) -> str:
        row = Row(chart.pk, chart.least, chart.most, chart.film_count, chart.counted_at)
        return rule(chart.name, row, self.context["prior"])

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_url(self, chart: Chart) -> str:
        return str(self.context["request"].build_absolute_uri(address(chart.name, Scope())))


@example(PLACE)
class PlaceSerializer(serializers.Serializer[Any]):
    """`figure` is what the film stands there by: members, a weighted mean or a deviation in stars, watchlists."""

    position = serializers.IntegerField(read_only=True)
    figure = serializers.FloatField(read_only=True, allow_null=True, help_text="Null where the film's score is hidden.")
    film = FilmCardSerializer(read_only=True)


class ChartFilters(serializers.Serializer[Any]):
    """Given several, the films that are all of it."""

    genre = serializers.SlugField(
        required=False, max_length=40, validators=[Known("genre")], help_text="A genre's slug."
    )
    country = serializers.CharField(
        required=False, max_length=4, validators=[Known("country")], help_text="A country's code, such as `GB`."
    )
    decade = serializers.RegexField(
        r"^(18|19|20)\d0s?$",
        required=False,
        help_text="Such as `1990s`.",
        error_messages={"invalid": gettext_lazy("Write a decade such as 1990s.")},
    )

    @property
    def scope(self) -> Scope:
        said = self.validated_data
        decade = int(re.sub(r"\D", "", said["decade"])) if "decade" in said else None
        return Scope(said.get("genre", ""), said.get("country", "").upper(), decade)


class PlacePages(BasePagination):
    """Pages of a list that is short enough to be counted."""

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        self.request, size = request, page_size(request.query_params)
        start = place_asked_for(request, SHOWN)
        self.after = start + size if start + size < len(queryset) else None
        self.before = max(0, start - size) if start else None
        return list(queryset[start : start + size])

    def get_paginated_response(self, data: Any) -> Response:
        return Response(
            {
                "next": link_to_place(self.request, self.after),
                "previous": link_to_place(self.request, self.before),
                "results": data,
            }
        )

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        return page_schema(schema)

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        return CursorPages().get_schema_operation_parameters(view)


@extend_schema_view(
    get=extend_schema(summary="List the charts", description="Each with its rule, as it stands for all films.")
)
class Charts(Endpoint, ListAPIView[Chart]):
    serializer_class = ChartSerializer
    pagination_class = OnePage
    queryset = Chart.objects.of_all_films().order_by("pk")
    reader = None

    def made_of(self, said: Any) -> Tags:
        return WIDE, CHARTS

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "prior": prior()}


def _cards_for(viewer: Viewer) -> QuerySet[Film]:
    """The films that a chart may show to this viewer, as lists show them."""
    return without_muted(with_cover(film_cards(), viewer), viewer, members=(), films=("pk",))


_load_cards = by_number(_cards_for)


@extend_schema_view(
    get=extend_schema(
        operation_id="charts_read",
        summary="Read a chart",
        description="The first 250 films, of all or of a genre, a country and a decade. Films that you mute are left "
        "out, and their positions with them.",
    )
)
class ChartPlaces(Endpoint, ListAPIView[Any]):
    serializer_class = PlaceSerializer
    pagination_class = PlacePages
    filters_class = ChartFilters
    queryset = Chart.objects.none()

    def get_queryset(self) -> Any:
        name = self.kwargs["name"]
        if name not in Chart.Name:
            raise Http404
        filters: ChartFilters = self.asked()
        return Board.load(name).places(filters.scope)

    def made_of(self, said: Any) -> Tags:
        return WIDE, CHARTS, by_tag(self.request.user.pk), *map(tag_of, self.films)

    def paginate_queryset(self, queryset: Any) -> Any:
        """The films of the page's places, in one query."""
        places: list[Place] = super().paginate_queryset(queryset)  # type: ignore[assignment]
        viewer = self.request.user
        found = {film.pk: film for film in _load_cards(viewer, [place.film for place in places])}
        self.films = [*found]
        return [self._place(place, found[place.film]) for place in places if place.film in found]

    def _place(self, place: Place, film: Any) -> dict[str, Any]:
        covered = self.kwargs["name"] in SCORED and getattr(film, "score_covered", False)
        number = None if covered else round(float(place.figure), 2)
        return {"position": place.position, "figure": number, "film": film}
