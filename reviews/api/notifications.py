"""Your notifications."""

from typing import Any, Final

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.generics import GenericAPIView, ListAPIView, RetrieveAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.endpoint import Endpoint
from accounts.api.permissions import Members
from config.api.paging import page_size
from films.paging import Run
from reviews.actions.hearing import choose_ways, mark_all_read, mark_read
from reviews.api.notices import (
    MarkedSerializer,
    NotificationFilters,
    NotificationSerializer,
    ReadSerializer,
    WaysChangeSerializer,
    WaysSerializer,
)
from reviews.models import NoticeChoice, Notification
from reviews.notices import all_ways, told_to
from reviews.told import runs_of

WHICH_BY_UNREAD: Final = {None: "all", True: "unread", False: "read"}


@extend_schema_view(get=extend_schema(summary="List your notifications", description="The newest first."))
class Notifications(Endpoint, ListAPIView[Notification]):
    serializer_class = NotificationSerializer
    permission_classes = [Members]
    filters_class = NotificationFilters

    queryset = Notification.objects.none()
    runs: list[Run]

    def get_queryset(self) -> QuerySet[Notification]:
        filters = NotificationFilters(data=self.request.query_params.dict())  # what is left out of a form reads as no
        filters.is_valid(raise_exception=True)
        which = WHICH_BY_UNREAD[filters.validated_data.get("unread")]
        self.runs = runs_of(self.me.pk, which, size=page_size(self.request.query_params))
        return Notification.objects.none()  # the runs find the rows

    def get_runs(self) -> list[Run]:
        return self.runs


@extend_schema_view(
    get=extend_schema(summary="Read a notification", description="Looking at it here does not mark it as read."),
    patch=extend_schema(
        summary="Mark a notification as read",
        description="Or as unread again. Likes of one thing are marked together.",
        request=ReadSerializer,
        responses=NotificationSerializer,
    ),
)
class OneNotification(Endpoint, RetrieveAPIView[Notification]):
    serializer_class = NotificationSerializer
    permission_classes = [Members]
    http_method_names = ["get", "patch", "head"]

    def get_queryset(self) -> QuerySet[Notification]:
        return told_to(self.me).with_line()  # type: ignore[attr-defined]  # the stubs lose the manager

    def patch(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        notification = self.get_object()
        sent = ReadSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        mark_read(member=self.me, notification=notification, read=sent.validated_data["read"])
        return Response(self.get_serializer(notification).data)


@extend_schema_view(
    post=extend_schema(
        summary="Mark all notifications as read",
        description="Every one of them, whatever was listed.",
        request=None,
        responses=MarkedSerializer,
    )
)
class ReadAll(Endpoint, GenericAPIView[Notification]):
    serializer_class = MarkedSerializer
    permission_classes = [Members]
    queryset = Notification.objects.none()

    def post(self, request: Request) -> Response:
        return Response(MarkedSerializer({"marked": mark_all_read(member=self.me)}).data)


@extend_schema_view(
    get=extend_schema(
        summary="Read how you hear of things",
        description="Each kind of notification, on the site and by mail (never, at once, in a daily or weekly mail).",
    ),
    patch=extend_schema(
        summary="Choose how you hear of things",
        description="Name only the kinds that change. Mails that wait follow the choice.",
        request=WaysChangeSerializer,
        responses=WaysSerializer,
    ),
)
class NoticeChoices(Endpoint, GenericAPIView[NoticeChoice]):
    serializer_class = WaysSerializer
    permission_classes = [Members]
    queryset = NoticeChoice.objects.none()

    def get(self, request: Request) -> Response:
        return Response(WaysSerializer.of(all_ways(self.me)))

    def patch(self, request: Request) -> Response:
        sent = WaysChangeSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        return Response(WaysSerializer.of(choose_ways(member=self.me, ways=sent.ways(all_ways(self.me)))))
