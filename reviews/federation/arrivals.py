"""What other servers sent, looked at by a job: whether it is true, and what follows from it.

It is true if the key of whoever it is from proves it, and it is about nothing but what is theirs. What is done with it
shows to the member whom it is about, and counts in no number of the house.
"""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final
from urllib.parse import urlsplit

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.urls import Resolver404, resolve
from django.utils import timezone

from accounts.federation import following
from accounts.federation.answering import accept
from accounts.federation.asking import NotFound, NotNow, look_up
from accounts.federation.dispatching import hear_of_again, reach
from accounts.federation.naming import host_here
from accounts.federation.signing import holds
from accounts.federation.standing import is_refused
from accounts.freshness import by_tag
from accounts.models import Actor, Arrival, Copy, Follower, Reaction, ServerBlock, Stranger
from config.jobs import enqueue
from config.writes import only
from reviews.federation import heard
from reviews.federation.things import thing_of
from reviews.federation.verdicts import LeftAside, Untrue

PAUSES: Final = (60, 300, 1800, 7200)  # seconds until the next attempt, where the other server did not answer
KEPT: Final = timedelta(days=7)  # longer than a date may be off, so that nothing counts twice
LOST_AFTER: Final = timedelta(minutes=10)
KNOWN_LONG_ENOUGH: Final = timedelta(minutes=5)  # after which a key that does not fit is looked up again
MOST_AT_ONCE: Final = 500
MOST_FOLLOWERS: Final = 100_000  # of a member
REACTIONS: Final = {"Like": Reaction.Kind.LIKE, "Announce": Reaction.Kind.BOOST}

type Said = dict[str, Any]
type Act = Callable[[Stranger, Said], None]


def take_in(number: int) -> None:
    """Look at an arrival, and do what follows from it. May be called again: what is done stays done."""
    arrival = Arrival.objects.filter(pk=number, state=Arrival.State.WAITING).first()
    if arrival is None:
        return
    try:
        said = json.loads(arrival.body) | {"type": arrival.kind}
        if ServerBlock.objects.of(arrival.host).exists():
            raise LeftAside("its server is blocked")
        if Arrival.objects.filter(activity=arrival.activity, state=Arrival.State.DONE).exists():
            raise LeftAside("it came before")
        stranger = _proved(arrival, said)
        _act(arrival, stranger, said, _act_for(arrival, stranger, said))
    except NotNow as trouble:
        _later(arrival, str(trouble))
    except LeftAside as reason:
        _mark(arrival, Arrival.State.LEFT, str(reason))
    except (Untrue, NotFound) as reason:
        _mark(arrival, Arrival.State.REFUSED, str(reason))


def take_up_arrivals() -> None:
    """A job for each whose job was lost."""
    lost = Arrival.objects.filter(state=Arrival.State.WAITING, received_at__lt=timezone.now() - LOST_AFTER)
    with transaction.atomic():
        for number in lost.order_by("received_at").values_list("pk", flat=True)[:MOST_AT_ONCE]:
            _enqueue(number)


def sweep_arrivals() -> None:
    old = Arrival.objects.filter(received_at__lt=timezone.now() - KEPT).order_by("received_at").values("pk")
    while Arrival.objects.filter(pk__in=old[:MOST_AT_ONCE]).delete()[0]:
        pass


def _proved(arrival: Arrival, said: Said) -> Stranger:
    """Who it is from, by their own key. Raises Untrue, NotFound, NotNow, LeftAside.

    Whom nobody here knows is looked up only for what is about somebody here; of whoever is deleted, the key that is
    known has to do, for there is nobody left to ask.
    """
    known = Stranger.objects.filter(uri=arrival.actor).first()
    is_themselves = _address_of(said.get("object")) == arrival.actor
    is_end = is_themselves and arrival.kind == "Delete"
    is_renewed = is_themselves and arrival.kind == "Update"
    if known is not None and not is_renewed and _fits(known, arrival):
        return known
    if is_end or (known is not None and not is_renewed and known.fetched_at > timezone.now() - KNOWN_LONG_ENOUGH):
        raise Untrue("the key does not prove it")
    if (actor := _spoken_to(said, known)) is None:
        raise LeftAside("about nobody here")
    looked_up = look_up(arrival.actor, for_actor=actor)
    if not _fits(looked_up, arrival):
        raise Untrue("the key does not prove it")
    return looked_up


def _fits(stranger: Stranger, arrival: Arrival) -> bool:
    is_theirs = stranger.key_id == arrival.key_id
    return is_theirs and holds(stranger.public_key, arrival.signed, arrival.signature)


def _spoken_to(said: Said, known: Stranger | None) -> Actor | None:
    """The member whom it is about, or whom whoever sent it follows, or who follows them."""
    inner = said.get("object")
    places = [inner, inner.get("object")] if isinstance(inner, dict) else [inner]
    for place in places:
        if (found := _found(place)) is not None:
            return found[0]
    if known is None:
        return None
    near = Q(followers__stranger=known) | Q(follows_elsewhere__stranger=known)
    return Actor.objects.open().filter(near).first()


def _found(said: Any) -> tuple[Actor, str, int] | None:
    """The member's actor that an address here leads to, and what of theirs: a kind and a number, or neither."""
    address = said.get("id") if isinstance(said, dict) else said
    if not isinstance(address, str):
        return None
    try:
        parts = urlsplit(address)
        match = resolve(parts.path)
    except (ValueError, Resolver404):
        return None
    if parts.netloc.lower() != host_here().lower():
        return None
    name, given = match.url_name or "", match.kwargs
    kind = name.removeprefix("distant_")
    if match.namespace != "reviews" or kind not in {"actor", *Copy.Kind.values}:
        return None
    actor = Actor.objects.open().select_related("member").filter(pk=given["actor_id"]).first()
    return None if actor is None else (actor, "" if kind == "actor" else kind, given.get("number", 0))


def _act_for(arrival: Arrival, stranger: Stranger, said: Said) -> Act:
    """What is to be done, with all that has to be asked for it asked. Raises LeftAside, Untrue, NotNow."""
    if arrival.kind in {"Create", "Update"} and _address_of(said.get("object")) != stranger.uri:
        return heard.heard_in(stranger, said)
    return ACTS[arrival.kind]


@transaction.atomic
def _act(arrival: Arrival, stranger: Stranger, said: Said, act: Act) -> None:
    """Of two that come at once, one waits for the other, and finds it done."""
    Stranger.objects.select_for_update(no_key=True).get(pk=stranger.pk)
    try:
        with transaction.atomic():
            _mark(arrival, Arrival.State.DONE, "")
    except IntegrityError:
        raise LeftAside("it came before") from None
    hear_of_again([stranger.inbox_id, stranger.shared_id])
    act(stranger, said)


def _follow(stranger: Stranger, said: Said) -> None:
    actor = _own_actor(said.get("object"))
    if actor.member is None or is_refused(actor.member, stranger):
        raise LeftAside("the member wants nothing of them")
    Actor.objects.select_for_update(no_key=True).get(pk=actor.pk)
    if Follower.objects.filter(actor=actor).count() >= MOST_FOLLOWERS:
        raise LeftAside("too many follow already")
    accepted = None if actor.approves else timezone.now()
    follower, is_new = Follower.objects.get_or_create(
        actor=actor, stranger=stranger, defaults={"activity": said["id"], "accepted_at": accepted}
    )
    if not is_new:
        Follower.objects.filter(pk=follower.pk).update(activity=said["id"])
        follower.activity = said["id"]
    follower.stranger, follower.actor = stranger, actor
    if follower.accepted_at is not None:
        accept(follower)


def _react(stranger: Stranger, said: Said) -> None:
    found = _found(said.get("object"))
    if found is None or not found[1] or found[0].member is None:
        raise LeftAside("about nothing here")
    actor, kind, number = found
    member = found[0].member
    if is_refused(member, stranger) or thing_of(actor.pk, member.pk, kind, number) is None:
        raise LeftAside("the member wants nothing of them, or it is not for everybody")
    known = {"is_due": False, "told_at": timezone.now()}  # they fetched it, if it was not told them
    copy = Copy.objects.get_or_create(actor=actor, kind=kind, number=number, defaults=known)[0]
    with only(by_tag(member.pk)):
        Reaction.objects.get_or_create(
            copy=copy, stranger=stranger, kind=REACTIONS[said["type"]], defaults={"activity": said["id"]}
        )
    reach(actor.pk, [stranger.post_box])


def _undo(stranger: Stranger, said: Said) -> None:
    """Of what is theirs: by what it is about, where it stands there whole, or else by its address."""
    undone = said.get("object")
    whole = undone if isinstance(undone, dict) else {}
    if whole.get("actor", stranger.uri) != stranger.uri:
        raise LeftAside("it is not theirs")
    followers, reactions = Follower.objects.filter(stranger=stranger), Reaction.objects.filter(stranger=stranger)
    if (found := _found(whole.get("object"))) is not None:
        actor, kind, number = found
        followers = followers.filter(actor=actor) if whole.get("type") == "Follow" else followers.none()
        wanted = REACTIONS.get(str(whole.get("type")), "")
        reactions = reactions.filter(copy__actor=actor, copy__kind=kind, copy__number=number, kind=wanted)
    else:
        address = _address_of(undone)
        if not isinstance(address, str) or not address.isprintable():
            raise LeftAside("it does not say of what")
        followers, reactions = followers.filter(activity=address), reactions.filter(activity=address)
    followers.delete()
    for reaction in reactions.select_related("copy__actor"):
        with only(by_tag(reaction.copy.actor.member_id)):
            reaction.delete()


def _block(stranger: Stranger, said: Said) -> None:
    """They want nothing of the member: what binds the two here ends. Nothing is sent for them any more."""
    actor = _own_actor(said.get("object"))
    Follower.objects.filter(actor=actor, stranger=stranger).delete()
    with only(by_tag(actor.member_id)):
        actor.follows_elsewhere.filter(stranger=stranger).delete()
        Reaction.objects.filter(copy__actor=actor, stranger=stranger).delete()


def _update(stranger: Stranger, said: Said) -> None:
    """They were looked up anew to prove it; no more is taken from what was sent."""


def _delete(stranger: Stranger, said: Said) -> None:
    """Whoever is gone there leaves nothing here; else what they wrote goes, if it is theirs."""
    about = _address_of(said.get("object"))
    if about == stranger.uri:
        stranger.delete()
    else:
        heard.forget(stranger, about)


def _answer(stranger: Stranger, said: Said) -> None:
    """Accept and Reject, of what a member asked: by its address, or by who asked."""
    asked = said.get("object")
    named, _sign, number = str(_address_of(asked) or "").partition(following.MARK)
    found = _found(named) or _found(asked.get("actor") if isinstance(asked, dict) else None)
    if found is None or found[1]:
        raise LeftAside("about nobody here")
    which = int(number) if number.isascii() and number.isdigit() and len(number) < 19 else None
    accepts = said["type"] == "Accept"
    if not following.answer(actor=found[0], stranger=stranger, number=which, accepts=accepts):
        raise LeftAside("nobody asked")


def _own_actor(said: Any) -> Actor:
    found = _found(said)
    if found is None or found[1]:
        raise LeftAside("about nobody here")
    return found[0]


def _address_of(said: Any) -> Any:
    return said.get("id") if isinstance(said, dict) else said


ACTS: Final[dict[str, Act]] = {
    "Follow": _follow, "Accept": _answer, "Reject": _answer, "Undo": _undo, "Like": _react, "Announce": _react,
    "Update": _update, "Delete": _delete, "Block": _block,
}  # fmt: skip


def _mark(arrival: Arrival, state: str, because: str) -> None:
    Arrival.objects.filter(pk=arrival.pk).update(state=state, because=because[:200])


@transaction.atomic
def _later(arrival: Arrival, because: str) -> None:
    if arrival.attempts >= len(PAUSES):
        _mark(arrival, Arrival.State.REFUSED, because)
        return
    at = timezone.now() + timedelta(seconds=PAUSES[arrival.attempts])
    Arrival.objects.filter(pk=arrival.pk).update(attempts=arrival.attempts + 1, because=because[:200])
    _enqueue(arrival.pk, at)


def _enqueue(number: int, at: Any = None) -> None:
    enqueue("reviews.take_in_arrival", once=f"arrival:{number}", at=at, number=number)
