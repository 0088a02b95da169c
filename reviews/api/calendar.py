"""What comes out, and what a member chooses for their own calendar."""

from datetime import date, timedelta
from typing import Any, Final

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.exceptions import NotAuthenticated
from rest_framework.generics import GenericAPIView, ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.endpoint import Endpoint
from accounts.api.permissions import Members
from accounts.api.serializers import example
from films.api.known import Known, NamedField
from films.api.refs import FilmRefSerializer
from films.models import Country, Release
from films.paging import Run
from reviews.actions.calendar import choose_calendar
from reviews.api import examples
from reviews.models import CalendarChoice
from reviews.models.calendar import NAMES_OF_WAYS
from reviews.releases import BY_DAY, KINDS, Asked, Show, choice_of, releases

# Between the first day and the last of one list.
MOST_DAYS: Final = 366
OUT: Final = {
    "film": examples.FILM_REF, "country": "GB", "kind": "cinema", "released_on": "2026-12-11", "certificate": "15",
    "note": "",
}  # fmt: skip
CHOICE: Final = {"country": "GB", "ways": ["cinema", "digital"], "has_address": True}


class CalendarFilters(serializers.Serializer[Any]):
    country = serializers.CharField(
        required=False, max_length=4, validators=[Known("country")], help_text="A country's code, such as `GB`."
    )
    kind = serializers.ListField(
        child=serializers.ChoiceField(choices=list(KINDS)),
        required=False,
        max_length=len(KINDS),
        help_text="Given several times, what comes out in any of these ways. `cinema` stands for `limited`, too.",
    )
    first = serializers.DateField(required=False, help_text="The first day. Default: today, by the site's time zone.")
    last = serializers.DateField(
        required=False, help_text=f"The last day, at most {MOST_DAYS} after the first. Default: 30 days after it."
    )
    watchlist = serializers.BooleanField(required=False, help_text="`true`: only films on your watchlist.")

    def validate(self, said: dict[str, Any]) -> dict[str, Any]:
        first, last = self.days(said)
        if not 0 <= (last - first).days <= MOST_DAYS:
            told = _("Give a last day that is at most %(most)d days after the first.") % {"most": MOST_DAYS}
            raise serializers.ValidationError({"last": [told]})
        return said

    @staticmethod
    def days(said: dict[str, Any]) -> tuple[date, date]:
        first: date = said.get("first") or timezone.localdate()
        if (last := said.get("last")) is None:
            last = min(first, date.max - timedelta(days=30)) + timedelta(days=30)
        return first, last

    def asked(self) -> Asked:
        said = self.validated_data
        return Asked(
            show=Show.WATCHLIST if said.get("watchlist") else Show.ALL,
            country=said.get("country", "").upper(),
            kinds=tuple(said.get("kind", ())),
        )


@example(OUT)
class OutSerializer(serializers.ModelSerializer[Release]):
    """A film that comes out on a day in a country in one way."""

    film = FilmRefSerializer(read_only=True)
    country = serializers.CharField(source="country_id", read_only=True, help_text="A country's code.")

    class Meta:
        model = Release
        fields = read_only_fields = ["film", "country", "kind", "released_on", "certificate", "note"]


@extend_schema_view(
    get=extend_schema(
        summary="List what comes out",
        description="Days on which films come out, the first day first: a line for each film, country and way. With a "
        "token or a session, without films that you mute.",
    )
)
class Calendar(Endpoint, ListAPIView[Release]):
    serializer_class = OutSerializer
    filters_class = CalendarFilters

    def get_queryset(self) -> QuerySet[Release]:
        filters: CalendarFilters = self.asked()
        asked = filters.asked()
        if asked.show == Show.WATCHLIST and not self.request.user.is_authenticated:
            raise NotAuthenticated(_("Only members have a watchlist. Log in to ask for it."))
        return releases(asked, *filters.days(filters.validated_data), self.request.user, once=False)

    def get_runs(self) -> tuple[Run, ...]:
        return (Run(BY_DAY, descending=False),)


@example(CHOICE)
class CalendarChoiceSerializer(serializers.ModelSerializer[CalendarChoice]):
    """Your country, and of which ways out you are told on the day when a film of your watchlist comes out there."""

    country = NamedField("country", allow_null=True, help_text="Its code; null for none.")
    ways = serializers.ListField(child=serializers.ChoiceField(choices=NAMES_OF_WAYS), max_length=len(NAMES_OF_WAYS))
    has_address = serializers.BooleanField(
        source="digest", read_only=True, help_text="Whether calendar programs have an address; the page makes it."
    )

    class Meta:
        model = CalendarChoice
        fields = ["country", "ways", "has_address"]


@extend_schema_view(
    get=extend_schema(summary="Read what you chose for your calendar"),
    put=extend_schema(summary="Choose for your calendar", description="May be repeated; the last one holds."),
)
class MyCalendar(Endpoint, GenericAPIView[CalendarChoice]):
    serializer_class = CalendarChoiceSerializer
    permission_classes = [Members]
    queryset = CalendarChoice.objects.none()

    def get(self, request: Request) -> Response:
        return Response(CalendarChoiceSerializer(choice_of(self.me) or CalendarChoice(member=self.me)).data)

    def put(self, request: Request) -> Response:
        sent = CalendarChoiceSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        country: Country | None = sent.validated_data["country"]
        made = choose_calendar(member=self.me, country=country, ways=sent.validated_data["ways"])
        return Response(CalendarChoiceSerializer(made).data)
