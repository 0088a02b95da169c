"""What members make of one film."""

from typing import Any, cast

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.generics import ListAPIView, RetrieveAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.endpoint import Endpoint
from accounts.api.permissions import Members
from accounts.freshness import by_tag, face_tag
from config.freshness import ANY, WIDE
from config.keeping import Tags
from films.api.film_filters import BESIDES
from films.api.queries import film_cards, film_here
from films.api.views import FilmDetail, FilmList
from films.freshness import tag_of, words_tag
from films.models import Film
from films.paging import Run
from reviews.actions.rating import mark_film
from reviews.api.changes import MarkChangeSerializer
from reviews.api.film_filters import OWN_ORDERS, MemberFilmFilters
from reviews.api.filters import FilmReviewFilters
from reviews.api.marks import MineSerializer
from reviews.api.queries import load_reviews
from reviews.api.serializers import ReviewSerializer
from reviews.blind import is_blind, with_cover
from reviews.browsing import PERSONAL, made_of
from reviews.models import Mark, OwnedCopy, Review


@extend_schema_view(
    get=extend_schema(
        summary="List films",
        description="The catalogue, filtered and in the order asked for.",
    )
)
class Films(FilmList):
    """The catalogue, without the scores that a member asked not to see yet."""

    filters_class = MemberFilmFilters

    @property
    def is_personal(self) -> bool:
        asked = self.request.query_params
        return asked.get("ordering") in OWN_ORDERS or not asked.keys().isdisjoint(PERSONAL)

    @property
    def reader(self) -> int | None:
        viewer = self.request.user
        return viewer.pk if self.is_personal or is_blind(viewer) else None

    def made_of(self, said: Any) -> Tags:
        pages: Any = self.paginator
        if pages.filters is None or not self.request.query_params.keys().isdisjoint(BESIDES):
            return (ANY,)
        tags = made_of(pages.filters, pages.slice, pages.legs, is_personal=self.is_personal)
        return (*tags, by_tag(self.reader))

    def load(self, numbers: list[int]) -> list[Film]:
        viewer = self.request.user
        if is_blind(viewer):
            return list(with_cover(film_cards(), viewer).filter(pk__in=numbers))
        return super().load(numbers)


class FilmOfOne(FilmDetail):
    """All that is known of a film, but for a score that a member asked not to see yet."""

    def get_queryset(self) -> QuerySet[Film]:
        return with_cover(super().get_queryset(), self.request.user)

    @property
    def reader(self) -> int | None:
        return self.request.user.pk if is_blind(self.request.user) else None

    def made_of(self, said: Any) -> Tags:
        return WIDE, tag_of(said.serializer.instance.pk), by_tag(self.reader)

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
        self.film = film_here(self)
        return self.filters.apply(Review.objects.visible_to(self.request.user).filter(film=self.film))

    def made_of(self, said: Any) -> Tags:
        pages: Any = self.paginator
        about = WIDE, tag_of(self.film.pk), words_tag(self.film.pk), by_tag(self.request.user.pk)
        return *about, *(face_tag(review.member_id) for review in pages.slice.rows)

    def load(self, numbers: list[int]) -> list[Review]:
        return load_reviews(self.request.user, numbers)

    def get_runs(self) -> tuple[Run, ...]:
        return self.filters.runs()


@extend_schema_view(
    get=extend_schema(summary="Read what you make of a film"),
    patch=extend_schema(
        summary="Rate, watch, like or list a film",
        description="What is left out stays as it is. A rating says that you have seen the film; seeing it takes it "
        "off your watchlist. A film that you rated, logged, reviewed or voted on stays watched until you take that "
        "back.",
        request=MarkChangeSerializer,
        responses=MineSerializer,
    ),
)
class FilmMe(Endpoint, RetrieveAPIView[Mark]):
    """Your relation to the film."""

    serializer_class = MineSerializer
    permission_classes = [Members]
    queryset = Mark.objects.none()

    def get_object(self) -> Mark:
        film = film_here(self)
        found = Mark.objects.filter(member=self.me, film=film).first()
        return self.dressed(found or Mark(member=self.me, film=film))

    def dressed(self, mark: Any) -> Mark:
        """The mark with `owned`, also one that is not stored."""
        mark.owned = OwnedCopy.objects.filter(member=self.me, film=mark.film_id).exists()
        return cast(Mark, mark)

    def patch(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        film = film_here(self)
        change = MarkChangeSerializer(data=request.data)
        change.is_valid(raise_exception=True)
        mark = mark_film(member=self.me, film=film, **change.validated_data)
        return Response(MineSerializer(self.dressed(mark)).data)
