"""The feed: what the members whom one follows, or all of them, did lately.

A page of it is the newest of many streams, each of which an index keeps in order: one of every member in the circle, or
one of every kind of line for everybody. Only the streams whose first line is among the newest can have a line on the
page, so that the others cost a look at their first (docs/decisions.md says what was measured instead of what).
"""

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, partial, wraps
from typing import Any, Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BigIntegerField, Exists, Func, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import JSONObject

from accounts.compiled import Prepared, prepared, row_of
from accounts.counting import apart_from, hand_on
from accounts.freshness import by_tag
from accounts.models import Follow, User
from accounts.models.sight import is_signed_in
from accounts.models.viewer import Viewer
from config.freshness import ANY
from config.keeping import Tags
from films.models import Film
from films.paging import Run, Slice
from reviews.blind import cover_stars
from reviews.counting import count_for
from reviews.models import Activity, ListEntry, Mark, Visibility
from reviews.models.activity import ABOUT_OTHERS, SHOWN
from reviews.models.review import UNSHOWN_OF_FILM, UNSHOWN_OF_MEMBER
from reviews.quiet import without_muted

A_PAGE: Final = 20
FANNED: Final = 4
MOST_STAMPED: Final = 300
ON_A_POSTER: Final = ("id", "slug", "title", "year", "poster_key", "poster_version", "poster_alt")
PLACE: Final = ("created_at", "id")
# Each more would cost as much planning as reading.
JOINED: Final = ("member", "film", "mark", "viewing", "review", "film_list", "essay")
UNSHOWN: Final = (
    *(f"member__{name}" for name in UNSHOWN_OF_MEMBER),
    *(f"film__{name}" for name in UNSHOWN_OF_FILM),
    "review__body", "film_list__description", "film_list__description_html", "essay__body", "essay__body_html",
    "essay__headings",
)  # fmt: skip


class Scope(StrEnum):
    CIRCLE = "circle"
    EVERYONE = "everyone"


def kinds_of(chosen: Iterable[str]) -> tuple[str, ...]:
    """The kinds that were asked for, in the order of the house; without any that there is, those shown by default."""
    wanted = set(chosen)
    return tuple(kind for kind in Activity.Kind.values if kind in wanted) or SHOWN


def lines_for(viewer: Viewer, kinds: Collection[str], *, in_circle: bool = False) -> QuerySet[Activity]:
    """The lines of these kinds that the viewer may see and has not muted; `in_circle`, of a member of `circle_of`."""
    rows = Activity.objects.all()
    rows = rows.visible_in_circle(viewer, kinds=kinds) if in_circle else rows.visible_to(viewer, kinds=kinds)
    members = [] if in_circle else ["member"]
    others = (what for kind, what in ABOUT_OTHERS.items() if kind in kinds)
    members += (what if what == "other" else f"{what}__member" for what in others)
    return without_muted(rows, viewer, members=members)


def timeline(
    viewer: Viewer, scope: Scope, kinds: Collection[str], *, size: int = A_PAGE
) -> tuple[QuerySet[Activity], tuple[Run, ...]]:
    """The rows of the feed and their order, for pages of at most `size` rows: for `bare` or `with_line`."""
    run = _RUNS[scope](PLACE, viewer=viewer, kinds=tuple(kinds), most=size + 1)
    return Activity.objects.all(), (run,)


def timeline_of(viewer: Viewer, member: User, kinds: Collection[str]) -> tuple[QuerySet[Activity], tuple[Run, ...]]:
    """The same of one member. Whoever looks there wants to see it, muted or not."""
    return Activity.objects.visible_to(viewer, kinds=kinds).filter(member=member), (Run(PLACE),)


def circle_of(viewer: Any) -> QuerySet[Follow]:
    """The follows of whom the viewer hears: nobody who is suspended, muted or apart from the viewer."""
    here = Follow.objects.filter(follower=viewer, followed_set_aside=False)
    return without_muted(here.exclude(followed__in=apart_from(viewer)), viewer, members=("followed",), films=())


def followed_by(viewer: Any) -> QuerySet[Any]:
    """Their numbers, as many as `circle_tags` looks at."""
    return Follow.objects.filter(follower=viewer).values_list("followed", flat=True)[: MOST_STAMPED + 1]


def circle_tags(viewer: Any, followed: Collection[int] | None = None) -> Tags:
    """The tags of the viewer's feed: of what the viewer does, and what each member does whom they follow. If these are
    more than MOST_STAMPED, the tag of what anybody does. One query, unless it is known who is `followed_by` them.
    """
    numbers = list(followed_by(viewer)) if followed is None else followed
    return (ANY,) if len(numbers) > MOST_STAMPED else tuple(map(by_tag, [viewer.pk, *numbers]))


def first_page(viewer: Any, scope: Scope, size: int = A_PAGE) -> Slice[Activity]:
    """The first page of the kinds that are shown by default, bare; one query.

    `size` is one of few: the query is prepared once for each, and kept for good.
    """
    rows = list(_first(scope, size, viewer)) if apart_from(viewer) else _prepared(scope, size)(viewer=viewer.pk)
    return Slice.first(rows, Run(PLACE), size)


def _first(scope: Scope, size: int, viewer: Viewer) -> QuerySet[Activity]:
    run = _RUNS[scope](PLACE, viewer=viewer, kinds=SHOWN, most=size + 1)
    rows = bare(Activity.objects.filter(pk__in=run.found(None, backwards=False)), viewer)
    return Run(PLACE).rows(rows, start=None, backwards=False)[: size + 1]


@cache
def _prepared(scope: Scope, size: int) -> Prepared:
    return prepared(viewer=row_of("accounts.User"))(wraps(_first)(partial(_first, scope, size)))


def with_signs(rows: QuerySet[Activity], viewer: Any) -> QuerySet[Activity]:
    """Lines with what tells apart how they look to one viewer and to another."""
    # Whoever sees the review sees a like that is shown to as many.
    liked = Q(visibility=Visibility.PUBLIC) | Q(visibility=OuterRef("visibility")) & ~Q(visibility=Visibility.PRIVATE)
    seen: Any = Value(False)
    if is_signed_in(viewer):
        liked |= Q(member=viewer)
        seen = Exists(Mark.objects.watched().filter(member=viewer, film=OuterRef("film")))
    likes = Mark.objects.liked().filter(liked, member=OuterRef("member"), film=OuterRef("film"))
    return rows.annotate(film_liked=Exists(likes), film_seen=seen)


def bare(rows: QuerySet[Activity], viewer: Viewer) -> QuerySet[Activity]:
    """Lines with no more than what their drawing is kept by (reviews/lines.py)."""
    return with_signs(rows, viewer).only("film", "film_list")


def with_line(rows: QuerySet[Activity], viewer: Viewer) -> QuerySet[Activity]:
    """All that lines show, but for the others whom they name (`at_hand`), in one query however many they are."""
    entries = ListEntry.objects.filter(film_list=OuterRef("film_list"), position__lte=FANNED).order_by("position")
    poster = JSONObject(**{name: f"film__{name}" for name in ON_A_POSTER})
    return (
        with_signs(rows, viewer)
        .select_related(*JOINED)
        .defer(*UNSHOWN)
        .annotate(posters=ArraySubquery(entries.values(json=poster)))
    )


def at_hand(viewer: Viewer, lines: Sequence[Activity]) -> Sequence[Activity]:
    """Lines with whom they name, without what the viewer is not to see. Three queries at most."""
    known = {line.member_id: line.member for line in lines}
    rows = [row for line in lines for row in (line.review, line.film_list, line.essay) if row is not None]
    others = {row.member_id for row in rows} | {line.other_id for line in lines if line.other_id}
    if unknown := others - set(known):
        known |= User.objects.defer(*UNSHOWN_OF_MEMBER).in_bulk(unknown)
    for row in rows:
        row.member = known[row.member_id]
    for line in lines:
        line.fan = [Film.of_row(row) for row in line.posters]  # type: ignore[attr-defined]  # annotated, for the template
        if line.other_id:
            line.other = known[line.other_id]
        if (review := line.review) is not None and line.film is not None:
            review.film = line.film
            review.film_seen = line.film_seen  # type: ignore[attr-defined]  # annotated, for reviews.curtains
            hand_on(line, to=review)
    count_for(viewer, [line.review for line in lines if line.review])
    cover_stars(viewer, *([getattr(line, name) for line in lines] for name in ("review", "viewing", "mark")))
    return lines


class Place(Func):
    """Where a line stands in the order of time, to compare and nothing else."""

    function = "ROW"
    output_field = TextField()


class Unnest(Func):
    function = "unnest"
    output_field = BigIntegerField()
    set_returning = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged(Run, ABC):
    """The newest of many streams; `most` rows are asked for at most.

    Querysets are made anew for each use: one that was part of another query is bound to that.
    """

    viewer: Viewer
    kinds: tuple[str, ...]
    most: int

    def in_order(self, lines: QuerySet[Any], start: Sequence[Any] | None, backwards: bool) -> QuerySet[Any]:
        """One stream."""
        return Run(self.keys).rows(lines, start=start, backwards=backwards)

    @abstractmethod
    def found(self, start: Sequence[Any] | None, *, backwards: bool) -> QuerySet[Any]:
        """The numbers of the lines of a page beyond `start`, and of more."""

    def rows(self, queryset: QuerySet[Any], *, start: Sequence[Any] | None, backwards: bool) -> QuerySet[Any]:
        """A query by itself finds which: with all that lines show, PostgreSQL would join first."""
        run = Run(self.keys)
        found = Activity.objects.filter(pk__in=self.found(start, backwards=backwards))
        numbers = list(run.rows(found, start=None, backwards=backwards).values_list("pk", flat=True)[: self.most])
        return run.rows(queryset.filter(pk__in=numbers), start=None, backwards=backwards)


@dataclass(frozen=True, slots=True, kw_only=True)
class CircleRun(Merged):
    """One stream of each member whom the viewer follows, and the viewer's own.

    The `most` members whose first lines are the newest have all of the page among them, and each has `most` at most.
    """

    def found(self, start: Sequence[Any] | None, *, backwards: bool) -> QuerySet[Any]:
        def of(member: Any) -> QuerySet[Any]:
            lines = lines_for(self.viewer, self.kinds, in_circle=True).filter(member=member)
            return self.in_order(lines, start, backwards)

        first = Subquery(of(OuterRef("followed")).annotate(place=Place(*self.keys)).values("place")[:1])
        order = first.asc(nulls_last=True) if backwards else first.desc(nulls_last=True)
        latest = circle_of(self.viewer).order_by(order).values("pk")[: self.most]
        lines = Unnest(ArraySubquery(of(OuterRef("followed")).values("pk")[: self.most]))
        theirs = Follow.objects.filter(pk__in=latest).annotate(line=lines).values("line")
        mine = of(self.viewer).values("pk")[: self.most]
        return theirs.union(mine, all=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class KindsRun(Merged):
    """One stream of each kind of line, which asks for no more than such a line can be about."""

    def found(self, start: Sequence[Any] | None, *, backwards: bool) -> QuerySet[Any]:
        def of(kind: str) -> QuerySet[Any]:
            return self.in_order(lines_for(self.viewer, (kind,)), start, backwards)

        first, *others = (of(kind).values("pk")[: self.most] for kind in self.kinds)
        return first.union(*others, all=True) if others else first


_RUNS: Final[dict[Scope, type[Merged]]] = {Scope.CIRCLE: CircleRun, Scope.EVERYONE: KindsRun}
