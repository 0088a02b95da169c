"""What members recommend to each other: what came to one, what became of what one gave, and to whom one may give it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Exists, OuterRef, Q, When
from django.db.models.functions import JSONObject

from accounts.models import Follow, TipPolicy, User
from accounts.models.viewer import Viewer
from accounts.search import ids_called
from films.models import Film
from films.models.film import ON_A_CARD
from reviews.blind import cover_stars
from reviews.marks import attach_marks
from reviews.models import Dismissal, Mark, Tip
from reviews.models.tip import TipQuerySet
from reviews.quiet import without_muted

SHOWN: Final = 3  # of one film, the latest
PEOPLE_SHOWN: Final = 24
NAMED: Final = ("id", "username", "display_name", "avatar_key")


def heard_by(viewer: Any) -> TipQuerySet:
    """What others recommend to the viewer, without members and films that they mute and films that are not for them."""
    unwanted = Dismissal.objects.filter(member=viewer, film=OuterRef("film"))
    heard: TipQuerySet = without_muted(Tip.objects.visible_to(viewer).filter(to=viewer), viewer)
    return heard.exclude(Exists(unwanted))


def films_for(viewer: Any, *, seen: bool | None = None) -> TipQuerySet:
    """The latest of each film, with the film as a card and `latest`, the numbers of the latest SHOWN and one more.

    `seen`: of films that the viewer has seen, or has not; else of all.
    """
    heard = heard_by(viewer)
    of_film = heard.filter(film=OuterRef("film")).order_by("-pk")
    watched = Exists(Mark.objects.watched().filter(member=viewer, film=OuterRef("film")))
    wanted = Q() if seen is None else Q(watched) if seen else ~Q(watched)
    firsts = heard.filter(wanted).exclude(Exists(of_film.filter(pk__gt=OuterRef("pk"))))
    rows = firsts.select_related("film").only(*_of_a_tip(), *(f"film__{name}" for name in ON_A_CARD))
    return rows.annotate(latest=ArraySubquery(of_film.values("pk")[: SHOWN + 1]))


def attach_tips(viewer: Viewer, rows: Sequence[Any]) -> None:
    """Give each of `films_for` its `tips`, with who gave them, and `others`: whether there are more. Two queries, with
    the viewer's marks of the films.
    """
    numbers = {number for row in rows for number in row.latest}
    names = (f"member__{name}" for name in NAMED)
    found = Tip.objects.filter(pk__in=numbers).select_related("member").only(*_of_a_tip(), *names).order_by("-pk")
    of_film: dict[int, list[Tip]] = defaultdict(list)
    for tip in found if numbers else ():
        of_film[tip.film_id].append(tip)
    for row in rows:
        row.tips, row.others = of_film[row.film_id][:SHOWN], len(of_film[row.film_id]) > SHOWN
    attach_marks(viewer, [row.film for row in rows])


def given_by(member: User) -> TipQuerySet:
    """What a member recommends to others, with the film as a card."""
    given = Tip.objects.visible_to(member).filter(member=member).select_related("film", "to")
    names, facts = (f"to__{name}" for name in NAMED), (f"film__{name}" for name in ON_A_CARD)
    return given.only(*_of_a_tip(), "removed_at", "removal_reason", *names, *facts)


def attach_outcomes(member: User, tips: Sequence[Any]) -> None:
    """Give each its `mark`, what the other makes of the film now, or None, also where they show it to others only.

    One query, two for a member who hides scores.
    """
    others, films = {tip.to_id for tip in tips}, {tip.film_id for tip in tips}
    shown = Mark.objects.visible_to(member).filter(member__in=others, film__in=films) if tips else ()
    marks = {(mark.member_id, mark.film_id): mark for mark in shown}
    cover_stars(member, marks.values())
    for tip in tips:
        tip.mark = marks.get((tip.to_id, tip.film_id))


def may_be_told_by(member: User) -> Any:
    """Members to whom this one may recommend a film: who follow them, and whom they follow where these allow it.

    Nobody who is suspended, on the other side of a block, or wants none. Who mutes the member is among them: it is
    nobody's business.
    """
    followers = Follow.objects.filter(follower=OuterRef("pk"), followed=member)
    followed = Q(Follow.by(member, "pk"), tip_policy=TipPolicy.CIRCLE)
    there = User.objects.active().not_blocking(member).exclude(tip_policy=TipPolicy.NOBODY)
    return there.filter(Q(Exists(followers)) | followed)


@dataclass(frozen=True, slots=True)
class Addressee:
    """Somebody who may be told of a film, and whether the teller may know that they have seen it."""

    member: User
    has_seen: bool


def people_for(member: User, film: Film, query: str = "") -> list[Addressee]:
    """Whom a member may still tell of a film, at most PEOPLE_SHOWN: whom they follow, too, and then who began to follow
    them last; with a query those who are called so. At most four queries.
    """
    told = Tip.objects.filter(member=member, film=film).values("to")
    may = may_be_told_by(member).exclude(pk__in=told).only(*NAMED)
    people = _called(may, query) if query else _near(member, may)
    seen = seen_by(member, film, people)
    return [Addressee(one, one.pk in seen) for one in people]


def told_of(member: User, film: Film, most: int = PEOPLE_SHOWN) -> list[Tip]:
    """Whom the member told of the film, the latest first."""
    return list(given_by(member).filter(film=film).order_by("-pk")[:most])


def seen_by(member: User, film: Film, people: Iterable[User]) -> set[int]:
    """The numbers of those who have seen the film and show that to the member."""
    seen = Mark.objects.visible_to(member).watched().filter(film=film, member__in=[one.pk for one in people])
    return set(seen.values_list("member", flat=True))


def _called(may: Any, query: str) -> list[User]:
    numbers = ids_called(query)
    place = Case(*(When(pk=number, then=place) for place, number in enumerate(numbers)))
    return list(may.filter(pk__in=numbers).order_by(place)[:PEOPLE_SHOWN]) if numbers else []


def _near(member: User, may: Any) -> list[User]:
    """Two queries, however many follow the member: each goes along an index and stops."""
    mutual = Follow.objects.filter(follower=member).values("followed")
    known = list(may.filter(pk__in=mutual).order_by("-pk")[:PEOPLE_SHOWN])
    if len(known) == PEOPLE_SHOWN:
        return known
    follows = Follow.objects.filter(followed=member, follower__in=may.exclude(pk__in=[one.pk for one in known]))
    newest = follows.order_by("-created_at").values_list("follower", flat=True)[: PEOPLE_SHOWN - len(known)]
    others = {one.pk: one for one in User.objects.filter(pk__in=list(newest)).only(*NAMED)}
    return [*known, *others.values()]


@dataclass(frozen=True, slots=True)
class Said:
    """A tip as the film's page shows it."""

    member: User
    words: str


def with_tips(films: Any, viewer: Viewer, film: Any) -> Any:
    """Films with `tip_list`, the latest of what others recommend of them to the viewer. `film`: how rows name it."""
    of_film = heard_by(viewer).filter(film=film).order_by("-pk")[: SHOWN + 1]
    told = JSONObject(words="words", **{name: f"member__{name}" for name in NAMED})
    return films.annotate(tip_list=ArraySubquery(of_film.values(_tip=told)))


def tips_on(film: Any, mark: Mark | None) -> list[Said]:
    """What the page of a film of `with_tips` says, what has a line first; nothing once it is seen. No query."""
    if mark is not None and mark.is_watched:
        return []
    said = [Said(User(**{name: row[name] for name in NAMED}), row["words"]) for row in film.tip_list]
    return sorted(said, key=lambda one: not one.words)


def _of_a_tip() -> Collection[str]:
    return ("member_id", "to_id", "film_id", "words", "created_at")
