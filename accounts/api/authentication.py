"""Who asks: a session of the browser or of an app, a program with a personal token, or an app that a member let in."""

from datetime import timedelta
from typing import Any, Final

from allauth.headless.contrib.rest_framework.authentication import XSessionTokenAuthentication
from allauth.idp.oidc.models import Token
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from accounts.models import AccessToken, User
from accounts.models.token import PREFIX, digest

NOTED_EVERY: Final = timedelta(minutes=1)


class PersonalToken(BaseAuthentication):
    """`Authorization: Bearer int_…`, a token that the member made for a program."""

    def authenticate(self, request: Request) -> tuple[User, AccessToken] | None:
        kind, _space, secret = request.headers.get("Authorization", "").partition(" ")
        if kind.lower() != "bearer" or not secret.strip().startswith(PREFIX):
            return None
        token = AccessToken.objects.valid().select_related("member").filter(digest=digest(secret.strip())).first()
        if token is None:
            raise AuthenticationFailed(_("This token is not known here, or not any more."), code="bad_token")
        note_use(token)
        return token.member, token

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="api"'


def note_use(token: AccessToken) -> None:
    """Write down that the token is used, once a minute at most."""
    now = timezone.now()
    if token.last_used_at is None or token.last_used_at < now - NOTED_EVERY:
        AccessToken.objects.filter(pk=token.pk).update(last_used_at=now)


class AppToken(BaseAuthentication):
    """`Authorization: Bearer …`, which an app got by OpenID Connect from a member who let it in."""

    def authenticate(self, request: Request) -> tuple[User, Token] | None:
        kind, _space, secret = request.headers.get("Authorization", "").partition(" ")
        if kind.lower() != "bearer":
            return None
        # What it was given a moment ago a replica need not know yet.
        known = Token.objects.using("default").select_related("user", "client__owner")
        token = known.lookup(Token.Type.ACCESS_TOKEN, secret.strip())
        member: Any = token.user if token else None
        owner: Any = token.client.owner if token and token.client else None
        if token is None or member is None or not member.is_active or (owner is not None and not owner.is_active):
            raise AuthenticationFailed(_("This token is not known here, or not any more."), code="bad_token")
        return member, token

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="api"'


class AppSession(XSessionTokenAuthentication):
    """`X-Session-Token`, given to apps at log-in. A token that is over is refused: it does not make a stranger."""

    def authenticate(self, request: Any) -> tuple[User, Any] | None:
        found = super().authenticate(request)
        if found is None and self.get_session_token(request):
            raise AuthenticationFailed(_("This session is over. Log in again."), code="bad_session")
        return found


class TokenScheme(OpenApiAuthenticationExtension):
    """How the API's description speaks of a personal token."""

    target_class = PersonalToken
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "description": "A personal token, made at /accounts/tokens/."}


class AppTokenScheme(OpenApiAuthenticationExtension):
    """How the API's description speaks of what an app gets by OpenID Connect."""

    target_class = AppToken
    name = "app"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        told = "For apps of members, registered at /accounts/apps/. Scopes: openid, profile, email, read, write."
        address = reverse("idp:oidc:configuration")
        return {"type": "openIdConnect", "openIdConnectUrl": address, "description": told}


class AppSessionScheme(OpenApiAuthenticationExtension):
    """How the API's description speaks of an app's session."""

    target_class = AppSession
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        told = "What an app gets at log-in through /_allauth/app/v1/."
        return {"type": "apiKey", "in": "header", "name": "X-Session-Token", "description": told}
