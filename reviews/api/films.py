"""What members make of one film."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.generics import ListAPIView, RetrieveAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.endpoint import Endpoint
from accounts.api.permissions import Members
from films.api.queries import film_cards, film_here
from films.api.views import FilmDetail, FilmList
from films.models import Film
from films.paging import Run
from reviews.actions.rating import mark_film
from reviews.api.changes import MarkChangeSerializer
from reviews.api.film_filters import MemberFilmFilters
from reviews.api.filters import FilmReviewFilters
from reviews.api.queries import load_reviews
from reviews.api.serializers import MarkSerializer, ReviewSerializer
from reviews.blind import is_blind, with_cover
from reviews.models import Mark, Review


@extend_schema_view(
    get=extend_schema(
        summary="List films",
        description="The catalogue, filtered and in the order asked for.",
    )
)
class Films(FilmList):
    """The catalogue, without the scores that a member asked not to see yet."""

    filters_class = MemberFilmFilters

    def load(self, numbers: list[int]) -> list[Film]:
        viewer = self.request.user
        if is_blind(viewer):
            return list(with_cover(film_cards(), viewer).filter(pk__in=numbers))
        return super().load(numbers)


class FilmOfOne(FilmDetail):
    """All that is known of a film, but for a score that a member asked not to see yet."""

    def get_queryset(self) -> QuerySet[Film]:
        return with_cover(super().get_queryset(), self.request.user)

    def at_its_address(self) -> Film | None:
        return None if is_blind(self.request.user) else super().at_its_address()


@extend_schema_view(
    get=extend_schema(
        summary="List a film's reviews",
        description="Those that you may read.",
    )
)
class FilmReviews(Endpoint, ListAPIView[Review]):
    serializer_class = ReviewSerializer
    filters_class = FilmReviewFilters

    def get_queryset(self) -> QuerySet[Review]:
        self.filters: FilmReviewFilters = self.asked()
        return self.filters.apply(Review.objects.visible_to(self.request.user).filter(film=film_here(self)))

    def load(self, numbers: list[int]) -> list[Review]:
        return load_reviews(self.request.user, numbers)

    def get_runs(self) -> tuple[Run, ...]:
        return self.filters.runs()


@extend_schema_view(
    get=extend_schema(summary="Read what you make of a film"),
    patch=extend_schema(
        summary="Rate, watch, like or list a film",
        description="What is left out stays as it is. A rating says that you have seen the film; seeing it takes it "
        "off your watchlist. A film that you rated, logged or reviewed stays watched until you take that back.",
        request=MarkChangeSerializer,
        responses=MarkSerializer,
    ),
)
class FilmMe(Endpoint, RetrieveAPIView[Mark]):
    """Your relation to the film."""

    serializer_class = MarkSerializer
    permission_classes = [Members]
    queryset = Mark.objects.none()

    def get_object(self) -> Mark:
        film = film_here(self)
        found = Mark.objects.filter(member=self.me, film=film).first()
        return found or Mark(member=self.me, film=film)

    def patch(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        film = film_here(self)
        change = MarkChangeSerializer(data=request.data)
        change.is_valid(raise_exception=True)
        return Response(MarkSerializer(mark_film(member=self.me, film=film, **change.validated_data)).data)
