"""Blocking and muting members, and muting films."""

from typing import Any

from django.db.models import Exists, OuterRef
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from accounts.actions import mute, unblock, unmute
from accounts.api.endpoint import Endpoint
from accounts.api.permissions import Members
from accounts.api.views import ToMember
from accounts.models import Block, User
from films.api.queries import film_here
from films.models import Film
from reviews.actions.hushing import mute_film, unmute_film
from reviews.actions.parting import block_member


@extend_schema_view(
    put=extend_schema(summary="Block a member", request=None, responses={204: None}),
    delete=extend_schema(summary="Unblock a member", responses={204: None}),
)
class Blocking(ToMember):
    """Members of whom one blocks the other do not see each other anywhere, and do not follow each other.

    What a block ends does not come back when it is lifted.
    """

    def other(self, viewer: Any) -> User:
        # Whoever is blocked must be there to be unblocked; who blocks the viewer is not there at all.
        mine = Block.objects.filter(blocker=viewer, blocked=OuterRef("pk"))
        theirs = Block.objects.filter(blocker=OuterRef("pk"), blocked=viewer)
        there = User.objects.active().filter(Exists(mine) | ~Exists(theirs))
        return there.filter(username__iexact=self.kwargs["username"]).first() or super().other(viewer)

    def put(self, request: Request, username: str) -> Response:
        block_member(member=self.me, other=self.other(self.me))
        return Response(status=204)

    def delete(self, request: Request, username: str) -> Response:
        unblock(member=self.me, other=self.other(self.me))
        return Response(status=204)


@extend_schema_view(
    put=extend_schema(summary="Mute a member", request=None, responses={204: None}),
    delete=extend_schema(summary="Hear of a member again", responses={204: None}),
)
class Muting(ToMember):
    """Whom you mute stays out of your feed and your notices, and is not told."""

    def put(self, request: Request, username: str) -> Response:
        mute(member=self.me, other=self.other(self.me))
        return Response(status=204)

    def delete(self, request: Request, username: str) -> Response:
        unmute(member=self.me, other=self.other(self.me))
        return Response(status=204)


@extend_schema_view(
    put=extend_schema(summary="Mute a film", request=None, responses={204: None}),
    delete=extend_schema(summary="Hear of a film again", responses={204: None}),
)
class FilmMuting(Endpoint, GenericAPIView[Film]):
    """Nothing of a film that you mute comes into your feed, on your front page or into your notices."""

    permission_classes = [Members]
    serializer_class = BaseSerializer[Any]
    queryset = Film.objects.none()
    http_method_names = ["put", "delete"]

    def put(self, request: Request, slug: str) -> Response:
        mute_film(member=self.me, film=film_here(self))
        return Response(status=204)

    def delete(self, request: Request, slug: str) -> Response:
        unmute_film(member=self.me, film=film_here(self))
        return Response(status=204)
