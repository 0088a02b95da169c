"""Apps: what a developer says of one, and how a member lets one in no more. Letting in itself is allauth's.

Every act is one transaction, and may be repeated.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from allauth.idp.oidc.adapter import get_adapter
from allauth.idp.oidc.models import Client, Token
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions import hold_member
from accounts.identity import ASKED
from accounts.legible import one_line
from accounts.models import App, User
from accounts.models.app import ACTING

MOST_APPS: Final = 10  # of one developer
MOST_ADDRESSES: Final = 10  # of one app
LONGEST_ADDRESS: Final = 500  # characters
HOST: Final = re.compile(r"[a-z0-9.-]+|[0-9a-f:.]+")  # other scripts are written as browsers send them, xn--…
LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})


@dataclass(frozen=True, slots=True)
class LetIn:
    """An app that can act for a member: what it may do, and since when it may do something."""

    app: Client
    scopes: list[str]
    since: datetime

    @property
    def may(self) -> list[str]:
        """What it may do, in words."""
        return [ASKED[name] for name in self.scopes]


def let_in_by(member: User) -> list[LetIn]:
    """Apps that can act for the member now, or by renewing what they were given, by name. One query."""
    keys = Token.objects.valid().filter(user=member, type__in=ACTING)
    by_app: dict[str, list[Token]] = {}
    for key in keys.select_related("client__owner").order_by("client__name", "client_id", "created_at"):
        by_app.setdefault(key.client_id, []).append(key)
    return [
        LetIn(
            app=first.client,
            scopes=[name for name in ASKED if any(name in key.get_scopes() for key in (first, *others))],
            since=first.created_at,
        )
        for first, *others in by_app.values()
    ]


@transaction.atomic
def register_app(*, member: User, name: str, addresses: Iterable[str], keeps_a_secret: bool) -> tuple[App, str]:
    """The new app, and its secret, which is shown now and never again; empty where it cannot keep one.

    Raises ValidationError for a name or an address that cannot be used, and for more than MOST_APPS.
    """
    hold_member(member)
    if App.objects.filter(owner=member).count() >= MOST_APPS:
        raise ValidationError(
            _("You have %(most)d apps already. Remove one that is used no longer.") % {"most": MOST_APPS}, code="most"
        )
    app = App(owner=member, type=Client.Type.CONFIDENTIAL if keeps_a_secret else Client.Type.PUBLIC)
    app.set_scopes(list(ASKED))
    app.set_default_scopes(["openid"])
    app.set_grant_types([Client.GrantType.AUTHORIZATION_CODE, Client.GrantType.REFRESH_TOKEN])
    app.set_response_types([Client.ResponseType.CODE])
    secret = _give_secret(app) if keeps_a_secret else ""
    _say(app, name, addresses)
    return app, secret


@transaction.atomic
def change_app(*, member: User, app_id: str, name: str, addresses: Iterable[str]) -> App:
    """Raises App.DoesNotExist for somebody else's, ValidationError as `register_app` does."""
    app = App.objects.select_for_update(no_key=True).get(owner=member, pk=app_id)
    _say(app, name, addresses)
    return app


@transaction.atomic
def renew_secret(*, member: User, app_id: str) -> str:
    """Another secret: the one before lets the app in no more. Raises App.DoesNotExist where there is none to renew."""
    app = App.objects.select_for_update(no_key=True).get(owner=member, pk=app_id, type=Client.Type.CONFIDENTIAL)
    secret = _give_secret(app)
    app.save(update_fields=["secret"])
    return secret


def remove_app(*, member: User, app_id: str) -> None:
    """The app is gone, and with it all that members let it do."""
    App.objects.filter(owner=member, pk=app_id).delete()


def shut_out_app(*, member: User, app_id: str) -> None:
    """The app can do nothing more for the member, until they let it in anew."""
    Token.objects.filter(user=member, client_id=app_id).delete()


def silence_apps(member: User) -> None:
    """What was let in of the apps of somebody who is suspended: it is over, and nobody is asked to let them in."""
    Token.objects.filter(client__owner=member).delete()


def _give_secret(app: App) -> str:
    secret = get_adapter().generate_client_secret()
    app.set_secret(secret)
    return secret


def _say(app: App, name: str, addresses: Iterable[str]) -> None:
    app.name = one_line(name)
    if not app.name:
        raise ValidationError({"name": _("Say what the app is called, so that members know it.")})
    app.set_redirect_uris(checked_addresses(addresses))
    app.full_clean(exclude=["id", "secret", "owner"])
    app.save()


def checked_addresses(addresses: Iterable[str]) -> list[str]:
    """The addresses to which members may be sent back, without empty lines. Raises ValidationError for an unsafe one.

    https anywhere; http on the same machine only; and a scheme of one's own as RFC 8252 (7.1) has it, with a dot in it.
    """
    found = list(dict.fromkeys(address.strip() for address in addresses if address.strip()))
    if not 1 <= len(found) <= MOST_ADDRESSES:
        raise ValidationError({
            "addresses": _("Write one address to a line, at least one and at most %(most)d.") % {"most": MOST_ADDRESSES}
        })  # fmt: skip
    for address in found:
        if len(address) > LONGEST_ADDRESS or not _is_safe(address):
            raise ValidationError({
                "addresses": _(
                    "Members cannot be sent to %(address)s: it must begin with https://, or with http:// on the same"
                    " machine (127.0.0.1), or with a scheme of your own like org.example.app:/, and have no # and no *."
                ) % {"address": address[:LONGEST_ADDRESS]}
            })  # fmt: skip
    return found


def _is_safe(address: str) -> bool:
    try:
        parts = urlsplit(address)
        host = parts.hostname
        _port = parts.port  # raises ValueError for what is no number
    except ValueError:
        return False
    if "#" in address or "*" in address or "@" in parts.netloc or any(sign.isspace() for sign in address):
        return False
    if parts.scheme in {"http", "https"}:
        return bool(host and HOST.fullmatch(host)) and (parts.scheme == "https" or host in LOOPBACK)
    return "." in parts.scheme
