"""Members and what they make public of themselves."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.exceptions import NotFound
from rest_framework.generics import ListAPIView, RetrieveAPIView

from accounts.api.endpoint import Endpoint
from accounts.api.queries import member_called
from accounts.api.serializers import MemberRefSerializer
from accounts.models import Follow, User
from films.paging import Run
from reviews.api.favourites import ProfileSerializer
from reviews.api.filters import NEWEST, Reveal
from reviews.api.queries import films_named, load_reviews, load_viewings
from reviews.api.serializers import ReviewSerializer, WatchlistSerializer
from reviews.api.viewings import ViewingSerializer
from reviews.models import Mark, Review, Viewing


def member_here(view: Endpoint) -> User:
    """The member of the view's address; a redirect where they have a new name. Raises Http404."""
    member = member_called(view.kwargs["username"], view.request.user)
    if member.username.lower() != view.kwargs["username"].lower():
        view.move(username=member.username)
    return member


def member_showing(view: Endpoint) -> User:
    """The member, for an address below the member's own. Raises NotFound if the account is private and the asker does
    not follow it.
    """
    member = member_here(view)
    viewer = view.request.user
    own = viewer.pk == member.pk
    if member.is_private and not own and not Follow.objects.filter(follower=viewer.pk, followed=member).exists():
        raise NotFound
    return member


@extend_schema_view(get=extend_schema(summary="Read a member's profile"))
class MemberDetail(Endpoint, RetrieveAPIView[User]):
    """What a member says of themselves, and what you are to each other."""

    serializer_class = ProfileSerializer

    def get_object(self) -> User:
        return member_here(self)


@extend_schema_view(get=extend_schema(summary="List a member's diary", description="The latest evening first."))
class MemberDiary(Endpoint, ListAPIView[Viewing]):
    serializer_class = ViewingSerializer

    def get_queryset(self) -> QuerySet[Viewing]:
        return Viewing.objects.visible_to(self.request.user).filter(member=member_showing(self))

    def load(self, numbers: list[int]) -> list[Viewing]:
        return load_viewings(self.request.user, numbers)

    def get_runs(self) -> tuple[Run, ...]:
        return (Run(("watched_on", "id")),)


@extend_schema_view(
    get=extend_schema(
        summary="List a member's reviews",
        description="Those that you may read, the newest first.",
    )
)
class MemberReviews(Endpoint, ListAPIView[Review]):
    serializer_class = ReviewSerializer
    filters_class = Reveal

    def get_queryset(self) -> QuerySet[Review]:
        return Review.objects.visible_to(self.request.user).filter(member=member_showing(self))

    def load(self, numbers: list[int]) -> list[Review]:
        return load_reviews(self.request.user, numbers)

    def get_runs(self) -> tuple[Run, ...]:
        return NEWEST


@extend_schema_view(
    get=extend_schema(summary="List a member's watchlist", description="What was added last comes first.")
)
class MemberWatchlist(Endpoint, ListAPIView[Mark]):
    serializer_class = WatchlistSerializer

    def get_queryset(self) -> Any:
        marks = Mark.objects.visible_to(self.request.user).filter(member=member_showing(self))
        return films_named(marks.in_watchlist(), "watchlisted_at")

    def get_runs(self) -> tuple[Run, ...]:
        return (Run(("watchlisted_at", "id")),)


class People(Endpoint, ListAPIView[Any]):
    """Members on one side of following, the newest first."""

    serializer_class = MemberRefSerializer
    side = ""

    def follows(self, member: User, people: QuerySet[User]) -> QuerySet[Follow]:
        raise NotImplementedError

    def get_queryset(self) -> QuerySet[Follow]:
        member = member_showing(self)
        people = User.objects.active().not_blocking(self.request.user)
        return self.follows(member, people).select_related(self.side)

    def paginate_queryset(self, queryset: Any) -> list[Any]:
        return [getattr(follow, self.side) for follow in super().paginate_queryset(queryset) or []]

    def get_runs(self) -> tuple[Run, ...]:
        return (Run(("id",)),)


@extend_schema_view(get=extend_schema(summary="List a member's followers"))
class Followers(People):
    side = "follower"

    def follows(self, member: User, people: QuerySet[User]) -> QuerySet[Follow]:
        return Follow.objects.filter(followed=member, follower__in=people)


@extend_schema_view(get=extend_schema(summary="List whom a member follows"))
class Followed(People):
    side = "followed"

    def follows(self, member: User, people: QuerySet[User]) -> QuerySet[Follow]:
        return Follow.objects.filter(follower=member, followed__in=people)
