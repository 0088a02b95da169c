"""What members did lately, and what those whom one follows make of a film."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.generics import ListAPIView

from accounts.api.endpoint import Endpoint
from accounts.api.permissions import Members
from config.api.paging import PAGE_SIZE, page_size
from config.freshness import ANY
from config.keeping import Tags
from films.api.paging import CursorPages
from films.api.queries import film_here
from films.paging import Run, Slice
from reviews.api.lines import FriendSerializer, LineSerializer
from reviews.api.members import member_showing
from reviews.blind import cover_stars
from reviews.friends import friends_on
from reviews.lines import rows_of
from reviews.models import Activity, Mark
from reviews.models.activity import SHOWN
from reviews.timeline import Scope, at_hand, first_page, kinds_of, timeline, timeline_of


class KindFilters(serializers.Serializer[Any]):
    kind = serializers.ListField(
        child=serializers.ChoiceField(choices=Activity.Kind.choices),
        required=False,
        max_length=len(Activity.Kind.values),
        help_text="Only these; may be given several times. Default: reviews, diary, ratings and lists.",
    )

    def chosen(self) -> tuple[str, ...]:
        return kinds_of(self.validated_data.get("kind", ()))


class FeedFilters(KindFilters):
    scope = serializers.ChoiceField(
        choices=[str(scope) for scope in Scope], default=Scope.CIRCLE, help_text="Whom you follow, or everyone."
    )


class Lines(Endpoint, ListAPIView[Activity]):
    """Lines of the feed, the newest first."""

    serializer_class = LineSerializer
    runs: tuple[Run, ...] = ()

    def paginate_queryset(self, queryset: Any) -> Any:
        return at_hand(self.request.user, super().paginate_queryset(queryset) or [])

    def made_of(self, said: Any) -> Tags:
        return (ANY,)

    def load(self, numbers: list[int]) -> list[Activity]:
        return rows_of(self.request.user, numbers)

    def get_runs(self) -> tuple[Run, ...]:
        return self.runs


class FeedPages(CursorPages):
    """The first page, as it mostly is asked for, is found by a prepared query."""

    def read(self, queryset: Any, view: Any, size: int, after: str, before: str) -> Slice[Any]:
        if after or before or size != PAGE_SIZE or view.kinds != SHOWN:
            return super().read(queryset, view, size, after, before)
        return first_page(view.me, view.scope, size).loaded(view.load)


@extend_schema_view(get=extend_schema(summary="Read your feed"))
class Feed(Lines):
    """What the members whom you follow did lately, or all, without whom and what you mute."""

    permission_classes = [Members]
    filters_class = FeedFilters
    pagination_class = FeedPages
    queryset = Activity.objects.none()

    def get_queryset(self) -> QuerySet[Activity]:
        asked: FeedFilters = self.asked()
        self.scope, self.kinds = Scope(asked.validated_data["scope"]), asked.chosen()
        rows, self.runs = timeline(self.me, self.scope, self.kinds, size=page_size(self.request.query_params))
        return rows


@extend_schema_view(get=extend_schema(summary="List what a member did lately"))
class MemberActivity(Lines):
    filters_class = KindFilters
    queryset = Activity.objects.none()

    def get_queryset(self) -> QuerySet[Activity]:
        member = member_showing(self)
        asked: KindFilters = self.asked()
        rows, self.runs = timeline_of(self.request.user, member, asked.chosen())
        return rows


@extend_schema_view(
    get=extend_schema(
        summary="List what those whom you follow make of a film", description="Who said something last first."
    )
)
class FilmFriends(Endpoint, ListAPIView[Mark]):
    serializer_class = FriendSerializer
    permission_classes = [Members]
    queryset = Mark.objects.none()

    def get_queryset(self) -> QuerySet[Mark]:
        return friends_on(self.request.user, film_here(self))

    def paginate_queryset(self, queryset: Any) -> Any:
        rows = super().paginate_queryset(queryset) or []
        cover_stars(self.request.user, rows)
        return rows

    def get_runs(self) -> tuple[Run, ...]:
        return (Run(("updated_at", "id")),)
