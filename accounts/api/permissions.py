"""Who may call what. Whose row it is, and whether it may be seen, the querysets and the actions decide."""

from typing import Any

from allauth.idp.oidc.models import Token
from django.utils.translation import gettext as _
from rest_framework.exceptions import PermissionDenied
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from accounts.models import AccessToken
from accounts.models.token import Scope


def scopes_of(key: Any) -> frozenset[str] | None:
    """What a token may do, of a member's own program or of an app; None for a session, which may do all."""
    if isinstance(key, AccessToken):
        return frozenset(key.scopes)
    return frozenset(key.get_scopes()) if isinstance(key, Token) else None


def _refuse_narrow_token(request: Request) -> None:
    """Who may write may read."""
    scopes = scopes_of(request.auth)
    if scopes is None or Scope.WRITE in scopes:
        return
    if request.method not in SAFE_METHODS:
        raise PermissionDenied(_("This token may only read. Make one that may write, too."), code="scope")
    if Scope.READ not in scopes:
        raise PermissionDenied(_("This token may not read. Ask the member for the scope “read”."), code="scope")


class AnyoneReads(BasePermission):
    """Everybody reads; members write, and programs that they allow to."""

    open_to_readers = True

    def has_permission(self, request: Request, view: Any) -> bool:
        _refuse_narrow_token(request)
        return request.method in SAFE_METHODS or bool(request.user and request.user.is_authenticated)


class WhoHasTheLink(BasePermission):
    """Everybody who knows the address, which is a secret; also to write, and without a log-in."""

    open_to_all = True

    def has_permission(self, request: Request, view: Any) -> bool:
        _refuse_narrow_token(request)
        return True


class Members(BasePermission):
    """Members alone, reading included."""

    def has_permission(self, request: Request, view: Any) -> bool:
        _refuse_narrow_token(request)
        return bool(request.user and request.user.is_authenticated)


class InPerson(Members):
    """Members who logged in themselves: no program may make itself new tokens."""

    def has_permission(self, request: Request, view: Any) -> bool:
        if scopes_of(request.auth) is not None:
            raise PermissionDenied(_("A token cannot do this: log in."), code="session_required")
        return super().has_permission(request, view)
