"""Films like another, films for oneself, and what one does not want recommended."""

from typing import Any, Final

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers
from rest_framework.generics import GenericAPIView, ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from accounts.api.endpoint import Endpoint
from accounts.api.permissions import AnyoneReads, Members
from accounts.api.serializers import example
from config.api.paging import OnePage
from films.api.queries import film_here
from films.api.refs import FilmRefSerializer
from films.models import Film
from films.paging import Run
from reviews.actions.dismissing import dismiss_film, undo_dismissal
from reviews.akin import akin_to
from reviews.api import examples
from reviews.api.fields import WarnedField
from reviews.circle import from_circle
from reviews.for_you import A_PAGE, for_you
from reviews.guidance import with_warnings
from reviews.models import Dismissal, Kindred
from reviews.similar import similar_to, with_similar
from reviews.stars import to_stars

SIMILAR: Final = {"film": examples.FILM_REF, "shared": "taste", "why": "Loved by the same members", "warned": []}
RECOMMENDED: Final = {
    "film": {"slug": "drive-2011", "title": "Drive", "year": 2011},
    "why": "Because you gave Baby Driver 5 stars",
    "because": {"film": examples.FILM_REF, "kind": "rated", "stars": 5.0},
    "warned": ["Flashing lights"],
}
OF_CIRCLE: Final = {"film": examples.FILM_REF, "why": "4 people you follow loved it", "people": 4, "warned": []}
DISMISSED: Final = {"film": examples.FILM_REF, "dismissed_at": "2026-11-22T17:00:00Z"}
REASONS: Final = [why.name.lower() for why in Kindred.Why]


@example(SIMILAR)
class SimilarSerializer(serializers.Serializer[Film]):
    film = FilmRefSerializer(source="*", read_only=True)
    warned = WarnedField()
    shared = serializers.SerializerMethodField()
    why = serializers.CharField(source="reason.label", read_only=True, help_text="The reason, for people.")

    @extend_schema_field(serializers.ChoiceField(choices=REASONS))
    def get_shared(self, film: Any) -> str:
        return str(film.reason.name.lower())


class BecauseSerializer(serializers.Serializer[Any]):
    film = FilmRefSerializer(source="*", read_only=True)
    kind = serializers.ChoiceField(choices=["rated", "liked", "watchlist"], read_only=True)
    stars = serializers.SerializerMethodField(help_text="What you gave it, where you rated it.")

    def get_stars(self, because: Any) -> float | None:
        return to_stars(because.half_stars)


@example(RECOMMENDED)
class RecommendationSerializer(serializers.Serializer[Film]):
    film = FilmRefSerializer(source="*", read_only=True)
    warned = WarnedField()
    why = serializers.SerializerMethodField(help_text="For people; empty where no one film stands out.")
    because = BecauseSerializer(
        read_only=True, allow_null=True, help_text="A film that speaks for it most, or nearly so."
    )

    def get_why(self, film: Any) -> str:
        return str(film.because or "")


@example(OF_CIRCLE)
class OfCircleSerializer(serializers.Serializer[Film]):
    film = FilmRefSerializer(source="*", read_only=True)
    warned = WarnedField()
    why = serializers.CharField(source="because", read_only=True)
    people = serializers.IntegerField(source="friends", read_only=True, help_text="How many of whom you follow.")


@example(DISMISSED)
class DismissalSerializer(serializers.ModelSerializer[Dismissal]):
    film = FilmRefSerializer(read_only=True)
    dismissed_at = serializers.DateTimeField(source="created_at", read_only=True)

    class Meta:
        model = Dismissal
        fields = read_only_fields = ["film", "dismissed_at"]


@extend_schema_view(
    get=extend_schema(
        summary="List films like another",
        description="The likest first, twelve at most. Learnt every night from what members rated in public, and from "
        "the catalogue; until then by the catalogue alone. Yours are without what you dismissed or mute.",
    )
)
class FilmSimilar(Endpoint, ListAPIView[Film]):
    serializer_class = SimilarSerializer
    permission_classes = [AnyoneReads]
    pagination_class = OnePage
    queryset = Film.objects.none()

    def get_queryset(self) -> Any:
        film = film_here(self, with_similar(Film.objects.only("id", "slug"), self.request.user))
        return with_warnings(self.request.user, similar_to(film) or akin_to(film.pk, self.request.user))


@extend_schema_view(
    get=extend_schema(
        summary="List films for you",
        description="Films that you have not seen, worked out from what you rated, liked and put on your watchlist as "
        "you ask; none before three of these are rated or liked, or if you switched it off (`wants_recommendations` of "
        "`me/`).",
    )
)
class Recommendations(Endpoint, ListAPIView[Film]):
    serializer_class = RecommendationSerializer
    permission_classes = [Members]
    pagination_class = OnePage
    queryset = Film.objects.none()

    def get_queryset(self) -> Any:
        return with_warnings(self.me, for_you(self.me))


@extend_schema_view(
    get=extend_schema(
        summary="List films from your circle",
        description="What those whom you follow loved and you have not seen, first what most of them did. While you "
        "hide scores: what they saw.",
    )
)
class FromCircle(Endpoint, ListAPIView[Film]):
    serializer_class = OfCircleSerializer
    permission_classes = [Members]
    pagination_class = OnePage
    queryset = Film.objects.none()

    def get_queryset(self) -> Any:
        return with_warnings(self.me, from_circle(self.me, A_PAGE))


@extend_schema_view(get=extend_schema(summary="List what you dismissed", description="The latest first."))
class Dismissals(Endpoint, ListAPIView[Dismissal]):
    serializer_class = DismissalSerializer
    permission_classes = [Members]
    queryset = Dismissal.objects.none()

    def get_queryset(self) -> QuerySet[Dismissal]:
        return Dismissal.objects.filter(member=self.me).select_related("film")

    def get_runs(self) -> tuple[Run, ...]:
        return (Run(("created_at", "id")),)


@extend_schema_view(
    put=extend_schema(summary="Dismiss a film", request=None, responses={204: None}),
    delete=extend_schema(summary="Let a film be recommended again", responses={204: None}),
)
class Dismissing(Endpoint, GenericAPIView[Film]):
    """A film that you dismiss is not recommended to you again."""

    permission_classes = [Members]
    serializer_class = BaseSerializer[Any]
    queryset = Film.objects.none()
    http_method_names = ["put", "delete"]

    def put(self, request: Request, slug: str) -> Response:
        dismiss_film(member=self.me, film=film_here(self))
        return Response(status=204)

    def delete(self, request: Request, slug: str) -> Response:
        undo_dismissal(member=self.me, film=film_here(self))
        return Response(status=204)
