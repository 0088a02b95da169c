"""What another server sends to an inbox: looked at, and kept for a job. Nothing is asked of anybody meanwhile."""

import time
from collections.abc import Callable, Mapping
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from accounts.federation.asking import NotFound, address_checked, host_of, parsed, text_of
from accounts.federation.naming import host_here
from accounts.federation.signing import NotSigned, read_signature
from accounts.models import Arrival, FollowElsewhere, ServerBlock, Stranger
from accounts.models.elsewhere import LONGEST_ADDRESS, LONGEST_BODY
from accounts.models.limit import SPAN, count_request
from config.jobs import enqueue

# What is understood. All else is answered as if it were, and forgotten.
KINDS: Final = frozenset({
    "Follow", "Accept", "Reject", "Undo", "Like", "Announce", "Create", "Delete", "Update", "Block",
})  # fmt: skip
MOST_FROM_ADDRESS: Final = 600  # in five minutes
MOST_WAITING: Final = 20_000
MOST_WAITING_OF_HOST: Final = 1000


class Refused(Exception):
    """What is answered with this status, and told in a sentence."""

    def __init__(self, status: int, told: str, wait: int = 0) -> None:
        super().__init__(told)
        self.status, self.told, self.wait = status, told, wait


def receive(
    *,
    headers: Mapping[str, str],
    target: str,
    body: bytes,
    sender: str,
    wanted: Callable[[str, dict[str, Any]], bool],
) -> Arrival | None:
    """Keep what was posted to `target` by the machine `sender`, for a job to look whether it is true.

    None for what nobody here wants to know: `wanted` says whether that is so of a kind of activity about words of
    somebody whom a member follows. `headers` in small letters. Raises Refused.
    """
    _count(sender)
    if len(body) > LONGEST_BODY:
        raise Refused(413, "That is more than this inbox takes at once.")
    try:
        said = parsed(body)
        activity, actor = _name_of(said.get("id")), address_checked(_address_in(said.get("actor")))
    except NotFound:
        raise Refused(400, "Send an activity as JSON, with an id, a type and an actor of your own server.") from None
    host = host_of(actor)
    if host_of(activity) != host:
        raise Refused(400, "The id and the actor are not on one server.")
    if ServerBlock.objects.of(host).exists():
        raise Refused(403, "Nothing is taken from your server.")
    try:
        signed = read_signature(headers, method="post", target=target, host=host_here(), body=body, now=timezone.now())
    except NotSigned as refusal:
        raise Refused(401, str(refusal)) from None
    kind = text_of(said.get("type"), 20)
    about = _address_in(said.get("object"))
    if kind not in KINDS or not _concerns_us(kind, actor, about, said, wanted):
        return None
    return _keep(Arrival(
        activity=activity, kind=kind, actor=actor, host=host, body=body.decode(), key_id=signed.key_id[:500],
        about=about if kind == "Delete" else "",
        signed=signed.words[:4000], signature=signed.signature,
    ))  # fmt: skip


def _count(sender: str) -> None:
    now = time.time()
    if count_request(f"inbox:{sender}", int(now // SPAN)) > MOST_FROM_ADDRESS:
        raise Refused(429, "That is more than this inbox takes in five minutes.", int(SPAN - now % SPAN) + 1)


def _name_of(said: object) -> str:
    """The address of an activity, which nobody asks for, so that it may name a part of a page. Raises NotFound."""
    if not isinstance(said, str) or len(said) > LONGEST_ADDRESS or not said.isascii() or not said.isprintable():
        raise NotFound("no address")
    address_checked(said.partition("#")[0])
    return said


def _address_in(said: Any) -> Any:
    """Of something that is named by its address, or stands there whole."""
    return said.get("id") if isinstance(said, dict) else said


def _concerns_us(
    kind: str, actor: str, about: Any, said: dict[str, Any], wanted: Callable[[str, dict[str, Any]], bool]
) -> bool:
    """Servers tell everybody of each account that is deleted, and whoever is followed says much that is of no film."""
    if kind in {"Accept", "Reject"}:
        return FollowElsewhere.objects.filter(stranger__uri=actor).exists()
    if kind == "Announce":
        return _is_here(about)
    if kind not in {"Create", "Update", "Delete"}:
        return True
    if about == actor:
        return kind != "Create" and Stranger.objects.filter(uri=actor).exists()
    is_address = isinstance(about, str) and len(about) <= LONGEST_ADDRESS and about.isascii() and about.isprintable()
    return is_address and wanted(kind, said) and FollowElsewhere.objects.heard().filter(stranger__uri=actor).exists()


def _is_here(address: Any) -> bool:
    try:
        return isinstance(address, str) and host_of(address) == host_here().lower()
    except ValueError:
        return False


@transaction.atomic
def _keep(arrival: Arrival) -> Arrival:
    waiting = Arrival.objects.filter(state=Arrival.State.WAITING)
    for rows, most in ((waiting, MOST_WAITING), (waiting.filter(host=arrival.host), MOST_WAITING_OF_HOST)):
        if rows[:most].count() >= most:
            raise Refused(503, "Very much is waiting here. Try again later.", SPAN)
    arrival.save()
    enqueue("reviews.take_in_arrival", once=f"arrival:{arrival.pk}", number=arrival.pk)
    return arrival
