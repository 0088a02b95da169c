"""Lines of the feed, friends and follow requests, as programs read them."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.api.serializers import MemberRefSerializer, example
from accounts.models import FollowRequest
from films.api.refs import FilmRefSerializer
from reviews.api import examples
from reviews.api.fields import StarsField
from reviews.models import Activity, Essay, FilmList, Mark
from reviews.models.activity import SHOWN


@example(examples.FRIEND)
class FriendSerializer(serializers.ModelSerializer[Mark]):
    """What somebody whom you follow makes of a film. `review` is what they wrote of it last, where you may read it."""

    member = MemberRefSerializer(read_only=True)
    stars = StarsField(read_only=True)
    watched = serializers.BooleanField(source="is_watched", read_only=True)
    liked = serializers.BooleanField(source="is_liked", read_only=True)
    in_watchlist = serializers.BooleanField(source="is_in_watchlist", read_only=True)
    review = serializers.IntegerField(source="review_id", allow_null=True, read_only=True)

    class Meta:
        model = Mark
        fields = read_only_fields = ["member", "stars", "watched", "liked", "in_watchlist", "review", "updated_at"]


class ListRefSerializer(serializers.ModelSerializer[FilmList]):
    class Meta:
        model = FilmList
        fields = read_only_fields = ["id", "title"]


class EssayRefSerializer(serializers.ModelSerializer[Essay]):
    class Meta:
        model = Essay
        fields = read_only_fields = ["id", "title"]


@example(examples.LINE)
class LineSerializer(serializers.ModelSerializer[Activity]):
    """A line of the feed: who did what, and to which film, review, viewing, list, essay or other member."""

    member = MemberRefSerializer(read_only=True)
    film = FilmRefSerializer(read_only=True, allow_null=True)
    stars = serializers.SerializerMethodField()
    review = serializers.IntegerField(source="review_id", allow_null=True, read_only=True)
    viewing = serializers.IntegerField(source="viewing_id", allow_null=True, read_only=True)
    list = ListRefSerializer(source="film_list", allow_null=True, read_only=True)
    essay = EssayRefSerializer(allow_null=True, read_only=True)
    other = MemberRefSerializer(allow_null=True, read_only=True)

    class Meta:
        model = Activity
        fields = read_only_fields = [
            "kind", "member", "film", "stars", "review", "viewing", "list", "essay", "other", "created_at",
        ]  # fmt: skip

    @extend_schema_field({"type": ["number", "null"], "minimum": 0.5, "maximum": 5})
    def get_stars(self, line: Activity) -> float | None:
        said: Any = line.review or line.viewing or line.mark
        return said.stars if said is not None and line.kind in SHOWN else None


@example(examples.FOLLOW_REQUEST)
class FollowRequestSerializer(serializers.ModelSerializer[FollowRequest]):
    """Somebody asks to follow you."""

    member = MemberRefSerializer(source="follower", read_only=True)

    class Meta:
        model = FollowRequest
        fields = read_only_fields = ["member", "created_at"]
