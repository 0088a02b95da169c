"""What members made of films, film by film; one's own as programs keep in step with it."""

from typing import Any, Final

from django.db.models import Q, QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.generics import ListAPIView

from accounts.api.endpoint import Endpoint
from accounts.api.permissions import Members
from accounts.api.serializers import example
from config.api.paging import LARGEST_PAGE
from films.api.filters import since
from films.api.refs import FilmRefSerializer
from films.models import Film
from films.paging import Run
from reviews.api import examples
from reviews.api.fields import OwnedField, StarsField
from reviews.api.members import member_showing
from reviews.api.queries import films_named, with_owned
from reviews.api.serializers import MarkSerializer
from reviews.blind import with_stars_covered
from reviews.models import Mark

EXAMPLE: Final = {"film": examples.FILM_REF, **examples.MARK, "owned": True, "updated_at": "2026-11-22T17:00:00Z"}


class MarkFilters(serializers.Serializer[Any]):
    film = serializers.ListField(
        child=serializers.CharField(max_length=120),
        required=False,
        max_length=LARGEST_PAGE,
        help_text=f"A film's slug. Given up to {LARGEST_PAGE} times, what you made of any of these.",
    )
    updated_since = since("What changed then or later, also what you took back whole: all is false in it.")

    def apply(self, marks: Any) -> Any:
        asked = self.validated_data
        if "film" in asked:
            here = Film.objects.filter(Q(slug__in=asked["film"]) | Q(former_slugs__slug__in=asked["film"]))
            marks = marks.filter(film__in=here.values("pk"))
        if "updated_since" in asked:
            return marks.filter(updated_at__gte=asked["updated_since"])
        return marks.said_something()


@example(examples.MARK | {"owned": True})
class MineSerializer(MarkSerializer):
    """What you think of a film, and whether you own it."""

    owned = OwnedField()

    class Meta(MarkSerializer.Meta):
        fields = read_only_fields = [*MarkSerializer.Meta.fields, "owned"]


@example(EXAMPLE)
class OwnMarkSerializer(MineSerializer):
    film = FilmRefSerializer(read_only=True)

    class Meta(MineSerializer.Meta):
        fields = read_only_fields = ["film", *MineSerializer.Meta.fields, "updated_at"]


@extend_schema_view(
    get=extend_schema(
        summary="List what you make of films",
        description="In an order that stays as it is while you read, whatever you mark meanwhile.",
    )
)
class OwnMarks(Endpoint, ListAPIView[Mark]):
    serializer_class = OwnMarkSerializer
    permission_classes = [Members]
    filters_class = MarkFilters

    def get_queryset(self) -> QuerySet[Mark]:
        filters: MarkFilters = self.asked()
        marks: QuerySet[Mark] = filters.apply(Mark.objects.filter(member=self.me))
        return (
            with_owned(marks, self.me)
            .select_related("film")
            .only(
                *("half_stars", "incident", "watched_at", "liked_at", "watchlisted_at", "visibility", "updated_at"),
                *("film__slug", "film__title", "film__year"),
            )
        )

    def get_runs(self) -> tuple[Run, ...]:
        return (Run(("film",), descending=False),)


@example({"film": examples.FILM_REF, "stars": 4.5, "rated_at": "2026-11-22T17:00:00Z"})
class RatingSerializer(serializers.ModelSerializer[Mark]):
    film = FilmRefSerializer(read_only=True)
    stars = StarsField(read_only=True)

    class Meta:
        model = Mark
        fields = read_only_fields = ["film", "stars", "rated_at"]


@example({"film": examples.FILM_REF, "liked_at": "2026-11-22T17:00:00Z"})
class LikedSerializer(serializers.ModelSerializer[Mark]):
    film = FilmRefSerializer(read_only=True)

    class Meta:
        model = Mark
        fields = read_only_fields = ["film", "liked_at"]


@extend_schema_view(
    get=extend_schema(
        summary="List a member's ratings",
        description="Those that you may see, the latest first. Stars are null for a reader who hides scores.",
    )
)
class MemberRatings(Endpoint, ListAPIView[Mark]):
    serializer_class = RatingSerializer

    def get_queryset(self) -> Any:
        marks = Mark.objects.visible_to(self.request.user).filter(member=member_showing(self))
        return with_stars_covered(films_named(marks.rated(), "half_stars", "rated_at"), self.request.user)

    def get_runs(self) -> tuple[Run, ...]:
        return (Run(("rated_at", "id")),)


@extend_schema_view(
    get=extend_schema(summary="List the films that a member likes", description="What was liked last comes first.")
)
class MemberLikes(Endpoint, ListAPIView[Mark]):
    serializer_class = LikedSerializer

    def get_queryset(self) -> Any:
        marks = Mark.objects.visible_to(self.request.user).filter(member=member_showing(self))
        return films_named(marks.liked(), "liked_at")

    def get_runs(self) -> tuple[Run, ...]:
        return (Run(("liked_at", "id")),)
