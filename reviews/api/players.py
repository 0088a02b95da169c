"""Players that one has at home: their addresses are made and ended here, and what they said is listed."""

from typing import Any, Final

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.generics import (
    GenericAPIView,
    ListAPIView,
    ListCreateAPIView,
    RetrieveUpdateDestroyAPIView,
    get_object_or_404,
)
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.endpoint import Endpoint
from accounts.api.idempotency import shown_once
from accounts.api.permissions import InPerson, Members
from accounts.api.serializers import example
from accounts.api.views import require_fresh_login
from accounts.identity import absolute
from accounts.mail import tell_of_player
from config.api.paging import OnePage
from films.addresses import film_at
from films.api.refs import FilmRefSerializer
from films.paging import Run
from reviews.actions.players import change_player, make_player, remove_player
from reviews.actions.playings import leave_out, name_film, take_out
from reviews.api import examples
from reviews.models import Player, Playing, Visibility
from reviews.models.player import LONGEST_NAME, LONGEST_USER_NAME
from reviews.playings import players_of, playings_of

ASKED: Final = {
    "name": "Plex in the living room", "user_name": "ana", "visibility": "followers", "time_zone": "Europe/Berlin",
}  # fmt: skip
PLAYER: Final = {"id": 3} | ASKED | {"created_at": "2026-11-30T19:00:00Z", "last_used_at": None}
PLAYING: Final = {
    "id": 12, "at": "2026-11-30T20:41:00Z", "watched_on": "2026-11-30", "title": "Baby Driver", "year": 2017,
    "imdb": "tt3890160", "tmdb": "339403", "percent": None, "outcome": "logged", "film": examples.FILM_REF,
    "viewing": 41,
}  # fmt: skip


@example(PLAYER, response_only=True)
class PlayerSerializer(serializers.ModelSerializer[Player]):
    """An address for a player at home, without its secret. `last_used_at` is exact to a minute."""

    class Meta:
        model = Player
        fields = read_only_fields = [
            "id", "name", "user_name", "visibility", "time_zone", "created_at", "last_used_at",
        ]  # fmt: skip


@example(PLAYER | {"address": "https://films.example.org/players/s3cr3t/"}, response_only=True)
class NewPlayerSerializer(PlayerSerializer):
    """A new player with its address, which is shown this once."""

    address = serializers.URLField(read_only=True)

    class Meta:
        model = Player
        fields = read_only_fields = [*PlayerSerializer.Meta.fields, "address"]


@example(ASKED, request_only=True)
class PlayerAskedSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=LONGEST_NAME, help_text="So that you know it again.")
    user_name = serializers.CharField(
        max_length=LONGEST_USER_NAME,
        required=False,
        allow_blank=True,
        help_text="Of a server that several people use, whose viewings count. Empty for everybody's.",
    )
    visibility = serializers.ChoiceField(
        choices=Visibility.choices, required=False, help_text="Who can see the lines that it writes."
    )
    time_zone = serializers.CharField(
        max_length=64, required=False, help_text="Where it stands, such as Europe/Berlin: it decides the day."
    )


@example(PLAYING, response_only=True)
class PlayingSerializer(serializers.ModelSerializer[Playing]):
    """What a player said was watched, as it named it, and what became of it.

    `viewing` is the line of your diary; null where there is none, or none any more.
    """

    film = FilmRefSerializer(read_only=True, allow_null=True)
    viewing = serializers.IntegerField(source="viewing_id", read_only=True, allow_null=True)
    outcome = serializers.ChoiceField(
        choices=Playing.Outcome.choices,
        read_only=True,
        help_text="logged: a line was written; same: it was there; short: stopped before 80%; other: somebody else "
        "watched; waiting: its film is not known; limit: it waits until you may write more lines.",
    )

    class Meta:
        model = Playing
        fields = read_only_fields = [
            "id", "at", "watched_on", "title", "year", "imdb", "tmdb", "percent", "outcome", "film", "viewing",
        ]  # fmt: skip


@example({"film": "baby-driver-2017"}, request_only=True)
class PlayingNamedSerializer(serializers.Serializer[Any]):
    film = serializers.CharField(max_length=120, help_text="The slug of the film that it was.")


@extend_schema_view(
    get=extend_schema(summary="List your players", description="By name, all at once, without their addresses."),
    post=extend_schema(
        summary="Add a player",
        description="With a recent log-in by session, never with a token. The address is in this answer alone.",
        request=PlayerAskedSerializer,
        responses={201: NewPlayerSerializer},
    ),
)
class Players(Endpoint, ListCreateAPIView[Player]):
    serializer_class = PlayerSerializer
    permission_classes = [InPerson]
    pagination_class = OnePage

    def get_queryset(self) -> QuerySet[Player]:
        return players_of(self.me)

    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        require_fresh_login(request)
        asked = PlayerAskedSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        player, secret = make_player(member=self.me, **asked.validated_data)
        tell_of_player(self.me, player.name)
        address = absolute(reverse("reviews:play", args=[secret]))
        told = _("This player was added already, and its address was shown once. Remove it and add another.")
        return shown_once(PlayerSerializer(player).data | {"address": address}, told=told)


@extend_schema_view(
    get=extend_schema(summary="Read a player"),
    patch=extend_schema(
        summary="Change a player",
        description="It counts for what is heard from then on.",
        request=PlayerAskedSerializer(partial=True),
        responses=PlayerSerializer,
    ),
    delete=extend_schema(
        summary="Remove a player", description="Its address leads nowhere any more. What it wrote stays."
    ),
)
class OnePlayer(Endpoint, RetrieveUpdateDestroyAPIView[Player]):
    serializer_class = PlayerSerializer
    permission_classes = [InPerson]
    http_method_names = ["get", "patch", "delete", "head"]

    def get_queryset(self) -> QuerySet[Player]:
        return players_of(self.request.user)

    def patch(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        sent = PlayerAskedSerializer(data=request.data, partial=True)
        sent.is_valid(raise_exception=True)
        changed = change_player(member=self.me, player=self.get_object(), **sent.validated_data)
        return Response(self.get_serializer(changed).data)

    def perform_destroy(self, player: Player) -> None:
        remove_player(member=self.me, player=player)


class OfMine(Endpoint):
    """What is below a player of one's own; anybody else's is not there."""

    permission_classes = [Members]

    def own(self) -> Player:
        found = get_object_or_404(players_of(self.me), pk=self.kwargs["pk"])
        found.member = self.me
        return found


@extend_schema_view(
    get=extend_schema(
        summary="List what a player said",
        description="What came last comes first: the last twenty, and besides whatever is still to be written.",
    )
)
class Playings(OfMine, ListAPIView[Playing]):
    serializer_class = PlayingSerializer

    def get_queryset(self) -> QuerySet[Playing]:
        return playings_of(self.own())

    def get_runs(self) -> tuple[Run, ...]:
        return (Run(("heard_at", "id")),)


@extend_schema_view(
    patch=extend_schema(
        summary="Say which film it was",
        description="Of what waits. Whatever waits under the same name follows.",
        request=PlayingNamedSerializer,
        responses=PlayingSerializer,
    ),
    delete=extend_schema(
        summary="Take it out of your diary, or leave it out",
        description="A line that was written is deleted, and the film unseen again if nothing else says that you saw "
        "it; what waits is forgotten.",
        responses={204: None},
    ),
)
class OnePlaying(OfMine, GenericAPIView[Playing]):
    serializer_class = PlayingSerializer
    queryset = Playing.objects.none()

    def playing(self) -> Playing:
        own = self.own()
        found = get_object_or_404(playings_of(own), pk=self.kwargs["number"])
        found.player = own
        return found

    def patch(self, request: Request, pk: int, number: int) -> Response:
        found = self.playing()
        sent = PlayingNamedSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        name_film(member=self.me, playing=found, film=film_at(sent.validated_data["film"]))
        return Response(self.get_serializer(self.playing()).data)

    def delete(self, request: Request, pk: int, number: int) -> Response:
        found = self.playing()
        take_out(member=self.me, playing=found)
        leave_out(member=self.me, playing=found)
        return Response(status=204)
