"""The catalogue's filters and orders that need to know who is asking."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Self

from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models.sight import is_signed_in
from accounts.models.viewer import Viewer
from config.freshness import ANY, WIDE
from config.keeping import Tags
from films import asked, narrowed, orders
from films.browse import MOST_CHOSEN, Filters
from films.choices import Choices
from films.freshness import MEASURES, TRENDS, tag_of
from films.models import Film
from films.narrowing import Narrowing, Sql, ids_of
from films.orders import LATELY, Leg, ends_of
from films.paging import Slice
from films.picking import Pick
from reviews import blind
from reviews.friends import marks_of_friends
from reviews.models import Mark, Review
from reviews.tags import tagged

UNSEEN: Final = "unseen"
YOURS: Final = {
    UNSEEN: gettext_lazy("Not watched yet"),
    "seen": gettext_lazy("Watched"),
    "watchlist": gettext_lazy("On your watchlist"),
    "liked": gettext_lazy("Liked"),
    "rated": gettext_lazy("Rated"),
    "owned": gettext_lazy("On your shelf"),
    "friends": gettext_lazy("Seen by people you follow"),
}
OWN_SORTS: Final = {
    "mine": gettext_lazy("Your rating"),
    "friends": gettext_lazy("Rating of people you follow"),
}
# With one of these, and with a sort of their own, each member finds other films.
PERSONAL: Final = ("yours", "not_yours", "tag", "not_tag")
LONGEST_TAG: Final = 40
# What a mark of the reader's own has that is in the state.
STATES: Final = {
    "seen": "watched_at IS NOT NULL",
    "watchlist": "watchlisted_at IS NOT NULL",
    "liked": "liked_at IS NOT NULL",
    "rated": "half_stars IS NOT NULL",
}
# The films that are in the state for one member.
MINE: Final = {
    **{name: f"SELECT film_id FROM reviews_mark WHERE member_id = %s AND {says}" for name, says in STATES.items()},
    "owned": "SELECT film_id FROM reviews_ownedcopy WHERE member_id = %s",
}


@dataclass(frozen=True)
class MemberFilters(Filters):
    """`yours` are states that the film is in for the reader, `not_yours` such that it is not in.

    `tag` are tags that reviews which the reader may read give the film: one each at least, and none of `not_tag`.
    `list_id` is the list for which they are chosen, if any: it narrows nothing down, and stays while one chooses.
    """

    yours: tuple[str, ...] = ()
    not_yours: tuple[str, ...] = ()
    tag: tuple[str, ...] = ()
    not_tag: tuple[str, ...] = ()
    list_id: int | None = None

    @classmethod
    def sorts(cls) -> Mapping[str, Any]:
        return {**super().sorts(), **OWN_SORTS}

    @classmethod
    def read(cls, query: QueryDict, choices: Choices) -> tuple[Self, list[str]]:
        filters, notices = super().read(query, choices)
        yours: dict[str, Any] = {name: _states(query.getlist(name), notices) for name in ("yours", "not_yours")}
        tags: dict[str, Any] = {name: _tags(query.getlist(name), notices) for name in ("tag", "not_tag")}
        number = query.get("list", "")
        list_id = int(number) if number.isascii() and number.isdigit() and len(number) < 19 else None
        return replace(filters, **yours, **tags, list_id=list_id), notices

    def active(self) -> list[tuple[str, Self]]:
        on = super().active()
        for name in ("tag", "not_tag", "yours", "not_yours"):
            for word in getattr(self, name):
                less: dict[str, Any] = {name: tuple(other for other in getattr(self, name) if other != word)}
                label = word if name.endswith("tag") else str(YOURS[word])
                shown = _("Tagged: %(tag)s") % {"tag": label} if name == "tag" else label
                on.append(
                    (_("Not: %(what)s") % {"what": label} if name.startswith("not") else shown, replace(self, **less))
                )
        return on

    def query(self) -> list[tuple[str, str]]:
        names = ("tag", "not_tag", "yours", "not_yours")
        own = [(name, word) for name in names for word in getattr(self, name)]
        return super().query() + own + ([("list", str(self.list_id))] if self.list_id else [])

    def for_everybody(self) -> tuple[Self, list[str]]:
        """These without what each reader has films of their own for, and that in words."""
        sort = self.sort if self.sort not in OWN_SORTS else "popular"
        rest = replace(self, yours=(), not_yours=(), tag=(), not_tag=(), list_id=None, sort=sort)
        stay = {label for label, _less in rest.active()}
        left_out = [label for label, _less in self.active() if label not in stay]
        return rest, left_out + ([str(OWN_SORTS[self.sort])] if self.sort in OWN_SORTS else [])

    def on_behalf_of(self, list_id: int) -> Self:
        """The same, chosen for a list."""
        return replace(self, list_id=list_id)

    @property
    def needs_member(self) -> bool:
        return bool(self.yours or self.not_yours or self.sort in OWN_SORTS)


def _states(said: list[str], notices: list[str]) -> tuple[str, ...]:
    return tuple(word for word in dict.fromkeys(said) if asked.pick(word, YOURS, notices))


def _tags(said: list[str], notices: list[str]) -> tuple[str, ...]:
    tags = (tag.replace("\0", "").strip()[:LONGEST_TAG] for tag in said)
    return tuple(asked.few(filter(None, tags), MOST_CHOSEN, notices))


def narrowing_for(filters: MemberFilters, viewer: Viewer) -> Narrowing:
    """All conditions. Somebody signed out has no films of their own; what is covered is not found by its ratings."""
    rated = narrowed.ratings(filters)
    if rated and blind.is_blind(viewer):
        rated = rated.and_(Narrowing(among=(uncovered(viewer),)))
    found = narrowed.facts(filters).and_(rated)
    for tag in filters.tag:
        found = found.and_(Narrowing(among=(_films_of(tagged(Review.objects.visible_to(viewer), tag)),)))
    for tag in filters.not_tag:
        found = found.and_(_not_in(_films_of(tagged(Review.objects.visible_to(viewer), tag))))
    if not is_signed_in(viewer):
        return found
    for state in filters.yours:
        found = found.and_(_state(viewer, state))
    for state in filters.not_yours:
        found = found.and_(_state(viewer, state, other=True))
    return found


def uncovered(viewer: Any) -> Sql:
    """The films whose score somebody sees who hides scores."""
    return _films_of(Mark.objects.filter(blind.SEEN, member=viewer))


def _state(viewer: Any, state: str, *, other: bool = False) -> Narrowing:
    if state == "friends":
        seen = _films_of(marks_of_friends(viewer).watched())
        return _not_in(seen) if other else Narrowing(among=(seen,))
    state, other = ("seen", not other) if state == UNSEEN else (state, other)
    own = Sql(MINE[state], (viewer.pk,))
    return _not_in(own) if other else Narrowing(among=(own,))


def _not_in(films: Sql) -> Narrowing:
    return Narrowing(outside=(films,))


def _films_of(rows: QuerySet[Any]) -> Sql:
    return ids_of(rows.order_by().values("film_id"))


def legs_for(filters: MemberFilters, viewer: Any) -> tuple[Leg, ...]:
    """The order. To a reader who hides scores, what is covered comes as if nobody had rated it."""
    if filters.sort in OWN_SORTS and not is_signed_in(viewer):
        return orders.legs_of("popular")
    if filters.sort == "mine":
        own = (
            "SELECT film_id AS id, half_stars AS key FROM reviews_mark WHERE member_id = %s AND half_stars IS NOT NULL"
        )
        return orders.by_set(Sql(own, (viewer.pk,)), orders.HALF_STARS)
    if filters.sort == "friends":
        return orders.by_set(_means_of_friends(viewer), orders.MEAN)
    if filters.sort == "rating" and blind.is_blind(viewer):
        return orders.by_rating(uncovered(viewer))
    return orders.legs_of(filters.sort)


def _means_of_friends(viewer: Any) -> Sql:
    """What whom the viewer follows gave, as far as the viewer sees it, in half-stars."""
    marks = marks_of_friends(viewer).counted()
    if blind.is_blind(viewer):
        marks = marks.filter(film__in=Mark.objects.filter(blind.SEEN, member=viewer).values("film"))
    try:
        text, values = marks.order_by().values("film_id", "half_stars").query.sql_with_params()
    except EmptyResultSet:
        return Sql("SELECT 0::bigint AS id, 0::numeric AS key WHERE FALSE")
    mean = f"SELECT film_id AS id, avg(half_stars)::numeric(20, 6) AS key FROM ({text}) m GROUP BY film_id"
    return Sql(mean, tuple(values))


def counted_of(filters: MemberFilters, *, is_personal: bool) -> Tags:
    """Which films are found outlives most ratings, those that give no film another word."""
    return (ANY,) if is_personal or filters.min_rating or filters.min_ratings else (WIDE, MEASURES)


def made_of(filters: MemberFilters, page: Slice[Film] | Pick, legs: Sequence[Leg], *, is_personal: bool) -> Tags:
    """What is shown depends on the films of the page and on what passes its ends besides, and by rating on all."""
    counted = counted_of(filters, is_personal=is_personal)
    if counted == (ANY,) or filters.sort == "rating":
        return (ANY,)
    lately = (TRENDS,) if filters.sort in LATELY else ()
    films = page.films if isinstance(page, Pick) else [film.pk for film in page]
    return (*counted, *lately, *map(tag_of, films), *ends_of(page, legs))
