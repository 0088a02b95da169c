"""What the house itself says: its words, its pages and its notices."""

from typing import Any, Final

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import get_language
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers
from rest_framework.generics import GenericAPIView, ListAPIView, RetrieveAPIView, get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.endpoint import Endpoint
from accounts.api.fields import PageAddress
from accounts.api.permissions import Members
from accounts.api.serializers import example
from films.paging import Run
from reviews.actions.noticing import put_away
from reviews.house import house_of, put_away_by
from reviews.models import HouseNotice, HousePage

PAGE_LINK: Final = {
    "kind": "privacy",
    "slug": "privacy",
    "title": "Privacy",
    "url": "https://films.example.org/house/privacy/",
}
HOUSE: Final[dict[str, Any]] = {
    "name": "The Ritz Club",
    "line": "The film club of the Ritz in Porto, in its ninth year.",
    "welcome": "We meet on Thursdays. Here we go on talking.",
    "contact": "club@example.org",
    "signup": "open",
    "rules": "https://films.example.org/rules/",
    "pages": [PAGE_LINK],
    "url": "https://films.example.org/house/",
}
PAGE: Final = PAGE_LINK | {
    "language": "en-gb",
    "body": "In short: *nothing* follows you.",
    "body_html": "<p>In short: <em>nothing</em> follows you.</p>",
    "published_at": "2026-11-22T17:00:00Z",
    "updated_at": "2026-11-30T19:00:00Z",
}
NOTICE: Final = {
    "id": 7,
    "kind": "maintenance",
    "words": "On Sunday from 6 to 7 UTC the house is closed, for a new stove.",
    "link": "https://films.example.org/articles/a-new-stove/",
    "link_words": "Why",
    "audience": "everybody",
    "starts_at": "2026-11-30T18:00:00Z",
    "ends_at": "2026-12-06T07:00:00Z",
    "put_away": False,
}


@example(PAGE_LINK)
class PageLinkSerializer(serializers.Serializer[Any]):
    """A page of the house's own, as the foot of every page links to it."""

    kind = serializers.ChoiceField(choices=HousePage.Kind.choices)
    slug = serializers.CharField()
    title = serializers.CharField()
    url = PageAddress()


@example(HOUSE)
class HouseSerializer(serializers.Serializer[Any]):
    """What house this is. What its host has not said is empty."""

    name = serializers.SerializerMethodField()
    line = serializers.CharField(help_text="One sentence on what house this is.")
    welcome = serializers.CharField(help_text="What visitors read first.")
    contact = serializers.CharField(help_text="An email address, or the address of a page.")
    signup = serializers.SerializerMethodField(help_text="Who may sign up: everybody, who is invited, or nobody.")
    rules = serializers.SerializerMethodField(help_text="Where the house rules stand.")
    pages = PageLinkSerializer(many=True)
    url = serializers.SerializerMethodField()

    def get_name(self, _house: Any) -> str:
        return str(settings.SITE_NAME)

    @extend_schema_field({"type": "string", "enum": ["open", "invite", "closed"]})
    def get_signup(self, _house: Any) -> str:
        return str(settings.SIGNUP)

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_rules(self, _house: Any) -> str:
        return self._address("reviews:rules")

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_url(self, _house: Any) -> str:
        return self._address("reviews:house")

    def _address(self, name: str) -> str:
        return str(self.context["request"].build_absolute_uri(reverse(name)))


@example(PAGE)
class HousePageSerializer(serializers.ModelSerializer[HousePage]):
    url = PageAddress()
    language = serializers.SerializerMethodField(
        help_text="Of its words: the one that you ask for, or the site's first."
    )

    class Meta:
        model = HousePage
        fields = read_only_fields = [
            "kind", "slug", "language", "title", "body", "body_html", "published_at", "updated_at", "url",
        ]  # fmt: skip

    def get_language(self, page: HousePage) -> str:
        return page.language or settings.LANGUAGES[0][0]


@example(NOTICE)
class HouseNoticeSerializer(serializers.ModelSerializer[HouseNotice]):
    link = serializers.SerializerMethodField(help_text="The whole address, or empty.")
    put_away = serializers.SerializerMethodField(help_text="Whether you have put it away. A visitor never has.")

    class Meta:
        model = HouseNotice
        fields = read_only_fields = [
            "id", "kind", "words", "link", "link_words", "audience", "starts_at", "ends_at", "put_away",
        ]  # fmt: skip

    @extend_schema_field({"type": "string", "format": "uri-reference"})
    def get_link(self, notice: HouseNotice) -> str:
        return str(self.context["request"].build_absolute_uri(notice.link)) if notice.link else ""

    def get_put_away(self, notice: HouseNotice) -> bool:
        return notice.pk in self.context["put_away"]


@extend_schema_view(get=extend_schema(summary="Read what house this is", description="Who runs it, and its own pages."))
class House(Endpoint, GenericAPIView[Any]):
    serializer_class = HouseSerializer

    def get(self, request: Request) -> Response:
        return Response(self.get_serializer(house_of(request._request)).data)


@extend_schema_view(get=extend_schema(summary="Read a page of the house"))
class HousePageDetail(Endpoint, RetrieveAPIView[HousePage]):
    """About, Privacy and the like, as its host wrote it, in the language of `Accept-Language` where there is one."""

    serializer_class = HousePageSerializer
    queryset = HousePage.objects.published().originals()
    lookup_field = "slug"

    def get_object(self) -> HousePage:
        return super().get_object().in_language(get_language() or "")


@extend_schema_view(
    get=extend_schema(
        summary="List the notices of the house",
        description="Those that stand now and are for you, put away or not, the newest first.",
    )
)
class HouseNotices(Endpoint, ListAPIView[HouseNotice]):
    serializer_class = HouseNoticeSerializer
    queryset = HouseNotice.objects.none()

    def made_of(self, said: Any) -> None:
        """What begins and ends by itself is not kept."""
        return None

    def get_queryset(self) -> QuerySet[HouseNotice]:
        return HouseNotice.objects.standing().for_viewer(self.request.user)

    def get_runs(self) -> tuple[Run, ...]:
        return (Run(("starts_at", "id")),)

    def get_serializer_context(self) -> dict[str, Any]:
        user = self.request.user
        put_away = put_away_by(user, self.request._request) if user.is_authenticated else frozenset()
        return {**super().get_serializer_context(), "put_away": put_away}


@extend_schema_view(
    put=extend_schema(
        summary="Put a notice away",
        description="It does not stand above your pages any more. May be repeated.",
        request=None,
        responses={204: None},
    )
)
class NoticeAway(Endpoint, GenericAPIView[HouseNotice]):
    permission_classes = [Members]
    queryset = HouseNotice.objects.none()

    def put(self, request: Request, pk: int) -> Response:
        put_away(member=self.me, notice=get_object_or_404(HouseNotice.objects.standing(), pk=pk))
        return Response(status=204)
