"""What members recommend to you, what you recommend to them, and doing so."""

from typing import Any, Final

from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers
from rest_framework.generics import GenericAPIView, ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.endpoint import Endpoint
from accounts.api.examples import MEMBER_REF
from accounts.api.fields import PageAddress
from accounts.api.permissions import Members
from accounts.api.queries import member_called
from accounts.api.serializers import MemberRefSerializer, example
from films.api.queries import film_here
from films.api.refs import FilmRefSerializer
from films.paging import Run
from reviews.actions.recommending import recommend_film, withdraw_tip
from reviews.api import examples
from reviews.models import Mark, Tip
from reviews.models.tip import LONGEST_WORDS
from reviews.stars import to_stars
from reviews.tips import attach_outcomes, given_by, heard_by

TIP: Final[dict[str, Any]] = {
    "id": 12,
    "film": examples.FILM_REF,
    "member": MEMBER_REF,
    "words": "For the first six minutes alone.",
    "watched": False,
    "recommended_at": "2026-11-22T17:00:00Z",
    "url": "https://films.example.org/recommended/12/",
}
GIVEN: Final[dict[str, Any]] = {
    "id": 13,
    "film": examples.FILM_REF,
    "to": {"username": "bea", "name": "Bea"},
    "words": "For the first six minutes alone.",
    "watched": True,
    "stars": 4.5,
    "in_watchlist": False,
    "removed": False,
    "recommended_at": "2026-11-22T17:00:00Z",
    "url": "https://films.example.org/recommended/13/",
}


@example(TIP)
class TipSerializer(serializers.ModelSerializer[Tip]):
    film = FilmRefSerializer(read_only=True)
    member = MemberRefSerializer(read_only=True, help_text="Who recommends it.")
    watched = serializers.BooleanField(read_only=True, help_text="Whether you have seen it.")
    recommended_at = serializers.DateTimeField(source="created_at", read_only=True)
    url = PageAddress()

    class Meta:
        model = Tip
        fields = read_only_fields = ["id", "film", "member", "words", "watched", "recommended_at", "url"]


@example(GIVEN)
class GivenTipSerializer(serializers.ModelSerializer[Tip]):
    """What became of it: `watched`, `stars` and `in_watchlist` say no more than they show you of their mark."""

    film = FilmRefSerializer(read_only=True)
    to = MemberRefSerializer(read_only=True)
    watched = serializers.SerializerMethodField()
    stars = serializers.SerializerMethodField()
    in_watchlist = serializers.SerializerMethodField()
    removed = serializers.SerializerMethodField(help_text="A moderator removed it.")
    recommended_at = serializers.DateTimeField(source="created_at", read_only=True)
    url = PageAddress()

    class Meta:
        model = Tip
        fields = read_only_fields = [
            "id", "film", "to", "words", "watched", "stars", "in_watchlist", "removed", "recommended_at", "url",
        ]  # fmt: skip

    def get_watched(self, tip: Any) -> bool:
        return tip.mark is not None and tip.mark.is_watched

    @extend_schema_field({"type": ["number", "null"]})
    def get_stars(self, tip: Any) -> float | None:
        return None if tip.mark is None else to_stars(tip.mark.half_stars)

    def get_in_watchlist(self, tip: Any) -> bool:
        return tip.mark is not None and tip.mark.is_in_watchlist

    def get_removed(self, tip: Tip) -> bool:
        return tip.removed_at is not None


@example({"words": "For the first six minutes alone."}, request_only=True)
class TipNewSerializer(serializers.Serializer[Any]):
    words = serializers.CharField(
        required=False, allow_blank=True, default="", help_text=f"A line to them, of up to {LONGEST_WORDS} characters."
    )


@extend_schema_view(
    get=extend_schema(
        summary="List what members recommend to you",
        description="The latest first, without what you dismissed and members and films that you mute. To take a film "
        "off the list for good, dismiss it (`me/recommendations/dismissed/`); nobody is told.",
    )
)
class Recommended(Endpoint, ListAPIView[Tip]):
    serializer_class = TipSerializer
    permission_classes = [Members]
    queryset = Tip.objects.none()

    def get_queryset(self) -> Any:
        watched = Mark.objects.watched().filter(member=self.me, film=OuterRef("film"))
        tips = heard_by(self.me).select_related("film", "member").defer("film__search_text")
        return tips.annotate(watched=Exists(watched))

    def get_runs(self) -> tuple[Run, ...]:
        return (Run(("id",)),)


@extend_schema_view(
    get=extend_schema(
        summary="List what you recommend to members",
        description="The latest first, with what became of each.",
    )
)
class RecommendedByMe(Endpoint, ListAPIView[Tip]):
    serializer_class = GivenTipSerializer
    permission_classes = [Members]
    queryset = Tip.objects.none()

    def get_queryset(self) -> Any:
        return given_by(self.me)

    def get_runs(self) -> tuple[Run, ...]:
        return (Run(("id",)),)

    def paginate_queryset(self, queryset: Any) -> Any:
        rows = super().paginate_queryset(queryset)
        attach_outcomes(self.me, rows or [])
        return rows


@extend_schema_view(
    put=extend_schema(
        summary="Recommend a film to a member",
        description="To who follows you, unless they want none, and to whom you follow where they allow it. Once: sent "
        "again, it is the first, whatever it says.",
        request=TipNewSerializer,
        responses=GivenTipSerializer,
    ),
    delete=extend_schema(
        summary="Take back what you recommended to a member", description="May be repeated.", responses={204: None}
    ),
)
class FilmTip(Endpoint, GenericAPIView[Tip]):
    """They read it on a page of theirs, and on the film's. Whether they mute you or the film, do not want it, or have
    seen it and do not show you, you are not told.
    """

    serializer_class = GivenTipSerializer
    permission_classes = [Members]
    queryset = Tip.objects.none()
    http_method_names = ["put", "delete"]

    def put(self, request: Request, slug: str, username: str) -> Response:
        film, to = film_here(self), member_called(username, self.me)
        sent = TipNewSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        made = recommend_film(member=self.me, to=to, film=film, words=sent.validated_data["words"])
        tip = get_object_or_404(given_by(self.me), pk=made.pk)
        attach_outcomes(self.me, [tip])
        return Response(self.get_serializer(tip).data)

    def delete(self, request: Request, slug: str, username: str) -> Response:
        film, to = film_here(self), member_called(username, self.me)
        tip = Tip.objects.filter(member=self.me, to=to, film=film).select_related("film", "to").first()
        if tip is not None:
            withdraw_tip(member=self.me, tip=tip)
        return Response(status=204)
