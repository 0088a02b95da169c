"""The addresses by which other servers know a member, what they show, and what they do. None says the username."""

from typing import Any, Final

from django.conf import settings
from django.urls import reverse
from django.utils.html import linebreaks

from accounts.identity import absolute
from accounts.models import Actor, Copy, User
from accounts.picture_files import url_of
from accounts.sealing import cipher_for
from config.paths import path

CONTENT_TYPE: Final = "application/activity+json"
EVERYBODY: Final = "https://www.w3.org/ns/activitystreams#Public"
CONTEXT: Final = [
    "https://www.w3.org/ns/activitystreams", "https://w3id.org/security/v1",
    {
        "manuallyApprovesFollowers": "as:manuallyApprovesFollowers", "sensitive": "as:sensitive",
        "toot": "http://joinmastodon.org/ns#", "discoverable": "toot:discoverable",
    },
]  # fmt: skip
PICTURE_WIDTH: Final = 208


def actor_address(actor: int) -> str:
    return absolute(path("reviews:distant_actor", actor))


def key_address(actor: int) -> str:
    return f"{actor_address(actor)}#main-key"


def followers_address(actor: int) -> str:
    return absolute(path("reviews:distant_followers", actor))


def copy_address(actor: int, kind: str, number: int) -> str:
    """Of a review or a line of the diary; both are `objects` elsewhere."""
    return absolute(path(f"reviews:distant_{Copy.Kind(kind).value}", actor, number))


def handle_of(member: User) -> str:
    """@ana@films.example.org"""
    return f"@{member.username}@{host_here()}"


def host_here() -> str:
    """The site's name as other servers write it, with a port where it has one of its own."""
    return str(settings.SITE_URL).partition("://")[2]


def sealing_cipher() -> Any:
    return cipher_for("accounts.Actor")


def described(actor: Actor) -> dict[str, Any]:
    """What is told of a member who has switched it on, by what everybody may read of them."""
    member = actor.member
    assert member is not None  # whoever has ended is not described
    own = actor_address(actor.pk)
    said: dict[str, Any] = {
        "@context": CONTEXT,
        "id": own,
        "type": "Person",
        "preferredUsername": member.username,
        "name": member.name,
        "summary": linebreaks(member.bio, autoescape=True) if member.bio else "",
        "url": absolute(member.get_absolute_url()),
        "inbox": absolute(path("reviews:distant_inbox", actor.pk)),
        "outbox": absolute(path("reviews:distant_outbox", actor.pk)),
        "followers": followers_address(actor.pk),
        "endpoints": {"sharedInbox": absolute(reverse("reviews:distant_shared_inbox"))},
        "manuallyApprovesFollowers": actor.approves,
        "discoverable": True,
        "published": stamp(actor.created_at),
        "publicKey": {"id": key_address(actor.pk), "owner": own, "publicKeyPem": actor.public_key},
    }
    if picture := url_of(member.avatar_key, PICTURE_WIDTH):
        said["icon"] = {"type": "Image", "url": absolute(picture)}
    return said


def stamp(moment: Any) -> str:
    """2026-11-30T20:15:00Z"""
    return str(moment.replace(microsecond=0).isoformat()).replace("+00:00", "Z")
