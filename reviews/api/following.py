"""One's own profile, following others, and who asks to follow oneself."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.generics import GenericAPIView, ListAPIView, RetrieveUpdateAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from accounts.actions import rename_oneself, save_profile
from accounts.api.endpoint import Endpoint
from accounts.api.permissions import Members
from accounts.api.queries import member_called
from accounts.api.serializers import MeChangeSerializer, MeSerializer
from accounts.api.views import ToMember
from accounts.models import FollowRequest, User
from films.paging import Run
from reviews.actions.following import (
    CHOICES,
    accept_request,
    choose_privacy,
    follow_member,
    refuse_request,
    remove_follower,
    unfollow_member,
)
from reviews.api.lines import FollowRequestSerializer

PROFILE = ("display_name", "bio", "location", "pronouns", "website")


@extend_schema_view(
    get=extend_schema(summary="Read your profile", description="Your own profile, email included."),
    patch=extend_schema(
        summary="Change your profile",
        description="A changed username leaves a redirect at the old address. A private account that becomes public "
        "lets in everybody who had asked to follow.",
        request=MeChangeSerializer(partial=True),
        responses=MeSerializer,
    ),
)
class Me(Endpoint, RetrieveUpdateAPIView[User]):
    serializer_class = MeSerializer
    permission_classes = [Members]
    http_method_names = ["get", "patch", "head"]

    def get_object(self) -> User:
        return User.objects.get(pk=self.request.user.pk)

    def patch(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        member = self.get_object()
        change = MeChangeSerializer(member, data=request.data, partial=True)
        change.is_valid(raise_exception=True)
        said = dict(change.validated_data)
        with transaction.atomic():
            if (username := said.pop("username", member.username)) != member.username:
                self._rename(member, username)
            chosen = {name: said.pop(name) for name in CHOICES if name in said}
            save_profile(member=member, **{name: said.get(name, getattr(member, name)) for name in PROFILE})
            if chosen:
                choose_privacy(member=member, **chosen)
        return Response(self.get_serializer(self.get_object()).data)

    def _rename(self, member: User, username: str) -> None:
        try:
            rename_oneself(member=member, username=username)
        except ValidationError as refusal:
            raise ValidationError({"username": refusal.messages}) from None


@extend_schema_view(
    put=extend_schema(
        summary="Follow a member",
        description="A member whose account is private is asked; until they answer, `you.requested` of the member "
        "says so.",
        request=None,
        responses={204: None},
    ),
    delete=extend_schema(summary="Stop following a member, or asking to", responses={204: None}),
)
class Following(ToMember):
    """Following somebody brings what they do into your feed."""

    def put(self, request: Request, username: str) -> Response:
        follow_member(member=self.me, other=self.other(self.me))
        return Response(status=204)

    def delete(self, request: Request, username: str) -> Response:
        unfollow_member(member=self.me, other=self.other(self.me))
        return Response(status=204)


@extend_schema_view(delete=extend_schema(summary="Remove a follower", responses={204: None}))
class OwnFollower(ToMember):
    """Somebody who is to follow you no longer. They are not told."""

    http_method_names = ["delete"]

    def delete(self, request: Request, username: str) -> Response:
        remove_follower(member=self.me, other=self.other(self.me))
        return Response(status=204)


@extend_schema_view(get=extend_schema(summary="List who asks to follow you", description="The latest first."))
class Requests(Endpoint, ListAPIView[FollowRequest]):
    serializer_class = FollowRequestSerializer
    permission_classes = [Members]

    def get_queryset(self) -> Any:
        waiting = FollowRequest.objects.filter(followed=self.me.pk, follower__is_active=True)
        return waiting.select_related("follower")

    def get_runs(self) -> tuple[Run, ...]:
        return (Run(("id",)),)


@extend_schema_view(
    put=extend_schema(summary="Accept who asks to follow you", request=None, responses={204: None}),
    delete=extend_schema(
        summary="Refuse who asks to follow you", description="They are not told.", responses={204: None}
    ),
)
class RequestAnswer(Endpoint, GenericAPIView[FollowRequest]):
    """Both verbs may be repeated."""

    permission_classes = [Members]
    serializer_class = BaseSerializer[Any]
    queryset = FollowRequest.objects.none()

    def put(self, request: Request, username: str) -> Response:
        accept_request(member=self.me, other=member_called(username, self.me))
        return Response(status=204)

    def delete(self, request: Request, username: str) -> Response:
        refuse_request(member=self.me, other=member_called(username, self.me))
        return Response(status=204)
