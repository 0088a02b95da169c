"""What people elsewhere, whom members follow, say about films: read, kept, changed and forgotten.

No more is kept than the beginning of the words, as plain text: no markup of others is ever shown. It shows to those who
follow the writer, and counts nowhere.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from accounts.federation.asking import NotFound, address_checked, host_of
from accounts.federation.naming import EVERYBODY
from accounts.freshness import by_tag
from accounts.models import Arrival, FollowElsewhere, Stranger
from config.freshness import ANY, WIDE
from config.writes import only
from reviews.federation.films_named import film_at, films_named
from reviews.federation.verdicts import LeftAside, Untrue
from reviews.federation.wording import rating_in, says_end, tells_more, words_of
from reviews.models import WordElsewhere
from reviews.models.word_elsewhere import MOST_WORDS

MOST_RELATED: Final = 50
MOST_TOLD: Final = 300  # members who follow one person; for more than these every kept page is made anew
MOST_HELD: Final = 20
TYPES: Final = frozenset({"Note", "Article"})
PUBLIC: Final = frozenset({EVERYBODY, "as:Public", "Public"})
EARLIEST: Final = datetime(2000, 1, 1, tzinfo=UTC)

type Said = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """One text, as far as it is kept."""

    film_id: int
    url: str
    words: str
    half_stars: int | None
    spoilers: bool
    published_at: datetime
    edited_at: datetime


def is_wanted(kind: str, said: Said) -> bool:
    """Whether a Create, Update or Delete, of somebody whom a member follows, may be about a film.

    Deletes all are: they also say that what comes after them is not to be kept.
    """
    about = said.get("object")
    if kind == "Delete" or not isinstance(about, dict):
        return kind == "Delete"
    return bool(films_named(about)) or kind == "Update" and WordElsewhere.objects.filter(uri=about.get("id")).exists()


def heard_in(stranger: Stranger, said: Said) -> Callable[[Stranger, Said], None]:
    """What a Create or an Update of theirs comes to. What has to be asked for it is asked here, outside a transaction.

    Raises Untrue for what is not theirs, LeftAside for what nobody here reads, NotNow.
    """
    about = said["object"]
    if not isinstance(about, dict):
        raise LeftAside("it does not say of what")
    uri = about["id"]
    if _one_id(about.get("attributedTo")) != stranger.uri or _host_at(uri) != stranger.host:
        raise Untrue("it is not theirs")
    deletes = Arrival.objects.filter(kind="Delete", about=uri, actor=stranger.uri, state=Arrival.State.DONE)
    if deletes.exists():
        raise LeftAside("it was deleted")
    if not FollowElsewhere.objects.heard().filter(stranger=stranger).exists():
        raise LeftAside("nobody here follows them")
    heard = _read(stranger, about)
    if heard is not None:
        return partial(_keep, uri, heard)
    if not WordElsewhere.objects.filter(uri=uri, stranger=stranger).exists():
        raise LeftAside("about no film that is known here, or not for everybody")
    return lambda stranger, _said: forget(stranger, uri)


@transaction.atomic
def forget(stranger: Stranger, uri: object) -> None:
    """What they deleted, or show to fewer people now."""
    with only(*_tags(stranger)):
        WordElsewhere.objects.filter(stranger=stranger, uri=uri).delete()


def _keep(uri: str, heard: Heard, stranger: Stranger, _said: Said) -> None:
    # Whoever unfollows them just now waits, and takes this away, too.
    follows = FollowElsewhere.objects.heard().filter(stranger=stranger).order_by("pk")
    if not list(follows.select_for_update(of=("self",), no_key=True)[:MOST_HELD]):
        raise LeftAside("nobody here follows them")
    with only(*_tags(stranger)):
        word, is_new = WordElsewhere.objects.get_or_create(uri=uri, defaults={"stranger": stranger} | asdict(heard))
        if word.stranger_id != stranger.pk:
            raise Untrue("it is not theirs")
        if is_new:
            theirs = WordElsewhere.objects.filter(stranger=stranger).newest().values("pk")
            WordElsewhere.objects.filter(pk__in=list(theirs.values_list("pk", flat=True)[MOST_WORDS:])).delete()
        elif word.removed_at is not None:
            raise LeftAside("a moderator took it away")
        elif heard.edited_at < word.edited_at:
            raise LeftAside("something newer came before")
        else:
            WordElsewhere.objects.filter(pk=word.pk).update(**asdict(heard))


def _read(stranger: Stranger, about: Said) -> Heard | None:
    """Nothing for what is not about one film that is known here, says nothing, or is not for everybody.

    Raises NotNow.
    """
    is_for_all = bool(PUBLIC & {one for name in ("to", "cc") for one in _texts(about.get(name))})
    if str(about.get("type")) not in TYPES or not is_for_all:
        return None
    related = [one for one in _listed(about.get("relatedWith"))[:MOST_RELATED] if isinstance(one, dict)]
    related = [one for one in related if one.get("attributedTo", stranger.uri) == stranger.uri]
    movies = films_named(about)
    meant = {address for address in movies if any(one.get("withRegardTo") == address for one in related)} or set(movies)
    if len(meant) != 1:
        return None
    (address,) = meant
    related = [one for one in related if one.get("withRegardTo", address) == address]
    words, half_stars = words_of(about, related), rating_in(related)
    if not tells_more(related, words, half_stars):
        return None
    film = film_at(address, movies[address], host=stranger.host)
    if film is None:
        return None
    now = timezone.now()
    published_at = _moment(about.get("published"), now)
    return Heard(
        film_id=film, url=_page_of(about, stranger), words=words, half_stars=half_stars,
        spoilers=says_end(about, related), published_at=published_at,
        edited_at=_moment(about.get("updated"), published_at),
    )  # fmt: skip


def _page_of(about: Said, stranger: Stranger) -> str:
    """Where people read it: on the writer's own server, whatever it says."""
    for said in (about.get("url"), about["id"]):
        try:
            address = address_checked(said)
        except NotFound:
            continue
        if host_of(address) == stranger.host:
            return address
    return stranger.uri


def _moment(said: Any, otherwise: datetime) -> datetime:
    """Never later than now: what says so would stay first for good."""
    try:
        moment = parse_datetime(said) if isinstance(said, str) else None
        if moment is None or moment.tzinfo is None:
            return otherwise
        return max(EARLIEST, min(moment.astimezone(UTC), timezone.now()))
    except (ValueError, OverflowError):
        return otherwise


def _host_at(uri: str) -> str:
    """Raises NotFound. An id is no page that is asked for, so that it may name a part of one."""
    return host_of(address_checked(uri.partition("#")[0]))


def _one_id(said: Any) -> Any:
    one = said[0] if isinstance(said, list) and len(said) == 1 else said
    return one.get("id") if isinstance(one, dict) else one


def _listed(said: Any) -> list[Any]:
    return said if isinstance(said, list) else [said]


def _texts(said: Any) -> list[str]:
    return [one for one in _listed(said) if isinstance(one, str)]


def _tags(stranger: Stranger) -> list[str]:
    """Of the pages of those who follow them."""
    rows = FollowElsewhere.objects.heard().filter(stranger=stranger).values_list("actor__member", flat=True)
    members = list(rows[: MOST_TOLD + 1])
    return [by_tag(member) for member in members] if len(members) <= MOST_TOLD else [ANY, WIDE]
