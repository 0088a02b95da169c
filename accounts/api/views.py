"""One's own tokens and the apps one let in, and blocking others. What needs the rest of the house is in reviews/api."""

import time
from typing import Any

from allauth.account import app_settings as account_settings
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.exceptions import NotFound, PermissionDenied
from rest_framework.generics import DestroyAPIView, GenericAPIView, ListAPIView, ListCreateAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from accounts.actions import make_token, revoke_token
from accounts.api.endpoint import Endpoint
from accounts.api.idempotency import shown_once
from accounts.api.permissions import InPerson, Members, scopes_of
from accounts.api.queries import member_called
from accounts.api.serializers import LetInSerializer, NewTokenSerializer, TokenAskedSerializer, TokenSerializer
from accounts.connecting import let_in_by, shut_out_app
from accounts.mail import tell_of_token
from accounts.models import AccessToken, App, User
from accounts.models.viewer import Viewer
from config.api.paging import OnePage


def require_fresh_login(request: Request) -> None:
    """Raise PermissionDenied when the log-in is not recent: who finds an open browser must not make a key of it.

    Whoever has only just signed up has not logged in, and need not: every session of theirs is new.
    """
    if scopes_of(request.auth) is not None:
        raise PermissionDenied(_("A token cannot do this: log in."), code="session_required")
    session: Any = request.auth if request.auth is not None else request._request.session
    methods = session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
    joined = request.user.date_joined.timestamp() if isinstance(request.user, User) else 0
    latest = max([joined, *(method.get("at", 0) for method in methods)])
    if time.time() - latest > account_settings.REAUTHENTICATION_TIMEOUT:
        raise PermissionDenied(_("Log in again first: your log-in is some time ago."), code="reauthenticate")


@extend_schema_view(
    get=extend_schema(summary="List your tokens", description="Personal access tokens, without their secrets."),
    post=extend_schema(
        summary="Make a token",
        description="With a recent log-in by session, never with a token. The secret is in this answer alone.",
        request=TokenAskedSerializer,
        responses={201: NewTokenSerializer},
    ),
)
class Tokens(Endpoint, ListCreateAPIView[AccessToken]):
    serializer_class = TokenSerializer
    permission_classes = [InPerson]
    pagination_class = OnePage

    def get_queryset(self) -> Any:
        return AccessToken.objects.filter(member=self.me.pk).order_by("-id")

    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        require_fresh_login(request)
        asked = TokenAskedSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        token, secret = make_token(member=self.me, **asked.validated_data)
        tell_of_token(self.me, token)
        told = _("This token was made already, and its secret was shown once. Revoke it and make another.")
        return shown_once(TokenSerializer(token).data | {"secret": secret}, told=told)


@extend_schema_view(
    delete=extend_schema(summary="Revoke a token", description="Programs that use it are let in no more.")
)
class Token(Endpoint, DestroyAPIView[AccessToken]):
    serializer_class = TokenSerializer
    permission_classes = [InPerson]
    queryset = AccessToken.objects.none()

    def destroy(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        if not AccessToken.objects.filter(member=self.me, pk=kwargs["pk"]).exists():
            raise NotFound
        revoke_token(member=self.me, token_id=kwargs["pk"])
        return Response(status=204)


@extend_schema_view(
    get=extend_schema(
        summary="List apps you let in",
        description="Apps of others that can act for you, what each may do, and since when. By name, all at once.",
    )
)
class Apps(Endpoint, ListAPIView[Any]):
    serializer_class = LetInSerializer
    permission_classes = [InPerson]
    pagination_class = OnePage

    def get_queryset(self) -> Any:
        return let_in_by(self.me)


@extend_schema_view(
    delete=extend_schema(
        summary="Let an app in no more", description="What it was given works no longer. It may ask you again."
    )
)
class OneApp(Endpoint, DestroyAPIView[Any]):
    serializer_class = LetInSerializer
    permission_classes = [InPerson]
    queryset = App.objects.none()
    lookup_url_kwarg = "app_id"

    def destroy(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        if not any(each.app.pk == kwargs["app_id"] for each in let_in_by(self.me)):
            raise NotFound
        shut_out_app(member=self.me, app_id=kwargs["app_id"])
        return Response(status=204)


class ToMember(Endpoint, GenericAPIView[User]):
    """What one member may be to another; PUT makes it so, DELETE ends it, and both may be repeated."""

    permission_classes = [Members]
    serializer_class = BaseSerializer[Any]
    queryset = User.objects.none()
    http_method_names = ["put", "delete"]

    def other(self, viewer: Viewer) -> User:
        member = member_called(self.kwargs["username"], viewer)
        if member.username.lower() != self.kwargs["username"].lower():
            self.move(username=member.username)
        return member
