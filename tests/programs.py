"""What members let programs and players at home do, made in one line each; tests call it by tests/make.py."""

from collections.abc import Iterable
from datetime import timedelta

from allauth.idp.oidc.models import Token
from django.utils import timezone

from accounts import actions as people
from accounts.connecting import register_app
from accounts.copying import set_copy_place
from accounts.models import AccessToken, App, CopyPlace, Event, User, Webhook
from accounts.sessions import SessionStore
from accounts.webhooks.registering import register_webhook, send_test
from reviews.actions.players import make_player
from reviews.models import Player, PushDevice
from tests.catalogue import number


def app(
    *, member: User, name: str = "Rows", let_in: User | None = None, scopes: Iterable[str] = ("openid", "read")
) -> App:
    """An app that a member registered, and that another let in."""
    made = register_app(member=member, name=name, addresses=["https://rows.example.org/back"], keeps_a_secret=True)[0]
    if let_in is not None:
        end = timezone.now() + timedelta(hours=1)
        given = Token(type=Token.Type.ACCESS_TOKEN, client=made, user=let_in, expires_at=end, hash=f"{number()}")
        given.set_scopes(list(scopes))
        given.save()
    return made


def token(
    *, member: User, scopes: Iterable[str] = ("read", "write"), name: str = "A program"
) -> tuple[AccessToken, str]:
    """A personal token and its secret."""
    return people.make_token(member=member, name=name, scopes=scopes)


def webhook(
    *, member: User, address: str = "", events: Iterable[str] = Event.values, sent: bool = False
) -> tuple[Webhook, str]:
    """A webhook that wants all events, and its secret; with `sent`, a test waits to be sent there."""
    address = address or f"https://programs.example.org/hook/{number()}"
    made, secret = register_webhook(member=member, address=address, events=events)
    if sent:
        send_test(member=member, webhook_id=made.pk)
    return made, secret


def device(*, member: User, name: str = "Firefox", **said: str) -> PushDevice:
    """A browser of the member's that rings, in a session of its own."""
    session = SessionStore()
    session.create()
    made = {"user_agent": name, "session_key": session.session_key, "public_key": "BA", "secret": "AA"} | said
    made["auth_hash"] = member.get_session_auth_hash()
    return PushDevice.objects.create(member=member, endpoint=f"https://push.example.org/{number()}", **made)


def copy_place(*, member: User, address: str = "https://cloud.example.org/dav/films/", **said: str) -> CopyPlace:
    """A folder of the member's own to which copies are sent."""
    asked = {"username": "ana", "password": "app-pass-word", "often": "week"}
    return set_copy_place(member=member, address=address, **asked | said)


def player(*, member: User, name: str = "Plex", **said: str) -> tuple[Player, str]:
    """A player at home, and the secret of its address."""
    return make_player(member=member, name=name, **said)
