"""Reviews, and liking them."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.generics import GenericAPIView, ListCreateAPIView, RetrieveUpdateDestroyAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from accounts.api.endpoint import Endpoint
from accounts.api.permissions import Members
from accounts.freshness import FACES, by_tag, face_tag
from config.api.errors import Conflict
from config.freshness import WIDE
from config.keeping import Tags
from films.freshness import ALL_WORDS, words_tag
from films.paging import Run
from reviews.actions.pinning import pin_review, unpin_review
from reviews.actions.reviewing import StaleEdit, delete_review, edit_review, like_review, post_review, unlike_review
from reviews.api.changes import ReviewChangeSerializer, ReviewNewSerializer
from reviews.api.filters import Reveal, ReviewFilters
from reviews.api.queries import load_reviews, reviews_for
from reviews.api.serializers import ReviewSerializer
from reviews.models import Review


@extend_schema_view(
    get=extend_schema(summary="List reviews", description="Those that you may read, the newest first."),
    post=extend_schema(
        summary="Post a review",
        description="It rates the film, marks it as watched and, with a day, enters your diary. The same words for the "
        "same film within five minutes are one review.",
        request=ReviewNewSerializer,
        responses={201: ReviewSerializer},
    ),
)
class ReviewList(Endpoint, ListCreateAPIView[Review]):
    serializer_class = ReviewSerializer
    filters_class = ReviewFilters

    def get_queryset(self) -> QuerySet[Review]:
        self.filters: ReviewFilters = self.asked()
        return self.filters.apply(Review.objects.visible_to(self.request.user))

    def made_of(self, said: Any) -> Tags:
        return WIDE, ALL_WORDS, FACES, by_tag(self.request.user.pk)

    def load(self, numbers: list[int]) -> list[Review]:
        return load_reviews(self.request.user, numbers)

    def get_runs(self) -> tuple[Run, ...]:
        return self.filters.runs()

    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        sent = ReviewNewSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        posted = post_review(member=self.me, film=sent.validated_data["film"], writing=sent.writing())
        review = reviews_for(request.user).get(pk=posted.pk)
        location = request.build_absolute_uri(f"{review.pk}/")
        return Response(self.get_serializer(review).data, status=201, headers={"Location": location})


@extend_schema_view(
    get=extend_schema(summary="Read a review", parameters=[Reveal]),
    patch=extend_schema(
        summary="Edit your review",
        description="What is left out stays. Send the `version` that you read, and nobody's edit is lost: a review "
        "that was changed since is refused with 409.",
        request=ReviewChangeSerializer,
        responses=ReviewSerializer,
    ),
    delete=extend_schema(
        summary="Delete your review", description="With its comments. The rating and the line in the diary stay."
    ),
)
class ReviewDetail(Endpoint, RetrieveUpdateDestroyAPIView[Review]):
    """One review, where you may read it."""

    serializer_class = ReviewSerializer
    http_method_names = ["get", "patch", "delete", "head"]

    def get_queryset(self) -> QuerySet[Review]:
        return reviews_for(self.request.user)

    def made_of(self, said: Any) -> Tags:
        review = said.serializer.instance
        return WIDE, words_tag(review.film_id), face_tag(review.member_id), by_tag(self.request.user.pk)

    def patch(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        review = self.get_object()
        sent = ReviewChangeSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        try:
            edit_review(
                member=self.me,
                review=review,
                writing=sent.writing(review),
                version=sent.validated_data.get("version", review.version),
            )
        except StaleEdit as stale:
            raise Conflict(str(stale), code="stale") from None
        return Response(self.get_serializer(self.get_object()).data)

    def perform_destroy(self, review: Review) -> None:
        delete_review(member=self.me, review=review)


@extend_schema_view(
    put=extend_schema(summary="Like a review", request=None, responses={204: None}),
    delete=extend_schema(summary="Take back a like", responses={204: None}),
)
class ReviewLiking(Endpoint, GenericAPIView[Review]):
    """Your like of somebody else's review. Both verbs may be repeated."""

    permission_classes = [Members]
    serializer_class = BaseSerializer[Any]

    def get_queryset(self) -> QuerySet[Review]:
        return Review.objects.visible_to(self.request.user)

    def put(self, request: Request, pk: int) -> Response:
        like_review(member=self.me, review=self.get_object())
        return Response(status=204)

    def delete(self, request: Request, pk: int) -> Response:
        unlike_review(member=self.me, review=self.get_object())
        return Response(status=204)


@extend_schema_view(
    put=extend_schema(summary="Pin your review", request=None, responses={204: None}),
    delete=extend_schema(summary="Unpin your review", responses={204: None}),
)
class ReviewPinning(Endpoint, GenericAPIView[Review]):
    """At most two of your reviews stand first on your page. Both verbs may be repeated."""

    permission_classes = [Members]
    serializer_class = BaseSerializer[Any]
    http_method_names = ["put", "delete"]

    def get_queryset(self) -> QuerySet[Review]:
        return Review.objects.visible_to(self.request.user)

    def put(self, request: Request, pk: int) -> Response:
        pin_review(member=self.me, review=self.get_object())
        return Response(status=204)

    def delete(self, request: Request, pk: int) -> Response:
        unpin_review(member=self.me, review=self.get_object())
        return Response(status=204)
