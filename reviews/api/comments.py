"""Comments in every thread, and following one."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.exceptions import ValidationError
from rest_framework.generics import GenericAPIView, ListCreateAPIView, RetrieveAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.endpoint import Endpoint
from accounts.api.permissions import AnyoneReads, Members
from films.api.queries import film_here
from films.models import Film
from films.paging import Run
from reviews.actions.subscribing import follow_thread, leave_thread
from reviews.actions.talking import (
    delete_comment,
    edit_comment,
    post_comment,
    put_comment_back,
    take_down_comment,
)
from reviews.api.changes import CommentChangeSerializer, CommentNewSerializer
from reviews.api.filters import Reveal
from reviews.api.queries import comments_for
from reviews.api.threads import CommentSerializer, SubscriptionSerializer
from reviews.models import Article, Comment, Essay, FilmList, Review
from reviews.models.comment import Subject
from reviews.thread_state import relation_to
from reviews.threads import shown_under


class Comments(Endpoint, ListCreateAPIView[Comment]):
    serializer_class = CommentSerializer
    filters_class = Reveal

    def get_subject(self) -> Subject:
        raise NotImplementedError

    def get_queryset(self) -> QuerySet[Comment]:
        return shown_under(self.get_subject(), self.request.user)

    def get_runs(self) -> tuple[Run, ...]:
        return (Run(("id",), descending=False),)

    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        subject = self.get_subject()
        sent = CommentNewSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        number = sent.validated_data.get("reply_to")
        reply_to = shown_under(subject, request.user).filter(pk=number).first() if number is not None else None
        if number is not None and reply_to is None:
            raise ValidationError({"reply_to": [_("The comment that you answer is not here any more.")]})
        comment = post_comment(member=self.me, subject=subject, body=sent.validated_data["body"], reply_to=reply_to)
        posted = shown_under(subject, request.user).get(pk=comment.pk)
        return Response(self.get_serializer(posted).data, status=201)


class Following(Endpoint, GenericAPIView[Comment]):
    permission_classes = [Members]
    serializer_class = SubscriptionSerializer
    queryset = Comment.objects.none()

    def get_subject(self) -> Subject:
        raise NotImplementedError

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        subject = self.get_subject()
        context = {**self.get_serializer_context(), "subject": subject}
        return Response(SubscriptionSerializer(relation_to(subject, self.me), context=context).data)

    def put(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        follow_thread(member=self.me, subject=self.get_subject())
        return Response(status=204)

    def delete(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        leave_thread(member=self.me, subject=self.get_subject())
        return Response(status=204)


def comments_of(what: str) -> Any:
    return extend_schema_view(
        get=extend_schema(
            summary=f"List the comments on {what}",
            description="The oldest first, replies among them.",
        ),
        post=extend_schema(
            summary=f"Comment on {what}",
            description="The same words within a minute are one comment. Where you may not comment, the code of the "
            "refusal is the `thread_state`.",
            request=CommentNewSerializer,
            responses={201: CommentSerializer},
        ),
    )


def subscription_to(what: str) -> Any:
    return extend_schema_view(
        get=extend_schema(summary=f"Read whether you follow the thread of {what}"),
        put=extend_schema(summary=f"Follow the thread of {what}", request=None, responses={204: None}),
        delete=extend_schema(
            summary=f"Leave the thread of {what}",
            description="You stay out whatever you write there, until you follow it again.",
            responses={204: None},
        ),
    )


class OfReview:
    def get_subject(self: Any) -> Review:
        reviews = Review.objects.visible_to(self.request.user).select_related("member", "film")
        return get_object_or_404(reviews, pk=self.kwargs["pk"])


class OfList:
    def get_subject(self: Any) -> FilmList:
        return get_object_or_404(FilmList.objects.visible_to(self.request.user), pk=self.kwargs["pk"])


class OfArticle:
    def get_subject(self: Any) -> Article:
        return get_object_or_404(Article.objects.published(), slug=self.kwargs["slug"])


class OfEssay:
    def get_subject(self: Any) -> Essay:
        return get_object_or_404(Essay.objects.visible_to(self.request.user), pk=self.kwargs["pk"])


class OfFilm:
    def get_subject(self: Any) -> Film:
        return film_here(self)


@comments_of("a review")
class ReviewComments(OfReview, Comments):
    pass


@comments_of("a list")
class ListComments(OfList, Comments):
    pass


@comments_of("an article")
class ArticleComments(OfArticle, Comments):
    pass


@comments_of("an essay")
class EssayComments(OfEssay, Comments):
    pass


@comments_of("a film")
class FilmComments(OfFilm, Comments):
    """The talk about a film, apart from its reviews."""


@subscription_to("a review")
class ReviewFollowing(OfReview, Following):
    pass


@subscription_to("a list")
class ListFollowing(OfList, Following):
    pass


@subscription_to("an article")
class ArticleFollowing(OfArticle, Following):
    pass


@subscription_to("an essay")
class EssayFollowing(OfEssay, Following):
    pass


@subscription_to("a film")
class FilmFollowing(OfFilm, Following):
    pass


@extend_schema_view(
    get=extend_schema(summary="Read a comment", parameters=[Reveal]),
    patch=extend_schema(
        summary="Edit your comment",
        description="Within the `editable_seconds` after posting; then it is refused with the code `too_late`.",
        request=CommentChangeSerializer,
        responses=CommentSerializer,
    ),
    delete=extend_schema(
        summary="Delete your comment",
        description="One with replies leaves its place in the thread, without words.",
        responses={204: None},
    ),
)
class CommentDetail(Endpoint, RetrieveAPIView[Comment]):
    """One comment that you may read."""

    serializer_class = CommentSerializer
    permission_classes = [AnyoneReads]

    def get_queryset(self) -> QuerySet[Comment]:
        return comments_for(self.request.user).standing()  # type: ignore[attr-defined]  # the stubs lose the manager

    def patch(self, request: Request, pk: int) -> Response:
        sent = CommentChangeSerializer(data=request.data)
        comment = self.get_object()
        sent.is_valid(raise_exception=True)
        changed = edit_comment(member=self.me, comment=comment, body=sent.validated_data["body"])
        return Response(self.get_serializer(self.get_queryset().get(pk=changed.pk)).data)

    def delete(self, request: Request, pk: int) -> Response:
        delete_comment(member=self.me, comment=self.get_object())
        return Response(status=204)


@extend_schema_view(
    put=extend_schema(
        summary="Take a comment down",
        description="From under your own review, list or essay. It keeps its place where it has replies.",
        request=None,
        responses={204: None},
    ),
    delete=extend_schema(summary="Put a comment back that you took down", responses={204: None}),
)
class CommentTakedown(Endpoint, GenericAPIView[Comment]):
    permission_classes = [Members]
    serializer_class = CommentSerializer

    def get_queryset(self) -> QuerySet[Comment]:
        return comments_for(self.request.user)

    def put(self, request: Request, pk: int) -> Response:
        take_down_comment(member=self.me, comment=self.get_object())
        return Response(status=204)

    def delete(self, request: Request, pk: int) -> Response:
        put_comment_back(member=self.me, comment=self.get_object())
        return Response(status=204)
