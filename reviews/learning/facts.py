"""Films that are alike by what the catalogue knows: whose they are, what they belong to, and when and of what kind."""

from collections.abc import Collection, Iterator
from typing import Any, Final

import numpy as np
from django.db.models import QuerySet
from scipy import sparse

from films.models import Credit, Film, Job
from reviews.learning.ratings import Array
from reviews.learning.rows import columns
from reviews.models import Kindred
from reviews.models.taste import MOST_SHOWN

Why = Kindred.Why
# What sharing it is worth. Of several reasons the first is told; people without a job here count for nothing.
WORTH: Final = {Why.FRANCHISE: 4.0, Why.DIRECTOR: 2.0, Why.PEOPLE: 1.0, Why.COMPANY: 0.4}
KINDS: Final = tuple(WORTH)
PEOPLE: Final = (Job.WRITER, Job.COMPOSER, Job.CINEMATOGRAPHER)
LEADING: Final = 6  # of the cast, by the order of the credits
MOST_SHARED_BY: Final = 200  # what more films than that have in common says nothing of two of them
GENRES, YEARS, FAME = 1.0, 0.5, 0.3  # what the same genres and years, and being well known, add at most
A_BLOCK: Final = 2_000
A_SHELF: Final = 40  # well-known films of one kind and time, for films that share nothing with any

type Alike = tuple[Array, str]


def alike(others_of: Collection[int]) -> Iterator[tuple[int, Alike]]:
    """For each film but those in `others_of`: the numbers of up to MOST_SHOWN other films, the likest first, and for
    each a letter that says why.
    """
    catalogue = _Catalogue()
    shared = [_shared(catalogue, kind) for kind in KINDS]
    everything = sparse.hstack([matrix * np.sqrt(WORTH[kind]) for kind, matrix in zip(KINDS, shared, strict=True)])
    everything = everything.tocsr()
    wanted = np.flatnonzero(~np.isin(catalogue.films, np.fromiter(others_of, "i8", len(others_of))))
    for start in range(0, len(wanted), A_BLOCK):
        places = wanted[start : start + A_BLOCK]
        pairs = (everything[places] @ everything.T).tocsr()
        kinds = [(matrix[places] @ matrix.T).tocsr() for matrix in shared]
        for row, place in enumerate(places):
            yield int(catalogue.films[place]), _of_one(catalogue, place, row, pairs, kinds)


class _Catalogue:
    """All films by number, with what is compared of each: genres as bits, year, how well known."""

    def __init__(self) -> None:
        known = Film.objects.order_by("pk").values_list("pk", "year", "popularity")
        blocks = list(columns(known, "bigint", "coalesce({}, 0)::integer", "bigint")) or [[np.zeros(0, "i8")] * 3]
        self.films, self.years, fame = (np.concatenate(parts) for parts in zip(*blocks, strict=True))
        self.fame = np.log1p(fame) / max(1.0, float(np.log1p(fame.max(initial=1))))
        self.genres = np.zeros(len(self.films), "u8")
        for film, genre in columns(Film.genres.through.objects.values_list("film", "genre"), "bigint", "bigint"):
            np.bitwise_or.at(self.genres, self.places(film), np.uint64(1) << (genre % 64).astype("u8"))
        self.shelves: dict[tuple[int, int], Array] = {}
        bits = np.uint64(1) << np.arange(64, dtype="u8")
        self.rarest = [int(bit) for bit in sorted(bits, key=lambda bit: int(((self.genres & bit) > 0).sum()))]
        self.best = np.argsort(-self.fame, kind="stable")

    def places(self, films: Array) -> Array:
        return np.searchsorted(self.films, films)

    def features(self, rows: QuerySet[Any, Any]) -> Any:
        """Films by whatever the second column numbers, each of it known by a few films and by more than one."""
        blocks = list(columns(rows, "bigint", "bigint")) or [[np.zeros(0, "i8")] * 2]
        film, number = (np.concatenate(parts) for parts in zip(*blocks, strict=True))
        _numbers, feature = np.unique(number, return_inverse=True)
        shape = (len(self.films), len(_numbers))
        matrix = sparse.csr_matrix((np.ones(len(film), "f4"), (self.places(film), feature)), shape=shape)
        matrix.data[:] = 1  # of somebody with two jobs
        by = np.asarray(matrix.sum(axis=0)).ravel()
        return matrix[:, (by > 1) & (by <= MOST_SHARED_BY)]

    def rarest_of(self, place: int) -> int:
        """The genre that says most of a film, as a bit; 0 without any."""
        return next((bit for bit in self.rarest if int(self.genres[place]) & bit), 0)

    def shelf(self, genre: int, decade: int) -> Array:
        """The best known films of a genre and a decade, or of any (0)."""
        key = (genre, decade)
        if key not in self.shelves:
            fits = (self.genres & np.uint64(genre)) > 0 if genre else np.ones(len(self.films), bool)
            if decade:
                fits &= self.years // 10 == decade
            self.shelves[key] = self.best[fits[self.best]][:A_SHELF]
        return self.shelves[key]


def _shared(catalogue: _Catalogue, kind: Why) -> Any:
    if kind is Why.FRANCHISE:
        parts = Film.objects.exclude(franchise=None)
        return catalogue.features(parts.values_list("pk", "franchise"))
    if kind is Why.COMPANY:
        made = Film.companies.through.objects.values_list("film", "company")
        return catalogue.features(made)
    credits = Credit.objects.filter(job=Job.DIRECTOR)
    if kind is Why.PEOPLE:
        credits = Credit.objects.filter(job__in=PEOPLE) | Credit.objects.filter(job=Job.ACTOR, position__lt=LEADING)
    return catalogue.features(credits.values_list("film", "person"))


def _of_one(catalogue: _Catalogue, place: int, row: int, pairs: Any, kinds: list[Any]) -> Alike:
    there = slice(pairs.indptr[row], pairs.indptr[row + 1])
    found, worth = pairs.indices[there], pairs.data[there]
    others = found != place
    found, worth = found[others], worth[others]
    worth = worth + _akin(catalogue, place, found)
    best = found[np.lexsort((found, -worth))][:MOST_SHOWN]
    reasons = [_reason(row, kinds, one) for one in best]
    if len(best) < MOST_SHOWN:
        more = _well_known(catalogue, place, best)
        best, reasons = np.concatenate((best, more)), reasons + [Why.KIND] * len(more)
    return catalogue.films[best], "".join(reasons)


def _akin(catalogue: _Catalogue, place: int, found: Array) -> Array:
    mine, theirs = catalogue.genres[place], catalogue.genres[found]
    same, either = np.bitwise_count(mine & theirs), np.bitwise_count(mine | theirs)
    near = np.clip(1 - np.abs(catalogue.years[found] - catalogue.years[place]) / 20, 0, 1)
    return GENRES * same / np.maximum(either, 1) + YEARS * near + FAME * catalogue.fame[found]


def _reason(row: int, kinds: list[Any], other: int) -> str:
    for kind, matrix in zip(KINDS, kinds, strict=True):
        if other in matrix.indices[matrix.indptr[row] : matrix.indptr[row + 1]]:
            return kind
    return Why.KIND


def _well_known(catalogue: _Catalogue, place: int, but: Array) -> Array:
    """What everybody knows of the same kind and time, the most alike first; of the same kind if that is too little."""
    genre, decade = catalogue.rarest_of(place), int(catalogue.years[place]) // 10
    taken = {place, *but.tolist()}
    chosen: list[int] = []
    for shelf in (catalogue.shelf(genre, decade), catalogue.shelf(genre, 0), catalogue.shelf(0, 0)):
        by_likeness = shelf[np.argsort(-_akin(catalogue, place, shelf), kind="stable")]
        chosen += [one for one in by_likeness.tolist() if one not in taken][: MOST_SHOWN - len(but) - len(chosen)]
        taken |= set(chosen)
    return np.array(chosen, "i8")
