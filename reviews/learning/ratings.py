"""The ratings that may teach: only what somebody signed out may see, that counts, and whose member lends it."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from django.contrib.auth.models import AnonymousUser
from scipy import sparse

from films.models import Film
from reviews.learning.rows import columns
from reviews.models import Mark
from reviews.models.mark import MarkQuerySet

FEWEST: Final = 5  # members who rated a film, or both of two films, before anything is said of it
MOST_FILMS: Final = 50_000  # the most rated; the others are known by their facts
MOST_OF_ONE: Final = 300  # of a member, the latest: nobody's taste outweighs everybody's

type Array = np.ndarray[Any, Any]


@dataclass(frozen=True, slots=True)
class Ratings:
    """Members by films, the most rated film first: how much the member liked it, from a tenth to one."""

    films: Array
    liking: Any  # a sparse matrix by rows


def that_teach() -> MarkQuerySet:
    return Mark.objects.visible_to(AnonymousUser()).counted().filter(member__lends_taste=True)


def read_ratings() -> Ratings:
    known = np.array(Film.objects.filter(rating_count__gte=FEWEST).order_by("pk").values_list("pk", flat=True), "i8")
    marks = that_teach().values_list("member", "film", "half_stars", "rated_at")
    blocks: list[tuple[Array, ...]] = []
    for member, film, half_stars, at in columns(
        marks, "bigint", "bigint", "smallint", "extract(epoch FROM {})::bigint"
    ):
        place = np.searchsorted(known, film)
        there = place < len(known)
        there[there] = known[place[there]] == film[there]
        kept = (place[there].astype("i4"), half_stars[there].astype("u1"), (at[there] // 60).astype("i4"))
        blocks.append((member[there].astype("i4"), *kept))
    if not blocks:
        return Ratings(known[:0], sparse.csr_matrix((0, 0), dtype="f4"))
    member, place, half_stars, at = (np.concatenate(parts) for parts in zip(*blocks, strict=True))
    blocks.clear()
    return _arranged(known, member, place, half_stars, at)


def _arranged(known: Array, member: Array, place: Array, half_stars: Array, at: Array) -> Ratings:
    order = np.lexsort((place, -at, member))
    member, place, half_stars = member[order], place[order], half_stars[order]
    first = np.flatnonzero(np.r_[True, member[1:] != member[:-1]]) if len(member) else np.zeros(0, "i8")
    age = np.arange(len(member)) - np.repeat(first, np.diff(np.r_[first, len(member)]))
    late = age < MOST_OF_ONE
    member, place, half_stars = member[late], place[late], half_stars[late]
    counts = np.bincount(place, minlength=len(known))
    films = np.argsort(-counts, kind="stable")[:MOST_FILMS]
    films = films[counts[films] >= FEWEST]
    column = np.full(len(known), -1, "i4")
    column[films] = np.arange(len(films), dtype="i4")
    enters = column[place] >= 0
    _members, row = np.unique(member[enters], return_inverse=True)
    shape = (len(_members), len(films))
    value = likings(half_stars[enters])
    return Ratings(known[films], sparse.csr_matrix((value, (row, column[place[enters]])), shape=shape, dtype="f4"))


def likings(half_stars: Array) -> Array:
    """Five stars say as much as anything can, one star and less next to nothing."""
    return np.clip((half_stars.astype("f4") - 2) / 8, 0.1, 1)
