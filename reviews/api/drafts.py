"""Reviews that one has begun: only their writer reads and writes them."""

from typing import Any, Final

from django.db.models import QuerySet
from django.urls import reverse
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers
from rest_framework.generics import GenericAPIView, ListAPIView, get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.endpoint import Endpoint
from accounts.api.permissions import Members
from accounts.api.serializers import example
from config.api.errors import Conflict
from films.api.queries import film_here
from films.api.refs import FilmRefSerializer
from films.paging import Run
from reviews.actions.reviewing import StaleEdit, delete_review, save_draft
from reviews.actions.writing import Writing
from reviews.api import examples
from reviews.api.changes import WritingSerializer
from reviews.api.fields import StarsField
from reviews.models import Review

DRAFT: Final = {
    "film": examples.FILM_REF, "body": "A *musical* that", "stars": 4.5, "watched_on": "2026-11-20", "rewatch": False,
    "cut": "", "format": "cinema", "place": "", "context_shown": False, "spoilers": False, "tags": ["chase"],
    "visibility": "public", "comment_policy": "", "version": 2, "updated_at": "2026-11-22T17:00:00Z",
    "url": "https://films.example.org/films/baby-driver-2017/review/",
}  # fmt: skip


@example(DRAFT, response_only=True)
class DraftSerializer(serializers.ModelSerializer[Review]):
    """A review that nobody else can see, with what it says of the evening. `url` is where one goes on writing."""

    film = FilmRefSerializer(read_only=True)
    stars = StarsField(read_only=True)
    watched_on = serializers.SerializerMethodField()
    rewatch = serializers.SerializerMethodField()
    cut = serializers.SerializerMethodField()
    format = serializers.SerializerMethodField()
    place = serializers.SerializerMethodField()
    context_shown = serializers.SerializerMethodField()
    comment_policy = serializers.CharField(read_only=True, help_text="As in what you send, or empty.")
    url = serializers.SerializerMethodField()

    class Meta:
        model = Review
        fields = read_only_fields = [
            "film", "body", "stars", "watched_on", "rewatch", "cut", "format", "place", "context_shown", "spoilers",
            "tags", "visibility", "comment_policy", "version", "updated_at", "url",
        ]  # fmt: skip

    @extend_schema_field({"type": ["string", "null"], "format": "date"})
    def get_watched_on(self, draft: Review) -> str | None:
        return (draft.evening or {}).get("watched_on") or None

    def get_rewatch(self, draft: Review) -> bool:
        return bool((draft.evening or {}).get("rewatch"))

    def get_cut(self, draft: Review) -> str:
        return str((draft.evening or {}).get("cut", ""))

    def get_format(self, draft: Review) -> str:
        return str((draft.evening or {}).get("format", ""))

    def get_place(self, draft: Review) -> str:
        return str((draft.evening or {}).get("place", ""))

    def get_context_shown(self, draft: Review) -> bool:
        return bool((draft.evening or {}).get("context_shown"))

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_url(self, draft: Review) -> str:
        page = reverse("reviews:write_review", args=[draft.film.slug])
        return str(self.context["request"].build_absolute_uri(page))


@example({"body": "A *musical* that", "stars": 4.5, "watched_on": "2026-11-20", "version": 2}, request_only=True)
class DraftWritingSerializer(WritingSerializer):
    """The whole draft. With `version`, one that was changed elsewhere is refused with 409; 0 is for none so far."""

    version = serializers.IntegerField(required=False, min_value=0, max_value=2**31 - 1)

    def writing(self) -> Writing:
        return Writing(**self._said())


@extend_schema_view(get=extend_schema(summary="List your drafts", description="What you wrote last comes first."))
class Drafts(Endpoint, ListAPIView[Review]):
    serializer_class = DraftSerializer
    permission_classes = [Members]
    queryset = Review.objects.none()

    def get_queryset(self) -> QuerySet[Review]:
        return Review.objects.drafts_of(self.me).select_related("film")

    def get_runs(self) -> tuple[Run, ...]:
        return (Run(("updated_at", "id")),)


@extend_schema_view(
    get=extend_schema(summary="Read your draft about a film"),
    put=extend_schema(
        summary="Save your draft about a film",
        description="A film has one at most: this replaces it. To publish it, post the review; the draft becomes it.",
        request=DraftWritingSerializer,
        responses=DraftSerializer,
    ),
    delete=extend_schema(
        summary="Throw your draft about a film away", description="May be repeated.", responses={204: None}
    ),
)
class OneDraft(Endpoint, GenericAPIView[Review]):
    """Your draft, which nobody else can see."""

    serializer_class = DraftSerializer
    permission_classes = [Members]
    queryset = Review.objects.none()

    def drafts(self) -> QuerySet[Review]:
        return Review.objects.drafts_of(self.me).filter(film=film_here(self)).select_related("film", "member")

    def get(self, request: Request, slug: str) -> Response:
        return Response(self.get_serializer(get_object_or_404(self.drafts())).data)

    def put(self, request: Request, slug: str) -> Response:
        film = film_here(self)
        sent = DraftWritingSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        version: Any = sent.validated_data.get("version")
        try:
            save_draft(member=self.me, film=film, writing=sent.writing(), version=version)
        except StaleEdit as stale:
            raise Conflict(str(stale), code="stale") from None
        return self.get(request, slug)

    def delete(self, request: Request, slug: str) -> Response:
        for draft in self.drafts():
            delete_review(member=self.me, review=draft)
        return Response(status=204)
