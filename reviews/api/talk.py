"""Comments, and reports of what should not stay."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.exceptions import ValidationError
from rest_framework.generics import CreateAPIView, GenericAPIView, ListCreateAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.endpoint import Endpoint
from accounts.api.permissions import Members
from films.paging import Run
from reviews.actions.moderating import report
from reviews.actions.talking import delete_comment, edit_comment, post_comment
from reviews.api.changes import CommentChangeSerializer, CommentNewSerializer, ReportNewSerializer
from reviews.api.filters import Reveal
from reviews.api.queries import comments_for
from reviews.api.serializers import CommentSerializer, ReportSerializer
from reviews.models import Comment, Review


@extend_schema_view(
    get=extend_schema(
        summary="List a review's comments", description="The oldest first, replies among them.", parameters=[Reveal]
    ),
    post=extend_schema(
        summary="Comment on a review",
        description="The same words within a minute are one comment.",
        request=CommentNewSerializer,
        responses={201: CommentSerializer},
    ),
)
class ReviewComments(Endpoint, ListCreateAPIView[Comment]):
    serializer_class = CommentSerializer

    def get_review(self) -> Review:
        return get_object_or_404(Review.objects.visible_to(self.request.user), pk=self.kwargs["pk"])

    def get_queryset(self) -> QuerySet[Comment]:
        return comments_for(self.request.user).filter(review=self.get_review())

    def get_runs(self) -> tuple[Run, ...]:
        return (Run(("id",), descending=False),)

    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        review = self.get_review()
        sent = CommentNewSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        comment = post_comment(
            member=self.me,
            review=review,
            body=sent.validated_data["body"],
            reply_to=self._answered(sent.validated_data.get("reply_to")),
        )
        return Response(self.get_serializer(comment).data, status=201)

    def _answered(self, number: int | None) -> Comment | None:
        if number is None:
            return None
        if found := comments_for(self.request.user).filter(pk=number).first():
            return found
        raise ValidationError({"reply_to": [_("The comment that you answer is not here any more.")]})


@extend_schema_view(
    patch=extend_schema(summary="Edit your comment", request=CommentChangeSerializer, responses=CommentSerializer),
    delete=extend_schema(
        summary="Delete your comment",
        description="One with replies leaves its place in the thread, without words.",
        responses={204: None},
    ),
)
class CommentDetail(Endpoint, GenericAPIView[Comment]):
    """One comment of yours."""

    serializer_class = CommentSerializer
    permission_classes = [Members]

    def get_queryset(self) -> QuerySet[Comment]:
        return comments_for(self.request.user).standing()  # type: ignore[attr-defined]  # the stubs lose the manager

    def patch(self, request: Request, pk: int) -> Response:
        sent = CommentChangeSerializer(data=request.data)
        comment = self.get_object()
        sent.is_valid(raise_exception=True)
        changed = edit_comment(member=self.me, comment=comment, body=sent.validated_data["body"])
        return Response(self.get_serializer(changed).data)

    def delete(self, request: Request, pk: int) -> Response:
        delete_comment(member=self.me, comment=self.get_object())
        return Response(status=204)


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
