"""Reports of what should not stay."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.generics import CreateAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.endpoint import Endpoint
from accounts.api.permissions import Members
from reviews.actions.moderating import report
from reviews.api.changes import ReportNewSerializer
from reviews.api.serializers import ReportSerializer
from reviews.models import Comment, Review


class Reporting(Endpoint, CreateAPIView[Any]):
    """Asking the moderators to look at a text. Sent again while the report is open, it is the same report."""

    serializer_class = ReportSerializer
    permission_classes = [Members]

    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        text = self.get_object()
        sent = ReportNewSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        made = report(member=self.me, text=text, **sent.validated_data)
        return Response(self.get_serializer(made).data, status=201)


@extend_schema_view(
    post=extend_schema(summary="Report a review", request=ReportNewSerializer, responses={201: ReportSerializer})
)
class ReviewReport(Reporting):
    def get_queryset(self) -> QuerySet[Review]:
        return Review.objects.visible_to(self.request.user)


@extend_schema_view(
    post=extend_schema(summary="Report a comment", request=ReportNewSerializer, responses={201: ReportSerializer})
)
class CommentReport(Reporting):
    def get_queryset(self) -> QuerySet[Comment]:
        return Comment.objects.visible_to(self.request.user).standing()
