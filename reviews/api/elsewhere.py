"""Being followed from other servers, as the page has it. Where the house speaks to none, there is nothing here."""

from typing import Any, Final

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.generics import GenericAPIView, ListAPIView, get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.endpoint import Endpoint
from accounts.api.permissions import InPerson, Members
from accounts.api.serializers import example
from accounts.federation import switching
from accounts.federation.standing import followers_of, standing_of
from accounts.models import Follower
from films.paging import Run

STANDING: Final = {"on": True, "approves": False, "handle": "@ana@films.example.org", "followers": 3, "waiting": 0}
FOLLOWER: Final = {
    "id": 7, "handle": "@zoe@social.example.org", "name": "Zoë", "url": "https://social.example.org/users/zoe",
    "accepted": True, "since": "2026-11-30T19:00:00Z",
}  # fmt: skip


@example(STANDING, response_only=True)
class StandingSerializer(serializers.Serializer[Any]):
    """Whether people on other servers can follow you, and how many do."""

    on = serializers.BooleanField(read_only=True)
    approves = serializers.BooleanField(read_only=True, help_text="Whether you let each of them in yourself.")
    handle = serializers.CharField(read_only=True, help_text="What they look for. Empty while it is off.")
    followers = serializers.IntegerField(read_only=True)
    waiting = serializers.IntegerField(read_only=True, help_text="Who wants to follow and was not let in yet.")


@example({"on": True, "approves": True}, request_only=True)
class ChoiceSerializer(serializers.Serializer[Any]):
    """What is left out stays."""

    on = serializers.BooleanField(required=False, help_text="Switched off, all is asked back from there.")
    approves = serializers.BooleanField(required=False)


@example(FOLLOWER, response_only=True)
class FollowerSerializer(serializers.ModelSerializer[Follower]):
    """Somebody elsewhere who follows you, or wants to."""

    handle = serializers.CharField(source="stranger.handle", read_only=True)
    name = serializers.CharField(source="stranger.name", read_only=True)
    url = serializers.URLField(source="stranger.uri", read_only=True)
    accepted = serializers.SerializerMethodField()
    since = serializers.DateTimeField(source="created_at", read_only=True)

    class Meta:
        model = Follower
        fields = read_only_fields = ["id", "handle", "name", "url", "accepted", "since"]

    def get_accepted(self, follower: Follower) -> bool:
        return follower.accepted_at is not None


@example({"accepted": True}, request_only=True)
class AnswerSerializer(serializers.Serializer[Any]):
    accepted = serializers.ChoiceField(choices=[(True, "true")], help_text="true lets them in.")


class Elsewhere(Endpoint):
    """Nothing is here where the house speaks to no other server."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        if not settings.FEDERATION:
            raise Http404
        super().initial(request, *args, **kwargs)


@extend_schema_view(
    get=extend_schema(
        summary="Read how you can be followed from elsewhere",
        description="404 where the house speaks to no other server, as everywhere below.",
    ),
    patch=extend_schema(
        summary="Choose whether you can be followed from elsewhere",
        description="By session, never with a token.",
        request=ChoiceSerializer,
        responses=StandingSerializer,
    ),
)
class OwnStanding(Elsewhere, GenericAPIView[Any]):
    serializer_class = StandingSerializer
    permission_classes = [InPerson]

    def get(self, request: Request) -> Response:
        return Response(StandingSerializer(standing_of(self.me)).data)

    def patch(self, request: Request) -> Response:
        sent = ChoiceSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        now = standing_of(self.me)
        if sent.validated_data.get("on", now.on):
            switching.switch_on(member=self.me, approves=sent.validated_data.get("approves", now.approves))
        else:
            switching.switch_off(member=self.me)
        return self.get(request)


@extend_schema_view(get=extend_schema(summary="List who follows you from elsewhere", description="The latest first."))
class Followers(Elsewhere, ListAPIView[Follower]):
    serializer_class = FollowerSerializer
    permission_classes = [Members]

    def get_queryset(self) -> "QuerySet[Follower]":
        return followers_of(self.me)

    def get_runs(self) -> tuple[Run, ...]:
        return (Run(("id",)),)


@extend_schema_view(
    patch=extend_schema(summary="Let somebody follow you", request=AnswerSerializer, responses=FollowerSerializer),
    delete=extend_schema(summary="Remove somebody who follows you, or refuse them", description="They are told."),
)
class OneFollower(Elsewhere, GenericAPIView[Follower]):
    serializer_class = FollowerSerializer
    permission_classes = [Members]

    def get_queryset(self) -> "QuerySet[Follower]":
        return followers_of(self.request.user)  # type: ignore[arg-type]  # Members lets in nobody else

    def patch(self, request: Request, pk: int) -> Response:
        sent = AnswerSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        self._own(pk)
        switching.let_follow(member=self.me, follower_id=pk)
        return Response(FollowerSerializer(self._own(pk)).data)

    def delete(self, request: Request, pk: int) -> Response:
        self._own(pk)
        switching.remove_follower(member=self.me, follower_id=pk)
        return Response(status=204)

    def _own(self, pk: int) -> Follower:
        return get_object_or_404(self.get_queryset(), pk=pk)
