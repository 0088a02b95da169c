"""The tags of a member."""

from typing import Any

from django.urls import NoReverseMatch, reverse
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers
from rest_framework.generics import ListAPIView

from accounts.api.endpoint import Endpoint
from accounts.api.serializers import example
from config.api.paging import OnePage
from reviews.api.members import member_showing
from reviews.tags import tags_of

TAG = {"tag": "chase", "count": 12, "url": "https://films.example.org/members/ana/tags/chase/"}


@example(TAG, response_only=True)
class MemberTagSerializer(serializers.Serializer[Any]):
    """Tags that differ by their case alone are one, spelt as one of them."""

    tag = serializers.CharField()
    count = serializers.IntegerField(
        help_text="Reviews, lists and lines of the diary with it, as far as you may see them."
    )
    url = serializers.SerializerMethodField(
        help_text="What carries it; null for a tag that no address can hold, such as two dots."
    )

    @extend_schema_field({"type": ["string", "null"], "format": "uri"})
    def get_url(self, row: dict[str, Any]) -> str | None:
        try:
            path = reverse("reviews:member_tag", args=[row["username"], row["tag"]])
        except NoReverseMatch:
            return None
        return str(self.context["request"].build_absolute_uri(path))


@extend_schema_view(
    get=extend_schema(
        summary="List a member's tags",
        description="Of what you may see of their reviews, lists and diary, the most used first, all at once.",
    )
)
class MemberTags(Endpoint, ListAPIView[Any]):
    serializer_class = MemberTagSerializer
    pagination_class = OnePage

    def get_queryset(self) -> Any:
        member = member_showing(self)
        found = tags_of(member, self.request.user)
        return [{"tag": tag, "count": number, "username": member.username} for tag, number in found]
