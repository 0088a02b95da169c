"""Essays of members: reading, writing and liking them."""

from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet, Value
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.generics import GenericAPIView, ListCreateAPIView, RetrieveUpdateDestroyAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from accounts.api.endpoint import Endpoint
from accounts.api.permissions import Members
from accounts.models import Follow
from accounts.models.sight import is_signed_in
from config.api.errors import Conflict
from config.freshness import ANY
from config.keeping import Tags
from films.models import Film, Person
from films.paging import Run
from reviews.actions.composing import StaleEssay, delete_essay, like_essay, unlike_essay, write_essay
from reviews.api.essay_serializers import EssayChangeSerializer, EssayFilters, EssayNewSerializer, EssaySerializer
from reviews.api.filters import Reveal
from reviews.curtains import opened_for
from reviews.models import Essay


def with_subjects(rows: QuerySet[Essay]) -> QuerySet[Essay]:
    """Essays with the films and people that they are about, named as programs are told them. Two queries more."""
    films = Film.objects.only("slug", "title", "year").order_by("title", "id")
    people = Person.objects.only("slug", "name").order_by("name", "id")
    return rows.prefetch_related(Prefetch("films", films), Prefetch("people", people))


def essays_for(viewer: Any) -> QuerySet[Essay]:
    """The essays that the viewer may read, with all that is told of them, in three queries. `lets_me_in` of each:
    whether the viewer follows its writer.
    """
    let_in: Any = Value(False)
    if is_signed_in(viewer):
        let_in = Exists(Follow.objects.filter(follower=viewer.pk, followed=OuterRef("member")))
    rows = Essay.objects.visible_to(viewer).select_related("member").annotate(lets_me_in=let_in)
    shown = rows.defer("member__password", "member__email", "member__bio")
    return with_subjects(opened_for(shown, viewer))


@extend_schema_view(
    get=extend_schema(summary="List essays", description="Those that you may read, the newest first."),
    post=extend_schema(
        summary="Post an essay",
        description="The same title and text twice within five minutes are one essay. To the films and people that you "
        "name come those to whose pages here the text leads. A `draft` of yours that you name becomes the essay.",
        request=EssayNewSerializer,
        responses={201: EssaySerializer},
    ),
)
class Essays(Endpoint, ListCreateAPIView[Essay]):
    serializer_class = EssaySerializer
    filters_class = EssayFilters

    def get_queryset(self) -> QuerySet[Essay]:
        self.filters: EssayFilters = self.asked()
        found = self.filters.apply(Essay.objects.visible_to(self.request.user)).values("pk")
        return essays_for(self.request.user).filter(pk__in=found)

    def made_of(self, said: Any) -> Tags:
        return (ANY,)

    def get_runs(self) -> tuple[Run, ...]:
        return self.filters.runs()

    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        sent = EssayNewSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        draft = sent.draft_of(self.me)
        version = draft.version if draft else None
        try:
            written = write_essay(member=self.me, composition=sent.composition(), essay=draft, version=version)
        except StaleEssay as stale:  # the draft was changed or posted in the same moment
            raise Conflict(str(stale), code="stale") from None
        answer = self.get_serializer(essays_for(request.user).get(pk=written.pk)).data
        return Response(answer, status=201, headers={"Location": request.build_absolute_uri(f"{written.pk}/")})


@extend_schema_view(
    get=extend_schema(summary="Read an essay", parameters=[Reveal]),
    patch=extend_schema(
        summary="Edit your essay",
        description="What is left out stays. Send the `version` that you read, and nobody's edit is lost: an essay "
        "that was changed since is refused with 409.",
        request=EssayChangeSerializer,
        responses=EssaySerializer,
    ),
    delete=extend_schema(summary="Delete your essay", description="With its comments and likes."),
)
class EssayDetail(Endpoint, RetrieveUpdateDestroyAPIView[Essay]):
    """One essay, where you may read it. What you have not posted yet is at `me/essay-drafts/`."""

    serializer_class = EssaySerializer
    http_method_names = ["get", "patch", "delete", "head"]

    def get_queryset(self) -> QuerySet[Essay]:
        return essays_for(self.request.user)

    def patch(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        essay = self.get_object()
        sent = EssayChangeSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        version = sent.validated_data.get("version", essay.version)
        try:
            write_essay(member=self.me, essay=essay, composition=sent.composition(essay), version=version)
        except StaleEssay as stale:
            raise Conflict(str(stale), code="stale") from None
        return Response(self.get_serializer(self.get_object()).data)

    def perform_destroy(self, essay: Essay) -> None:
        delete_essay(member=self.me, essay=essay)


@extend_schema_view(
    put=extend_schema(summary="Like an essay", request=None, responses={204: None}),
    delete=extend_schema(summary="Take back a like of an essay", responses={204: None}),
)
class EssayLiking(Endpoint, GenericAPIView[Essay]):
    """Your like of somebody else's essay. Both verbs may be repeated."""

    permission_classes = [Members]
    serializer_class = BaseSerializer[Any]

    def get_queryset(self) -> QuerySet[Essay]:
        return Essay.objects.visible_to(self.request.user).select_related("member")

    def put(self, request: Request, pk: int) -> Response:
        like_essay(member=self.me, essay=self.get_object())
        return Response(status=204)

    def delete(self, request: Request, pk: int) -> Response:
        unlike_essay(member=self.me, essay=self.get_object())
        return Response(status=204)
