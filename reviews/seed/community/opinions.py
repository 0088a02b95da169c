"""Marks: who has seen, rated, liked which film, and what is on watchlists."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from reviews.models import Favourite, Mark, Viewing, Visibility
from reviews.seed.community.catalogue import GENRES, Films
from reviews.seed.community.chance import distinct, pair, parted, places_within
from reviews.seed.community.columns import Array, Coded, Column, Maybe, copy_columns
from reviews.seed.community.members import Members
from reviews.seed.community.sizes import Sizes

VISIBILITIES: Final = (Visibility.PUBLIC.value, Visibility.FOLLOWERS.value, Visibility.PRIVATE.value)
PUBLIC: Final = 0
BY_TASTE: Final = 0.5  # the share of films that are chosen within a member's two genres
SEEN_BY_MOST: Final = 0.55  # the share of members who have rated the one film that everybody talks about
DAY: Final = 86_400


@dataclass
class Marks:
    """In the order of their time, and so of their ids. Members and films by their places."""

    ids: Array
    member: Array
    film: Array
    half_stars: Array  # 0: not rated
    at: Array  # seconds since 2000
    watched: Array
    liked: Array
    listed: Array  # on the watchlist
    visibility: Array
    blind: Array
    imported: Array

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def rated(self) -> Array:
        return self.half_stars > 0


class Choice:
    """Draws pairs of a member and a film: the keener the member and the better known the film, the more often."""

    def __init__(self, rng: np.random.Generator, films: Films, members: Members, weight: Array) -> None:
        self.rng, self.members = rng, members
        self.order = np.argsort(films.genre, kind="stable")
        self.sums = np.cumsum(weight[self.order])
        ends = np.searchsorted(films.genre[self.order], np.arange(len(GENRES)), side="right")
        upto = np.concatenate([[0.0], self.sums])[ends]
        self.starts, self.spans = np.concatenate([[0.0], upto[:-1]]), np.diff(upto, prepend=0.0)

    def __call__(self, number: int) -> Array:
        rng, keen = self.rng, self.members.keen
        member = np.repeat(np.arange(len(keen), dtype=np.int32), rng.multinomial(number, keen / keen.sum()))
        genre = self.members.taste[member, rng.integers(0, 2, number)]
        point = rng.random(number)
        by_taste = (rng.random(number) < BY_TASTE) & (self.spans[genre] > 0)
        point = np.where(by_taste, self.starts[genre] + point * self.spans[genre], point * self.sums[-1])
        place = np.searchsorted(self.sums, point, side="right").clip(max=len(self.order) - 1)
        return pair(member, self.order[place])


def form(sizes: Sizes, films: Films, members: Members, first_id: int) -> Marks:
    """The ratings, three in a hundred more that are seen without stars, and a watchlist of one for ten ratings."""
    rng = np.random.default_rng([sizes.seed, 21])
    seen = Choice(rng, films, members, np.where(films.upcoming, 0, films.weight))
    talked_of = np.flatnonzero(rng.random(len(members)) < SEEN_BY_MOST)[: sizes.ratings // 5]
    hot = pair(talked_of, np.full(len(talked_of), films.hot))
    others = distinct(rng, sizes.ratings - len(hot), seen, hot)
    rated = np.sort(np.concatenate([hot, others]))
    unrated = distinct(rng, sizes.ratings * 3 // 100, seen, rated)
    waiting = Choice(rng, films, members, films.weight * np.where(films.upcoming, 6, 1))
    listed = distinct(rng, sizes.ratings // 10, waiting, np.sort(np.concatenate([rated, unrated])))
    pairs = np.concatenate([rated, unrated, listed])
    kind = np.repeat(np.arange(3, dtype=np.int8), [len(rated), len(unrated), len(listed)])
    member, film = parted(pairs)
    del pairs, rated, unrated, listed, others
    at, imported = _times(rng, sizes, films, members, member, film)
    order = np.argsort(at, kind="stable")
    return _said(rng, films, members, first_id, (member[order], film[order], kind[order], at[order], imported[order]))


def _times(
    rng: np.random.Generator, sizes: Sizes, films: Films, members: Members, member: Array, film: Array
) -> tuple[Array, Array]:
    """When, and whether it came by an import, which notes nothing: what is rated at once when somebody joins mostly.

    A film that came out since the site opened has most of its crowd at first, an old one at all times.
    """
    released = films.released[film].astype(np.int64) * DAY
    joined = members.joined[member]
    begin = np.minimum(np.maximum(joined, np.where(films.upcoming[film], 0, released)), sizes.now - 1)
    chance = rng.random(len(member))
    chance = np.where(released > joined, chance**2.5, chance)
    at = begin + ((sizes.now - begin) * chance).astype(np.int64)
    imported = members.brings[member] & (rng.random(len(member)) < 0.85) & (released < joined)
    at[imported] = np.minimum(joined[imported] + rng.integers(0, 3 * DAY, imported.sum()), sizes.now - 1)
    return at, imported


def _said(rng: np.random.Generator, films: Films, members: Members, first_id: int, rows: tuple[Array, ...]) -> Marks:
    member, film, kind, at, imported = rows
    number = len(member)
    liking = (members.taste[member] == films.genre[film][:, None]).any(axis=1)
    stars = films.quality[film] + members.bias[member] + 0.7 * liking + rng.normal(0, 1.3, number)
    half_stars = np.where(kind == 0, stars.round().clip(1, 10), 0).astype(np.int8)
    watched = kind < 2
    closed = rng.random(number) < members.reserve[member]
    visibility = np.where(closed, 1 + (rng.random(number) < 0.3), PUBLIC).astype(np.int8)
    return Marks(
        ids=np.arange(first_id, first_id + number), member=member, film=film, half_stars=half_stars, at=at,
        watched=watched, liked=watched & (rng.random(number) < np.where(half_stars >= 8, 0.4, 0.02)),
        listed=kind == 2, visibility=visibility, blind=members.hides[member] & (half_stars > 0) & ~imported,
        imported=imported,
    )  # fmt: skip


def write_marks(films: Films, members: Members, marks: Marks) -> None:
    rated = marks.rated
    columns: dict[str, Column] = {
        "id": marks.ids, "member": members.ids[marks.member], "film": films.ids[marks.film],
        "half_stars": Maybe(marks.half_stars, rated), "rated_at": Maybe(marks.at, rated),
        "watched_at": Maybe(marks.at, marks.watched), "liked_at": Maybe(marks.at, marks.liked),
        "watchlisted_at": Maybe(marks.at, marks.listed), "visibility": Coded(marks.visibility, VISIBILITIES),
        "rated_blind": marks.blind, "updated_at": marks.at,
    }  # fmt: skip
    copy_columns(Mark, columns, len(marks))


@dataclass
class Evenings:
    """Viewings, by the places of their marks."""

    ids: Array
    mark: Array


def log(sizes: Sizes, marks: Marks, reviewed: Array, first_id: int) -> Evenings:
    """Which ratings stand in the diary, too: half of those with a review, a quarter of the others, few imported."""
    rng = np.random.default_rng([sizes.seed, 22])
    chance = np.where(marks.imported, 0.05, 0.25)
    chance[reviewed] = 0.5
    mark = np.flatnonzero(marks.rated & (rng.random(len(marks)) < chance))
    return Evenings(np.arange(first_id, first_id + len(mark)), mark)


def write_evenings(sizes: Sizes, films: Films, members: Members, marks: Marks, evenings: Evenings) -> None:
    rng, mark = np.random.default_rng([sizes.seed, 23]), evenings.mark
    number, at = len(mark), marks.at[mark]
    formats = ["", "cinema", "stream", "disc", "tv", "70mm"]
    columns: dict[str, Column] = {
        "id": evenings.ids, "member": members.ids[marks.member[mark]], "film": films.ids[marks.film[mark]],
        "watched_on": at // DAY - rng.choice(3, number, p=[0.7, 0.2, 0.1]), "rewatch": rng.random(number) < 0.08,
        "half_stars": marks.half_stars[mark], "visibility": Coded(marks.visibility[mark], VISIBILITIES),
        "format": Coded(rng.choice(len(formats), number, p=[0.7, 0.08, 0.12, 0.04, 0.04, 0.02]), formats),
        "context_shown": rng.random(number) < 0.3, "created_at": at, "updated_at": at,
    }  # fmt: skip
    copy_columns(Viewing, columns, number)


def write_favourites(sizes: Sizes, films: Films, members: Members, marks: Marks) -> Array:
    """Up to four of what a member gave most stars; returns how many favour each film."""
    rng = np.random.default_rng([sizes.seed, 24])
    loved = np.flatnonzero((marks.half_stars >= 9) & (rng.random(len(members)) < 0.35)[marks.member])
    loved = loved[np.lexsort((rng.random(len(loved)), -marks.half_stars[loved], marks.member[loved]))]
    place = places_within(marks.member[loved])
    loved, place = loved[place < 4], place[place < 4]
    columns = {
        "member": members.ids[marks.member[loved]], "film": films.ids[marks.film[loved]], "position": place + 1
    }  # fmt: skip
    copy_columns(Favourite, columns, len(loved))
    return np.bincount(marks.film[loved], minlength=len(films))
