"""Following people on other servers, and what these say of films. Where the house speaks to none, nothing is here."""

from typing import Any, Final

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers
from rest_framework.generics import GenericAPIView, ListAPIView, get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.permissions import Members
from accounts.api.serializers import example
from accounts.federation import following
from accounts.federation.standing import followed_by
from accounts.models import FollowElsewhere
from films.api.refs import FilmRefSerializer
from films.paging import Run
from reviews.api import examples
from reviews.api.elsewhere import Elsewhere
from reviews.elsewhere import cover, words_for
from reviews.models import WordElsewhere
from reviews.stars import to_stars

FOLLOW: Final = {
    "id": 9, "handle": "@zoe@social.example.org", "name": "Zoë", "url": "https://social.example.org/users/zoe",
    "state": "accepted", "since": "2026-11-30T19:00:00Z",
}  # fmt: skip
WORD: Final = {
    "id": 31, "handle": "@zoe@social.example.org", "name": "Zoë", "film": examples.FILM_REF, "stars": 4.5,
    "words": "The first six minutes still work.", "spoilers": False, "covered": False,
    "published_at": "2026-11-30T20:00:00Z", "url": "https://social.example.org/posts/31",
}  # fmt: skip


@example(FOLLOW, response_only=True)
class FollowElsewhereSerializer(serializers.ModelSerializer[FollowElsewhere]):
    """Somebody elsewhere whom you follow, or want to."""

    handle = serializers.CharField(read_only=True, help_text="What you wrote, until it is known who they are.")
    name = serializers.CharField(source="stranger.name", read_only=True, default="")
    url = serializers.CharField(source="stranger.uri", read_only=True, default="", help_text="Empty until then.")
    state = serializers.ChoiceField(choices=FollowElsewhere.State.choices, read_only=True)
    since = serializers.DateTimeField(source="created_at", read_only=True)

    class Meta:
        model = FollowElsewhere
        fields = read_only_fields = ["id", "handle", "name", "url", "state", "since"]


@example({"who": "@zoe@social.example.org"}, request_only=True)
class WhoSerializer(serializers.Serializer[Any]):
    who = serializers.CharField(max_length=500, help_text="Their name there, or the address of their page.")


@example(WORD, response_only=True)
class WordElsewhereSerializer(serializers.ModelSerializer[WordElsewhere]):
    """What somebody elsewhere says about a film. `stars` is null, too, while you hide scores and have not rated it."""

    handle = serializers.CharField(source="stranger.handle", read_only=True)
    name = serializers.CharField(source="stranger.name", read_only=True)
    film = FilmRefSerializer(read_only=True)
    stars = serializers.SerializerMethodField()
    words = serializers.CharField(read_only=True, help_text="The first of them, as plain text.")
    covered = serializers.BooleanField(
        source="is_covered", read_only=True, help_text="They may tell the end of a film that you have not seen."
    )
    url = serializers.CharField(read_only=True, help_text="Where all of it is.")

    class Meta:
        model = WordElsewhere
        fields = read_only_fields = [
            "id", "handle", "name", "film", "stars", "words", "spoilers", "covered", "published_at", "url",
        ]  # fmt: skip

    @extend_schema_field({"type": ["number", "null"], "minimum": 0.5, "maximum": 5})
    def get_stars(self, word: WordElsewhere) -> float | None:
        return to_stars(word.half_stars)


@extend_schema_view(
    get=extend_schema(
        summary="List whom you follow elsewhere",
        description="The latest first. `state`: sought (being looked for), missing (not found), asked, accepted or "
        "refused.",
    )
)
class FollowedElsewhere(Elsewhere, ListAPIView[FollowElsewhere]):
    serializer_class = FollowElsewhereSerializer
    permission_classes = [Members]

    def get_queryset(self) -> "QuerySet[FollowElsewhere]":
        return followed_by(self.me)

    def get_runs(self) -> tuple[Run, ...]:
        return (Run(("id",)),)

    @extend_schema(
        summary="Follow somebody elsewhere",
        description="They are looked for and asked within moments; the list says what came of it. Whom you follow or "
        "have asked already stays as it is. You have to be somebody who can be followed from there yourself.",
        request=WhoSerializer,
        responses={201: FollowElsewhereSerializer},
    )
    def post(self, request: Request) -> Response:
        sent = WhoSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        made = following.follow(member=self.me, who=sent.validated_data["who"])
        return Response(FollowElsewhereSerializer(get_object_or_404(self.get_queryset(), pk=made.pk)).data, status=201)


@extend_schema_view(
    delete=extend_schema(
        summary="Unfollow somebody elsewhere",
        description="They are told. What they said about films goes from here with the last who follows them.",
    )
)
class OneFollowedElsewhere(Elsewhere, GenericAPIView[FollowElsewhere]):
    serializer_class = FollowElsewhereSerializer
    permission_classes = [Members]

    def get_queryset(self) -> "QuerySet[FollowElsewhere]":
        return followed_by(self.request.user)  # type: ignore[arg-type]  # Members lets in nobody else

    def delete(self, request: Request, pk: int) -> Response:
        get_object_or_404(self.get_queryset(), pk=pk)
        following.unfollow(member=self.me, follow_id=pk)
        return Response(status=204)


@extend_schema_view(
    get=extend_schema(
        summary="Read what people elsewhere say about films",
        description="Of those whom you follow there, the latest first, without films that you mute. It counts nowhere.",
    )
)
class WordsElsewhere(Elsewhere, ListAPIView[WordElsewhere]):
    serializer_class = WordElsewhereSerializer
    permission_classes = [Members]
    queryset = WordElsewhere.objects.none()

    def get_queryset(self) -> Any:
        return words_for(self.me)

    def get_runs(self) -> tuple[Run, ...]:
        return (Run(("published_at", "id")),)

    def paginate_queryset(self, queryset: Any) -> Any:
        rows = super().paginate_queryset(queryset)
        return cover(rows or [])
