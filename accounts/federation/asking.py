"""Looking somebody elsewhere up: who they are, where their inbox is, and which key is theirs.

Only jobs do this. The address is looked at as that of a webhook is, the line goes to the number that was checked, no
redirect is followed, and little is read: whoever sends something in here names the address.
"""

import json
import time
from typing import Any, Final
from urllib.parse import urlsplit

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.federation.dispatching import inbox_at
from accounts.federation.naming import CONTENT_TYPE
from accounts.federation.sending import signed_for
from accounts.legible import one_line
from accounts.models import Actor, Inbox, Stranger
from accounts.models.limit import SPAN, count_request
from accounts.outside.addresses import checked_address
from accounts.outside.line import exchange

LARGEST: Final = 256 * 1024  # bytes of what somebody says of themselves
MOST_ASKED: Final = 120  # times in five minutes that one server is asked for anybody
DEEPEST: Final = 20
LONGEST_NAME: Final = 100


class NotFound(Exception):
    """Nobody is there, or what is there is not what it says to be. For the staff, who read it beside the arrival."""


class NotNow(Exception):
    """The other server did not answer, or was asked often enough. It is worth another attempt."""


def address_checked(said: object) -> str:
    """An address on another server. Raises NotFound for what is none, and for one of this site's own."""
    if not isinstance(said, str) or len(said) > 500:
        raise NotFound("no address")
    try:
        return checked_address(said, inside=settings.FEDERATION_PRIVATE)
    except ValidationError as refusal:
        raise NotFound(" ".join(refusal.messages)) from None


def host_of(address: str) -> str:
    """The name of the server in small letters, with the port where it has one of its own."""
    return urlsplit(address).netloc.lower()


def look_up(uri: str, *, for_actor: Actor) -> Stranger:
    """Ask somebody's server who they are, in the name of the member whom it is about, and keep it.

    Raises NotFound, NotNow.
    """
    address = address_checked(uri)
    try:
        headers = signed_for(for_actor, "GET", address)
    except InvalidToken:
        raise NotFound("no key to ask with") from None
    return _keep(address, ask(address, headers | {"Accept": CONTENT_TYPE}))


def ask(address: str, headers: dict[str, str]) -> dict[str, Any]:
    """What an address that was checked answers, which is JSON. Raises NotFound, NotNow."""
    if count_request(f"asked:{host_of(address)}"[:80], int(time.time()) // SPAN) > MOST_ASKED:
        raise NotNow("asked too often")
    answer = exchange("GET", address, None, headers, inside=settings.FEDERATION_PRIVATE, most=LARGEST)
    if answer.status in {404, 410}:
        raise NotFound(f"answered {answer.status}")
    if answer.trouble:
        raise NotNow(f"{answer.trouble} {answer.status or ''}".strip())
    return parsed(answer.body)


def parsed(body: bytes) -> dict[str, Any]:
    """JSON in UTF-8 that is an object, and not too deep. Raises NotFound."""
    try:
        said = json.loads(body.decode())
    except (ValueError, RecursionError):
        raise NotFound("no JSON") from None
    if not isinstance(said, dict) or depth_of(said) > DEEPEST:
        raise NotFound("no JSON of that kind")
    return said


def depth_of(said: Any) -> int:
    """How many brackets are open at most, counted no further than one beyond DEEPEST."""
    level, deep = [said], 0
    while level and deep <= DEEPEST:
        inner = [list(one.values()) if isinstance(one, dict) else one for one in level if isinstance(one, dict | list)]
        deep, level = deep + bool(inner), [part for parts in inner for part in parts]
    return deep


def text_of(said: object, longest: int) -> str:
    """One line that can be stored and read."""
    if not isinstance(said, str):
        return ""
    return one_line(said.replace("\x00", "").encode("utf-8", "ignore").decode())[:longest]


@transaction.atomic
def _keep(uri: str, said: dict[str, Any]) -> Stranger:
    host = host_of(uri)
    key = said.get("publicKey")
    key = key[0] if isinstance(key, list) and key else key
    if said.get("id") != uri or not isinstance(key, dict) or key.get("owner") != uri:
        raise NotFound("it says to be somebody else")
    key_id, pem = key.get("id"), key.get("publicKeyPem")
    if not isinstance(key_id, str) or host_of(key_id) != host or not isinstance(pem, str) or len(pem) > 4000:
        raise NotFound("it has no key of its own")
    inbox = address_checked(said.get("inbox"))
    if host_of(inbox) != host:
        raise NotFound("its inbox is on another server")
    known = {
        "host": host, "username": text_of(said.get("preferredUsername"), LONGEST_NAME) or "?",
        "name": text_of(said.get("name"), LONGEST_NAME), "inbox": inbox_at(inbox, host),
        "shared": _shared(said.get("endpoints"), host),
        "key_id": key_id[:500], "public_key": pem, "fetched_at": timezone.now(),
    }  # fmt: skip
    return Stranger.objects.update_or_create(uri=uri, defaults=known)[0]


def _shared(points: object, host: str) -> Inbox | None:
    """The inbox for all of that server, where it has one."""
    try:
        address = address_checked(points.get("sharedInbox") if isinstance(points, dict) else None)
    except NotFound:
        return None
    return inbox_at(address, host) if host_of(address) == host else None
