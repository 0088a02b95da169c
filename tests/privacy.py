"""A few members in any arrangement, each thing of theirs with a word of its own, and who may come upon which word.

The rules are spelt out here once more, in plain Python: nothing below asks the site's own `visible_to`.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from accounts.actions import mute
from accounts.models import Block, Follow, FollowRequest, User
from reviews import markup
from reviews.actions.choosing import close_round, say
from reviews.actions.drawing import log_evening
from reviews.actions.following import choose_privacy
from reviews.actions.jotting import keep_note
from reviews.actions.listening import hear
from reviews.actions.listing import Details, make_list
from reviews.actions.mailing import mail_at_once, mail_digests
from reviews.actions.owning import add_copy
from reviews.actions.parting import block_member
from reviews.actions.recommending import recommend_film
from reviews.actions.reviewing import like_review
from reviews.models import (
    Comment,
    Essay,
    Evening,
    FilmList,
    ListEntry,
    Mark,
    Notification,
    Review,
    SavedSearch,
    Viewing,
)
from reviews.players.heard import Heard
from tests import make
from tests.arrangements import MEMBERS, WRITERS

KINDS = "name open cover named tag draft search heard place viewed marked owned door list"
KINDS += " about listtag note said tip essay vault"
WORD = re.compile(rf"(?<![a-z0-9])zq(?:{'|'.join(KINDS.split())})[0-9]x(?![a-z0-9])")


@dataclass(frozen=True)
class Word:
    """Who may come upon a word: `may(reader)`, a member's number or None. `under`: only below these addresses it is
    a secret at all. `covers`: the film that it gives away, "" for none.
    `in_diary`: the rule for pages of the diary, where it is a narrower one."""

    may: Callable[[int | None], bool]
    under: tuple[str, ...] = ()
    covers: str = ""
    in_diary: Callable[[int | None], bool] | None = None


@dataclass
class World:
    arrangement: dict[str, Any]
    members: list[User] = field(default_factory=list)
    words: dict[str, Word] = field(default_factory=dict)
    reviews: list[Review] = field(default_factory=list)
    lists: list[FilmList] = field(default_factory=list)
    essays: list[Essay] = field(default_factory=list)
    comments: list[tuple[int, int, Comment]] = field(default_factory=list)
    likes: set[tuple[int, int]] = field(default_factory=set)
    films: dict[str, Any] = field(default_factory=dict)
    evenings: list[Evening] = field(default_factory=list)

    # The rules.

    def apart(self, one: int | None, two: int) -> bool:
        return one is not None and bool({(one, two), (two, one)} & self.arrangement["blocks"])

    def follows(self, reader: int | None, writer: int) -> bool:
        return (reader, writer) in self.arrangement["follows"] and not self.apart(reader, writer)

    def is_here(self, reader: int | None, writer: int) -> bool:
        return writer not in self.arrangement["suspended"] and not self.apart(reader, writer)

    def is_open(self, reader: int | None, writer: int, shown_to: str) -> bool:
        """Whether what a writer shows so may be read; a private account's "everyone" is its followers."""
        if reader == writer:
            return True
        if not self.is_here(reader, writer) or shown_to not in {"public", "followers"}:
            return False
        restricted = shown_to == "followers" or writer in self.arrangement["private"]
        return self.follows(reader, writer) if restricted else True

    def reads_review(self, reader: int | None, writer: int) -> bool:
        said = self.arrangement["writings"][writer]
        return reader == writer or (not said["removed"] and self.is_open(reader, writer, said["review"]))

    def sees_list(self, reader: int | None, writer: int) -> bool:
        said = self.arrangement["writings"][writer]
        return reader == writer or (not said["list_removed"] and self.is_open(reader, writer, said["list"]))

    def has_seen(self, reader: int | None, film: str) -> bool:
        """Whoever wrote of the film has seen it; of the other film, those who said so."""
        wrote = film == "common" and reader is not None and reader < WRITERS
        return wrote or (reader in self.arrangement["seen"])

    def likes_of(self, reader: int | None, writer: int) -> int:
        return sum(1 for liker, of in self.likes if of == writer and self.is_here(reader, liker))

    def comments_of(self, reader: int | None, writer: int) -> int:
        fates = self.arrangement["comments"]
        return sum(
            1
            for who, at, _c in self.comments
            if self.is_here(reader, who) and fates[_c.number][2] == "" and at == writer
        )

    def followers_of(self, reader: int | None, followed: int) -> int:
        suspended = self.arrangement["suspended"]
        pairs = {two for two in self.arrangement["follows"] if not self.apart(*two) and not suspended & set(two)}
        return sum(1 for one, two in pairs if two == followed and not self.apart(reader, one))


def build(arrangement: dict[str, Any]) -> World:
    """Everything is said while all is open, as in life, and hidden, blocked, removed and suspended afterwards."""
    world = World(arrangement)
    world.films = {"common": make.film(title="Common Ground"), "other": make.film(title="Another Place")}
    _gather(world)
    for writer in range(WRITERS):
        _write(world, writer)
        _compose(world, writer)
    _recommend(world)
    _talk(world)
    _gather_tonight(world)
    _hide(world)
    return world


def _gather(world: World) -> None:
    for number in range(MEMBERS):
        name = f"zqname{number}x"
        made = make.member(username=f"reader{number}", display_name=name)
        EmailAddress.objects.create(user=made, email=made.email, verified=True, primary=True)
        world.members.append(made)
        world.words[name] = Word(lambda reader, number=number: reader == number or world.is_here(reader, number))
    for one, two in world.arrangement["follows"]:
        Follow.objects.create(follower=world.members[one], followed=world.members[two])
    for one, two in world.arrangement["mutes"]:
        mute(member=world.members[one], other=world.members[two])
    for number in world.arrangement["seen"]:
        for film in world.films.values():
            make.mark(member=world.members[number], film=film, watched=True)


def _write(world: World, n: int) -> None:
    writer, said, common = world.members[n], world.arrangement["writings"][n], world.films["common"]
    body = f"Openly zqopen{n}x. >!Behind zqcover{n}x.!< And >!zqnamed{n}x!<{{{world.films['other'].slug}}} too."
    review = make.review(member=writer, film=common, body=body, tags=(f"zqtag{n}x",), spoilers=said["whole"])
    world.reviews.append(review)

    def reads(reader: int | None) -> bool:
        return world.reads_review(reader, n)

    world.words |= {
        f"zqopen{n}x": Word(reads, covers="common" if said["whole"] else ""),
        f"zqcover{n}x": Word(reads, covers="common"),
        f"zqnamed{n}x": Word(reads, covers="other"),
        f"zqtag{n}x": Word(reads),
    }
    if said["draft"]:
        make.review(member=writer, film=common, draft=True, body=f"Not yet, zqdraft{n}x.")
        world.words[f"zqdraft{n}x"] = Word(lambda reader: reader == n)
    keep_note(member=writer, film=common, body=f"For me alone, zqnote{n}x.")
    world.words[f"zqnote{n}x"] = Word(lambda reader: reader == n)
    SavedSearch.objects.create(member=writer, name=f"zqsearch{n}x", query="length=short")
    world.words[f"zqsearch{n}x"] = Word(lambda reader: reader == n)
    hear(player=make.player(member=writer)[0], heard=Heard(title=f"zqheard{n}x", is_over=True))
    world.words[f"zqheard{n}x"] = Word(lambda reader: reader == n)
    below = (f"/members/{writer.username}/", f"/api/v1/members/{writer.username}/")
    watched = make.film(title=f"zqviewed{n}x")
    viewing = make.viewing(member=writer, film=watched)
    Viewing.objects.filter(pk=viewing.pk).update(place=f"zqplace{n}x", context_shown=said["context"])
    marked = make.film(title=f"zqmarked{n}x")
    make.mark(member=writer, film=marked, stars=3, liked=True, in_watchlist=True)
    world.words[f"zqplace{n}x"] = Word(
        lambda reader: reader == n or (said["context"] and world.is_open(reader, n, said["viewing"]))
    )
    # The film is there for who sees the line in the diary, and for who sees that it was watched at all.
    world.words[f"zqviewed{n}x"] = Word(
        lambda reader: world.is_open(reader, n, said["viewing"]) or world.is_open(reader, n, said["mark"]),
        under=below,
        in_diary=lambda reader: world.is_open(reader, n, said["viewing"]),
    )
    world.words[f"zqmarked{n}x"] = Word(lambda reader: world.is_open(reader, n, said["mark"]), under=below)
    owned = make.film(title=f"zqowned{n}x")
    add_copy(member=writer, film=owned, kind="dvd", details=f"Behind zqdoor{n}x")
    choose_privacy(member=writer, shelf_policy=said["shelf"])
    world.words[f"zqowned{n}x"] = Word(lambda reader: world.is_open(reader, n, said["shelf"]), under=below)
    world.words[f"zqdoor{n}x"] = Word(lambda reader: reader == n)
    told = Details(title=f"zqlist{n}x", description=f"Words zqabout{n}x", tags=(f"zqlisttag{n}x",))
    film_list = make_list(member=writer, details=told)
    note = f"A note zqnote{n}x."
    html = markup.render(note).html
    ListEntry.objects.create(film_list=film_list, film=common, position=1, note=note, note_html=html, added_by=writer)
    world.lists.append(film_list)
    for name in ("list", "about", "listtag", "note"):
        world.words[f"zq{name}{n}x"] = Word(lambda reader: world.sees_list(reader, n))


def _compose(world: World, n: int) -> None:
    said = {"title": f"On zqessay{n}x", "body": f"Words. >!Behind zqvault{n}x.!<", "films": [world.films["common"]]}
    world.essays.append(make.essay(member=world.members[n], **said))
    for name, covers in (("essay", ""), ("vault", "common")):
        world.words[f"zq{name}{n}x"] = Word(lambda reader: world.reads_review(reader, n), covers=covers)


def _recommend(world: World) -> None:
    """Each tells those who follow them of a film; only these read the line."""
    film = make.film(title="Told of")
    for who, n in world.arrangement["follows"]:
        recommend_film(member=world.members[n], to=world.members[who], film=film, words=f"Between us, zqtip{n}x.")
    for n in range(MEMBERS):
        world.words[f"zqtip{n}x"] = Word(
            lambda reader, n=n: reader == n or (world.follows(reader, n) and world.is_here(reader, n))
        )


def _talk(world: World) -> None:
    for number, (who, at, fate) in enumerate(world.arrangement["comments"]):
        try:
            comment = make.comment(member=world.members[who], review=world.reviews[at], body=f"Said zqsaid{number}x.")
        except (PermissionDenied, ValidationError):  # only followers may, say
            continue
        comment.number = number
        world.comments.append((who, at, comment))

        def hears(reader: int | None, who: int = who, at: int = at, fate: str = fate) -> bool:
            # Taken down, it is still there for its writer and for whose page it is; removed, for its writer.
            kept = fate in {"removed", "taken_down"} and (reader == who or (fate == "taken_down" and reader == at))
            return (not fate or kept) and world.is_here(reader, who) and world.reads_review(reader, at)

        world.words[f"zqsaid{number}x"] = Word(hears)
    for who, at in world.arrangement["likes"]:
        if who != at:
            like_review(member=world.members[who], review=world.reviews[at])
            world.likes.add((who, at))


def _gather_tonight(world: World) -> None:
    """Two evenings of all four, one with a film drawn and logged; the link gets around."""
    host, *others = world.members
    film = make.film(title="Seen by all")
    for name in ("choosing", "drawn"):
        evening = make.evening(host=host, members=others, name=name)
        world.evenings.append(evening)
    say(seat=make.seat(evening, host), film=film, says="want")
    for _round in range(2):
        close_round(seat=make.seat(evening, host))
    for member in world.members:
        log_evening(seat=make.seat(evening, member), is_named=True)


def _hide(world: World) -> None:
    now = timezone.now()
    for n, said in enumerate(world.arrangement["writings"]):
        writer = world.members[n]
        removed = now if said["removed"] else None
        Review.objects.filter(pk=world.reviews[n].pk).update(visibility=said["review"], removed_at=removed)
        Essay.objects.filter(pk=world.essays[n].pk).update(visibility=said["review"], removed_at=removed)
        Viewing.objects.filter(member=writer, film__title=f"zqviewed{n}x").update(visibility=said["viewing"])
        Mark.objects.filter(member=writer, film__title__in=[f"zqmarked{n}x", f"zqviewed{n}x"]).update(
            visibility=said["mark"]
        )
        removed = now if said["list_removed"] else None
        FilmList.objects.filter(pk=world.lists[n].pk).update(visibility=said["list"], removed_at=removed)
    for _who, _at, comment in world.comments:
        if fate := world.arrangement["comments"][comment.number][2]:
            Comment.objects.filter(pk=comment.pk).update(**{f"{fate}_at": now})
    for one, two in world.arrangement["blocks"]:
        block_member(member=world.members[one], other=world.members[two])
    User.objects.filter(pk__in=[world.members[n].pk for n in world.arrangement["private"]]).update(is_private=True)
    for n in world.arrangement["suspended"]:
        User.objects.filter(pk=world.members[n].pk).update(is_active=False)
    assert not FollowRequest.objects.exists() and Block.objects.count() == len(world.arrangement["blocks"])


def letters(world: World) -> Iterator[tuple[int, str]]:
    """All mails that are sent from here on: to whom, and what they say."""
    Notification.objects.update(created_at=timezone.now() - timedelta(days=2))
    mail.outbox.clear()
    mail_at_once()
    for often in ("daily", "weekly"):
        mail_digests(often, timezone.localdate())
    numbers = {made.email: number for number, made in enumerate(world.members)}
    for letter in mail.outbox:
        parts = [letter.subject, letter.body, *(str(part[0]) for part in getattr(letter, "alternatives", ()))]
        yield from ((numbers[to], "\n".join(parts)) for to in letter.to)
