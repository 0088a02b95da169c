"""Essays that one has begun: only their writer reads and writes them."""

from typing import Any, Final

from django.db.models import QuerySet
from django.urls import reverse
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers
from rest_framework.generics import ListCreateAPIView, RetrieveUpdateDestroyAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.endpoint import Endpoint
from accounts.api.permissions import Members
from accounts.api.serializers import example
from config.api.errors import Conflict
from films.api.examples import FILM_REF
from films.api.refs import FilmRefSerializer, PersonRefSerializer
from films.paging import Run
from reviews.actions.composing import StaleEssay, delete_essay, write_essay
from reviews.api.essay_serializers import EssayChangeSerializer, WrittenSerializer
from reviews.api.essays import with_subjects
from reviews.models import Essay

DRAFT: Final = {
    "id": 13, "title": "Doors that close by themselves", "body": "Nobody in these films", "films": [FILM_REF],
    "people": [], "spoilers": False, "visibility": "public", "comment_policy": "", "version": 2,
    "updated_at": "2026-11-22T17:00:00Z", "url": "https://films.example.org/essays/13/edit/",
}  # fmt: skip


@example(DRAFT, response_only=True)
class EssayDraftSerializer(serializers.ModelSerializer[Essay]):
    """An essay that nobody else can see. `url` is where one goes on writing."""

    films = FilmRefSerializer(many=True, read_only=True)
    people = PersonRefSerializer(many=True, read_only=True)
    comment_policy = serializers.CharField(read_only=True, help_text="As in what you send, or empty.")
    url = serializers.SerializerMethodField()

    class Meta:
        model = Essay
        fields = read_only_fields = [
            "id", "title", "body", "films", "people", "spoilers", "visibility", "comment_policy", "version",
            "updated_at", "url",
        ]  # fmt: skip

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_url(self, draft: Essay) -> str:
        page = reverse("reviews:edit_essay", args=[draft.pk])
        return str(self.context["request"].build_absolute_uri(page))


@example({"title": "Doors that close by themselves", "body": "Nobody in these films"}, request_only=True)
class EssayDraftNewSerializer(WrittenSerializer):
    """A title and some words are enough to begin with."""


@extend_schema_view(
    get=extend_schema(
        summary="List your drafts of essays",
        description="What you wrote last comes first. To publish one, post an essay that names it as its `draft`.",
    ),
    post=extend_schema(
        summary="Begin an essay",
        description="The same title and text twice within five minutes are one draft. A member has at most 100.",
        request=EssayDraftNewSerializer,
        responses={201: EssayDraftSerializer},
    ),
)
class EssayDrafts(Endpoint, ListCreateAPIView[Essay]):
    """Your drafts, which nobody else can see."""

    serializer_class = EssayDraftSerializer
    permission_classes = [Members]
    queryset = Essay.objects.none()

    def get_queryset(self) -> QuerySet[Essay]:
        return with_subjects(Essay.objects.drafts_of(self.me))

    def get_runs(self) -> tuple[Run, ...]:
        return (Run(("updated_at", "id")),)

    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        sent = EssayDraftNewSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        written = write_essay(member=self.me, composition=sent.composition(), publish=False)
        answer = self.get_serializer(self.get_queryset().get(pk=written.pk)).data
        return Response(answer, status=201, headers={"Location": request.build_absolute_uri(f"{written.pk}/")})


@extend_schema_view(
    get=extend_schema(summary="Read a draft of an essay"),
    patch=extend_schema(
        summary="Go on with a draft of an essay",
        description="What is left out stays. Send the `version` that you read, and nobody's words are lost: a draft "
        "that was changed since is refused with 409.",
        request=EssayChangeSerializer,
        responses=EssayDraftSerializer,
    ),
    delete=extend_schema(summary="Throw a draft of an essay away"),
)
class EssayDraft(Endpoint, RetrieveUpdateDestroyAPIView[Essay]):
    """A draft of yours, which nobody else can see."""

    serializer_class = EssayDraftSerializer
    permission_classes = [Members]
    queryset = Essay.objects.none()
    http_method_names = ["get", "patch", "delete", "head"]

    def get_queryset(self) -> QuerySet[Essay]:
        return with_subjects(Essay.objects.drafts_of(self.me))

    def patch(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        draft = self.get_object()
        sent = EssayChangeSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        version = sent.validated_data.get("version", draft.version)
        try:
            write_essay(
                member=self.me, essay=draft, composition=sent.composition(draft), version=version, publish=False
            )  # fmt: skip
        except StaleEssay as stale:
            raise Conflict(str(stale), code="stale") from None
        return Response(self.get_serializer(self.get_object()).data)

    def perform_destroy(self, draft: Essay) -> None:
        delete_essay(member=self.me, essay=draft)
