"""What programs read of an evening, and what they send."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.api.fields import PageAddress
from accounts.api.serializers import MemberRefSerializer, example
from films.api.known import NamedField
from films.api.refs import FilmRefSerializer, ServiceSerializer
from reviews.api import tonight_examples as examples
from reviews.api.fields import FilmField, WarnedField
from reviews.models import Candidate, Draw, Evening, Pick, Seat
from reviews.models.tonight import LONGEST_GUEST, LONGEST_NAME
from reviews.models.visibility import Visibility
from reviews.tonight import Phase


class SeatSerializer(serializers.ModelSerializer[Seat]):
    name = serializers.CharField(read_only=True)
    username = serializers.CharField(source="member.username", default=None, allow_null=True, read_only=True)
    is_host = serializers.SerializerMethodField()
    is_ready = serializers.BooleanField(read_only=True, help_text="With this round.")

    class Meta:
        model = Seat
        fields = read_only_fields = ["number", "name", "username", "is_host", "is_ready"]

    def get_is_host(self, seat: Seat) -> bool:
        return seat.member_id is not None and seat.member_id == self.context["evening"].host_id


class PickSerializer(serializers.ModelSerializer[Pick]):
    film = FilmRefSerializer(read_only=True)

    class Meta:
        model = Pick
        fields = read_only_fields = ["film", "says"]


class CandidateSerializer(serializers.ModelSerializer[Candidate]):
    film = FilmRefSerializer(read_only=True)
    struck = serializers.SerializerMethodField(help_text="By anybody.")
    struck_by_you = serializers.SerializerMethodField()
    seen = serializers.BooleanField(source="is_seen", read_only=True, help_text="By anybody, as it turned out.")
    on_shelf = serializers.BooleanField(
        source="is_brought", read_only=True, help_text="It stands on a shelf that somebody at the table brings."
    )

    warned = WarnedField(source="film.warned")

    class Meta:
        model = Candidate
        fields = read_only_fields = ["film", "wants", "struck", "struck_by_you", "seen", "on_shelf", "warned"]

    def get_struck(self, one: Any) -> bool:
        return one.struck_by is not None

    def get_struck_by_you(self, one: Any) -> bool:
        return one.struck_by is not None and one.struck_by == self.context["seat"]


@example(examples.DRAW)
class DrawSerializer(serializers.ModelSerializer[Draw]):
    """Of `left` films, `tied` were equal: the one whose SHA-256 of "lot:film number" is the smallest was drawn."""

    film = FilmRefSerializer(read_only=True)

    class Meta:
        model = Draw
        fields = read_only_fields = ["film", "number", "people", "wants", "left", "tied", "lot", "made_at"]


@example(examples.EVENING, response_only=True)
class EveningSerializer(serializers.ModelSerializer[Evening]):
    """Without a seat, all but the name, the host and what they asked for is empty."""

    url = PageAddress()
    host = MemberRefSerializer(read_only=True)
    country = serializers.CharField(source="country_id", allow_null=True, read_only=True, help_text="Its code.")
    phase = serializers.ChoiceField(choices=Phase.choices, read_only=True)
    your_seat = serializers.IntegerField(allow_null=True, read_only=True)
    services = ServiceSerializer(many=True, read_only=True, help_text="What anybody at the table has.")
    shelf = serializers.BooleanField(read_only=True, help_text="Somebody at the table brings what they own.")
    seats = SeatSerializer(source="shown_seats", many=True, read_only=True)
    picks = PickSerializer(many=True, read_only=True, help_text="What you said.")
    shortlist = CandidateSerializer(source="shown_shortlist", many=True, read_only=True)
    strikes_left = serializers.IntegerField(read_only=True, help_text="Yours.")
    draws = DrawSerializer(source="shown_draws", many=True, read_only=True)
    logged_by = serializers.ListField(
        child=serializers.CharField(), read_only=True, help_text="Usernames of those who allow it, and yours."
    )

    class Meta:
        model = Evening
        fields = read_only_fields = [
            "key", "url", "name", "host", "most_minutes", "country", "services", "shelf", "started_at", "phase",
            "your_seat", "seats", "picks", "shortlist", "strikes_left", "draws", "logged_by",
        ]  # fmt: skip


@example(examples.SEATED, response_only=True)
class SeatedSerializer(serializers.Serializer[Any]):
    """`seat_token` is a guest's, null for members: send it as `X-Seat` with whatever you do at this table."""

    seat = serializers.IntegerField(read_only=True)
    seat_token = serializers.CharField(read_only=True, allow_null=True)
    evening = serializers.URLField(read_only=True)


@extend_schema_field({"type": "string", "maxLength": 60})
class ServiceField(NamedField):
    def __init__(self, **options: Any) -> None:
        super().__init__("service", **options)


@example(examples.HAVING, request_only=True)
class HavingSerializer(serializers.Serializer[Any]):
    services = serializers.ListField(child=ServiceField(), max_length=40, help_text="The services' slugs.")
    shelf = serializers.BooleanField(
        required=False, help_text="Whether what is on your shelf counts, too; left out, as before. Guests have none."
    )


@example(examples.START, request_only=True)
class StartSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(required=False, allow_blank=True, max_length=LONGEST_NAME)
    most_minutes = serializers.IntegerField(required=False, allow_null=True, min_value=1, max_value=6000)
    country = NamedField("country", required=False, allow_null=True, help_text="Its code.")
    services = serializers.ListField(child=ServiceField(), required=False, max_length=40)
    shelf = serializers.BooleanField(
        required=False, default=False, help_text="Whether what is on your shelf counts, too."
    )


@example(examples.JOIN, request_only=True)
class JoinSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(
        required=False, allow_blank=True, max_length=2 * LONGEST_GUEST, help_text="A guest's; members have one."
    )


@example(examples.SAYING, request_only=True)
class SayingSerializer(serializers.Serializer[Any]):
    film = FilmField(help_text="The film's slug.")
    says = serializers.ChoiceField(choices=Pick.Says.choices, allow_null=True, help_text="Null takes it back.")


@example(examples.STRIKING, request_only=True)
class StrikingSerializer(serializers.Serializer[Any]):
    film = FilmField(help_text="The film's slug.")
    struck = serializers.BooleanField(required=False, default=True, help_text="False takes your strike back.")


@example(examples.WATCHED, request_only=True)
class WatchedSerializer(serializers.Serializer[Any]):
    watched_on = serializers.DateField(
        required=False, allow_null=True, help_text="The day where you are; that of the draw (UTC) where you say none."
    )
    visibility = serializers.ChoiceField(
        choices=Visibility.choices, required=False, default=Visibility.PUBLIC, help_text="Of the line in your diary."
    )
    is_named = serializers.BooleanField(
        required=False, default=False, help_text="Whether those who log it too may see that you were there."
    )
