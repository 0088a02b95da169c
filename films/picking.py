"""Pages of the narrowed catalogue, the five-hundredth as quick as the first: picked in memory (films/catalogue.py)."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Final

import numpy as np
from django.db.models import DecimalField
from pyroaring import BitMap

from accounts.compiled import prepared
from config.replica import to_read
from films.catalogue import Numbers, Reading, numbers_of
from films.following import MILLION
from films.models import Film
from films.models.film import FilmQuerySet
from films.narrowing import Narrowing, Sql
from films.ordered import walk
from films.orders import Leg
from films.paging import Slice, cursor_of, read_cursor

SAMPLED: Final = 4096  # of many keys, to guess from which one on the page lies
SPREAD: Final = 16  # one film in so many: where no fewer are to be chosen from, the first of all are looked through

type Place = list[Any]


@dataclass(frozen=True, slots=True)
class Picked:
    """A film's keys in the order, the last of which is its id, and the number of its leg."""

    leg: int
    keys: Place

    @property
    def film_id(self) -> int:
        return int(self.keys[-1])

    @property
    def cursor(self) -> str:
        return cursor_of(self.leg, self.keys)


@dataclass(slots=True)
class Pick:
    """One page of ids. `after` and `before` are the cursors of the next and the previous page, empty without one."""

    films: list[int] = field(default_factory=list)
    after: str = ""
    before: str = ""


def pick(
    reading: Reading, narrowing: Narrowing, legs: Sequence[Leg], *, size: int, after: str = "", before: str = ""
) -> Pick:
    """The page behind `after`, or the one in front of `before`, or the first. Raises BadCursor."""
    films = reading.films(narrowing)
    if before:
        found = _gather(reading, films, legs, size + 1, read_cursor(before, Film.objects.all(), legs), backwards=True)
        if len(found) > size:
            found = found[size - 1 :: -1]
            return Pick(_ids(found), found[-1].cursor, found[0].cursor)
        after = ""  # less than a page is in front of it: that is the first page, and it is shown whole
    start = read_cursor(after, Film.objects.all(), legs) if after else None
    found = _gather(reading, films, legs, size + 1, start, backwards=False)
    more, found = len(found) > size, found[:size]
    if found:
        return Pick(_ids(found), found[-1].cursor if more else "", found[0].cursor if start else "")
    return Pick(before=_past(legs[start[0]], Picked(*start)).cursor if start else "")


def look_up(reading: Reading, narrowings: Iterable[Narrowing]) -> None:
    """Ask the database at once for all that these have to ask it for. One query, if there is anything."""
    queries = (sql for each in narrowings for sql in (*each.among, *each.outside) if isinstance(sql, Sql))
    asked = {key: sql for sql in queries if (key := reading.key_of(sql)) not in reading.sets}
    if not asked:
        return
    parts = (f"SELECT {n}, array_agg(film_id) FROM ({sql.text}) one" for n, sql in enumerate(asked.values()))
    values = tuple(value for sql in asked.values() for value in sql.values)
    keys = list(asked)
    for number, films in _rows(Sql(" UNION ALL ".join(parts), values)):
        reading.sets[keys[number]] = BitMap(films or ())


def _ids(found: Sequence[Picked]) -> list[int]:
    return [place.film_id for place in found]


def _past(leg: Leg, place: Picked) -> Picked:
    """The next place in the order after this one, so that what is in front of it has the film of this one too."""
    return replace(place, keys=[*place.keys[:-1], place.keys[-1] + (-1 if leg.descending else 1)])


@prepared(films=list)
def _cards(films: list[int]) -> FilmQuerySet:
    return Film.objects.with_card().filter(pk__in=films)


def cards(numbers: list[int]) -> list[Film]:
    """Films as they stand on a wall, in any order; one query."""
    return _cards(films=numbers)


def load(pick: Pick, read: Callable[[list[int]], list[Film]] = cards) -> Slice[Film]:
    """The films of a page, in its order, as `read` has them."""
    there = {film.pk: film for film in read(pick.films)}
    return Slice([there[number] for number in pick.films if number in there], after=pick.after, before=pick.before)


def _gather(
    reading: Reading,
    films: BitMap,
    legs: Sequence[Leg],
    most: int,
    start: tuple[int, Place] | None,
    *,
    backwards: bool,
) -> list[Picked]:
    """Up to `most` films, from one leg after the other."""
    found: list[Picked] = []
    runs = [_Run(reading, leg) for leg in legs]
    shares = _dealt(runs, films)
    first = start[0] if start else (len(legs) - 1 if backwards else 0)
    for number in range(first, -1, -1) if backwards else range(first, len(legs)):
        beyond = start[1] if start and number == first else None
        keys = runs[number].first(shares[number], most - len(found), beyond, backwards)
        found += [Picked(number, place) for place in keys]
        if len(found) == most:
            break
    return found


def _dealt(runs: Sequence["_Run"], films: BitMap) -> list[BitMap]:
    """Each leg's films: those that belong there and to none before."""
    shares: list[BitMap] = []
    for number, run in enumerate(runs):
        shares.append(run.members(films) if number + 1 < len(runs) else films)
        films = films - shares[-1]
    return shares


@dataclass(slots=True)
class _Run:
    """One leg of films in memory."""

    reading: Reading
    leg: Leg
    own: tuple[Numbers, list[Any]] | None = None  # the ids and keys of its source, by the ids

    @property
    def key(self) -> str:
        return self.leg.keys[0]

    def members(self, films: BitMap) -> BitMap:
        if self.leg.source:
            ids, _keys = self._source()
            return films & BitMap(ids)
        if self.leg.narrowing:
            films = films & self.reading.films(self.leg.narrowing)
        known = self.reading.catalogue.known.get(self.key)
        return films if known is None else films & known

    def first(self, films: BitMap, most: int, beyond: Place | None, backwards: bool) -> list[Place]:
        """The keys of the first films in the order that lie beyond the place."""
        descending = self.leg.descending is not backwards
        if self.key == "sort_title":
            return self._first_by_title(films, most, beyond, descending)
        place = None if beyond is None else (_whole(beyond[0]), beyond[1])
        ids = self._ahead(films, most, place, descending)
        keys = self._keys(ids)
        chosen = _best(ids, keys, most, descending, place)
        return [
            [self._shown(key), number] for key, number in zip(keys[chosen].tolist(), ids[chosen].tolist(), strict=True)
        ]

    def _are_many(self, films: BitMap) -> bool:
        return len(films) * SPREAD > len(self.reading.catalogue.every)

    def _ahead(self, films: BitMap, most: int, place: tuple[int, int] | None, descending: bool) -> Numbers:
        """Films among which the first beyond the place are: of many, the next in the order and those that lie loose."""
        if not self.leg.source and self._are_many(films):
            catalogue = self.reading.catalogue
            order, column = catalogue.order(self.key), catalogue.columns[self.key]
            start = order.place_of(place, column, descending)
            if (found := walk(order.ids, start, descending, films, order.was, most)) is not None:
                return numbers_of(BitMap(found) | films & BitMap(list(order.was)))
        return numbers_of(films)

    def _keys(self, ids: Numbers) -> Numbers:
        if not self.leg.source:
            return self.reading.catalogue.columns[self.key].take(ids)
        own, keys = self._source()
        return np.asarray(keys, np.int64)[np.searchsorted(own, ids)]

    def _shown(self, key: int) -> Any:
        """The key as a cursor writes it."""
        is_mean = self.key == "rating_weighted" or isinstance(self.leg.kept_as, DecimalField)
        return Decimal(key) / MILLION if is_mean else key

    def _source(self) -> tuple[Numbers, list[Any]]:
        """Means are kept in millionths."""
        if self.own is None:
            assert self.leg.source is not None
            rows = _rows(Sql(f"SELECT id, key FROM ({self.leg.source.text}) one ORDER BY id", self.leg.source.values))
            ids = np.array([number for number, _key in rows], np.uint32)
            self.own = ids, [_whole(key) for _number, key in rows]
        return self.own

    def _first_by_title(self, films: BitMap, most: int, beyond: Place | None, descending: bool) -> list[Place]:
        """The first films by title. Their ranks give the order; films without a rank yet are put in their places by the
        database.
        """
        catalogue, way = self.reading.catalogue, "DESC" if descending else "ASC"
        rest = Sql("TRUE")
        if beyond is not None:
            rest = Sql(f"(sort_title, id) {'<' if descending else '>'} (%s, %s)", tuple(beyond))
        order = f"ORDER BY sort_title {way}, id {way}"
        start = len(catalogue.by_title) if descending else 0
        if beyond is not None:
            many = len(catalogue.loose) + 1
            near = Sql(f"SELECT id FROM films_film WHERE {rest.text} {order} LIMIT {many}", rest.values)
            ranks = (int(catalogue.ranks[number]) for (number,) in _rows(near) if number not in catalogue.loose)
            start = next((rank + descending for rank in ranks), 0 if descending else len(catalogue.by_title))
        chosen = [*self._next_by_title(films, most, start, descending), *(films & catalogue.loose)]
        text = f"SELECT sort_title, id FROM films_film WHERE id = ANY(%s) AND {rest.text} {order} LIMIT {most}"
        return [list(row) for row in _rows(Sql(text, (chosen, *rest.values)))]

    def _next_by_title(self, films: BitMap, most: int, start: int, descending: bool) -> list[int]:
        """The first that have a rank below `start`, or from there on."""
        catalogue = self.reading.catalogue
        if self._are_many(films):
            found = walk(catalogue.by_title, start, descending, films, catalogue.loose, most)
            if found is not None:
                return found
        ids = numbers_of(films - catalogue.loose)
        ranks = catalogue.ranks.take(ids)
        fits = ranks < start if descending else ranks >= start
        ids, ranks = ids[fits], ranks[fits]
        return ids[_best(ids, ranks, most, descending)].tolist()


def _best(ids: Numbers, keys: Numbers, most: int, descending: bool, beyond: tuple[int, int] | None = None) -> Numbers:
    """Where the first `most` beyond a key and number are, in their order by key and then by number; `ids` ascend."""
    signed = keys if descending else -keys
    if beyond is None:
        among = _likely(signed, most, descending)
    else:
        among = _likely_beyond(ids, signed, most, descending, (beyond[0] if descending else -beyond[0], beyond[1]))
    if len(among) > most:
        some = signed[among]
        least = np.partition(some, len(some) - most)[len(some) - most]
        above, equal = among[some > least], among[some == least]
        among = np.concatenate([above, _first(equal, most - len(above), descending)])
    return among[np.lexsort((ids[among].astype(np.int64) * (-1 if descending else 1), -signed[among]))]


def _likely_beyond(ids: Numbers, signed: Numbers, most: int, descending: bool, place: tuple[int, int]) -> Numbers:
    """Where the first `most` beyond a place are among others: nothing that lies before it, and few of what is far."""
    key, number = place
    tied = np.flatnonzero(signed == key)
    beside = ids[tied]
    tied = _first(tied[beside < number if descending else beside > number], most, descending)
    if len(tied) == most:
        return tied
    return np.concatenate([tied, _likely(signed, most - len(tied), descending, below=key)])


def _likely(signed: Numbers, most: int, descending: bool, *, below: int | None = None) -> Numbers:
    """Where the first `most` below a key are among others: of many, those above what a sample lets expect, and ties."""
    if len(signed) > 4 * SAMPLED:
        sample = np.sort(signed[:: len(signed) // SAMPLED])
        back = 16 + 2 * most * len(sample) // len(signed)
        if below is not None:
            sample = sample[: np.searchsorted(sample, below)]
        if len(sample):
            guess = sample[-min(len(sample), back)]
            above = signed > guess if below is None else (signed > guess) & (signed < below)
            likely, equal = np.flatnonzero(above), np.flatnonzero(signed == guess)
            if len(likely) + len(equal) >= most:
                return np.concatenate([likely, _first(equal, most, descending)])
    return np.arange(len(signed)) if below is None else np.flatnonzero(signed < below)


def _first(ties: Numbers, most: int, descending: bool) -> Numbers:
    """The first of films that have the same key. `ties` are their numbers, ascending."""
    return ties[max(0, len(ties) - most) :] if descending else ties[:most]


def _whole(value: Any) -> int:
    """A key as a whole number: what is kept with six decimals in millionths."""
    return int(value * MILLION) if isinstance(value, Decimal) else int(value)


def _rows(sql: Sql) -> list[tuple[Any, ...]]:
    with to_read().cursor() as cursor:
        cursor.execute(sql.text, sql.values)
        return cursor.fetchall()
