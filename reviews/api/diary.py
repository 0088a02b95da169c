"""Your own diary."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.generics import ListCreateAPIView, RetrieveUpdateDestroyAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.endpoint import Endpoint
from accounts.api.permissions import Members
from accounts.freshness import by_tag
from config.freshness import WIDE
from config.keeping import Tags
from films.paging import Run
from reviews.actions.diary import change_viewing, delete_viewing, log_viewing
from reviews.api.changes import ViewingChangeSerializer, ViewingNewSerializer
from reviews.api.queries import load_viewings, viewings_for
from reviews.api.viewings import ViewingSerializer
from reviews.models import Viewing


@extend_schema_view(
    get=extend_schema(summary="List your diary", description="The latest evening first."),
    post=extend_schema(
        summary="Log a viewing",
        description="The stars become your rating of the film, too.",
        request=ViewingNewSerializer,
        responses={201: ViewingSerializer},
    ),
)
class Diary(Endpoint, ListCreateAPIView[Viewing]):
    serializer_class = ViewingSerializer
    permission_classes = [Members]

    def get_queryset(self) -> QuerySet[Viewing]:
        return Viewing.objects.visible_to(self.request.user).filter(member=self.me.pk)

    def made_of(self, said: Any) -> Tags:
        return WIDE, by_tag(self.me.pk)

    def load(self, numbers: list[int]) -> list[Viewing]:
        return load_viewings(self.me, numbers)

    def get_runs(self) -> tuple[Run, ...]:
        return (Run(("watched_on", "id")),)

    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        sent = ViewingNewSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        made = log_viewing(member=self.me, **sent.validated_data)
        location = request.build_absolute_uri(f"{made.pk}/")
        answer = self.get_serializer(viewings_for(self.me).get(pk=made.pk)).data
        return Response(answer, status=201, headers={"Location": location})


@extend_schema_view(
    get=extend_schema(summary="Read a line of your diary"),
    patch=extend_schema(
        summary="Correct a line of your diary",
        description="A changed rating becomes your rating of the film.",
        request=ViewingChangeSerializer,
        responses=ViewingSerializer,
    ),
    delete=extend_schema(
        summary="Delete a line of your diary", description="Your rating and a review of that evening stay."
    ),
)
class DiaryLine(Endpoint, RetrieveUpdateDestroyAPIView[Viewing]):
    """One film on one day."""

    serializer_class = ViewingSerializer
    permission_classes = [Members]
    http_method_names = ["get", "patch", "delete", "head"]

    def get_queryset(self) -> QuerySet[Viewing]:
        return viewings_for(self.request.user).filter(member=self.me.pk)

    def patch(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        viewing = self.get_object()
        sent = ViewingChangeSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        change_viewing(member=self.me, viewing=Viewing.objects.get(pk=viewing.pk), **sent.line(viewing))
        return Response(self.get_serializer(self.get_object()).data)

    def perform_destroy(self, viewing: Viewing) -> None:
        delete_viewing(member=self.me, viewing=viewing)
