"""What every film can be picked and ordered by, in the memory of this process: any filter, any order, exact counts.

Of each word (films/facets.py) there is a compressed bitmap of the films that have it, and of each key a column by the
numbers of the films; with a million films a process is larger by 145 megabytes, and by four for each order that was
asked for (films/ordered.py). Each `Reading` first follows the log of changes (films/following.py), by one query: so it
knows what the database knows, whoever wrote it.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from django.db import DatabaseError, connection
from pyroaring import BitMap

from accounts import prepared
from config.replica import to_read
from films.following import (
    BY_TITLE,
    COLUMNS,
    FILMS,
    MOST_FOLLOWED,
    NOW,
    UNKNOWN,
    UNSEEN,
    UNSEEN_FILMS,
    UNSEEN_WORDS,
    WORDS,
)
from films.narrowing import Ids, Narrowing, Sql
from films.ordered import Numbers, Order
from films.packed import bitmap, loaded, more_time, unpacked

logger: Final = logging.getLogger(__name__)
OFFERED: Final = frozenset("acdgklnrstvx")  # the kinds of words that are counted
IDLE: Final = 6 * 3600  # seconds without a look, after which all is loaded anew: far less than changes stay
MOST_LOOSE: Final = 500  # films without a rank among the titles
MOST_MOVED: Final = 20_000  # films whose keys are others than when they were sorted
MAY_LACK: Final = ("released", "runtime_minutes", "rating_weighted")  # the keys that not every film has
ROOM: Final = 4096  # numbers of films to come
FEW, MOST_OF = 8_000, 0.9  # films, and a share of all: between them what is left out is counted more quickly


class Catalogue:
    """All films as of the snapshot `seen`, of which `last` is the last change in the log, with its transaction."""

    def __init__(self, seen: str, last: tuple[int, int]) -> None:
        self.seen, self.last, self.looked = seen, last, time.monotonic()
        self.words: dict[str, BitMap] = {}
        self.offered: set[str] = set()
        self.room, self.every, self.ranks = 0, BitMap(), np.empty(0, "i4")
        self.orders: dict[str, Order] = {}
        self.sorting = threading.Lock()
        self.columns: dict[str, Numbers] = {name: np.empty(0, f"i{of[-1]}") for name, (_sql, of) in COLUMNS.items()}
        self.known = {name: BitMap() for name in MAY_LACK}
        with more_time():
            for word, packed in loaded(WORDS):
                self._keep(word, bitmap(packed))
            self.read_keys(FILMS)
            self.rank_titles()

    def read_keys(self, query: str, values: Mapping[str, Any] | None = None) -> None:
        """Read the keys of many films at once, by one query."""
        *columns, numbers = loaded(query, values)[0]
        ids = unpacked(numbers, 4)
        if not len(ids):
            return
        self._grow(int(ids.max()))
        with self.sorting:
            self.orders.clear()
            for (name, (_sql, of)), packed in zip(COLUMNS.items(), columns, strict=True):
                self.columns[name][ids] = unpacked(packed, int(of[-1]))
        self.every |= BitMap(np.sort(ids).astype(np.uint32))
        self.known = {name: _known(self.columns[name]) for name in MAY_LACK}

    def rank_titles(self) -> None:
        """Films whose titles came later are loose: they have no rank, and the database has to be asked."""
        ids = unpacked(loaded(BY_TITLE)[0][0], 4)
        self._grow(int(ids.max(initial=0)))
        ranks = np.full(self.room, UNKNOWN, "i4")
        ranks[ids] = np.arange(len(ids))
        self.by_title, self.ranks, self.loose = ids, ranks, BitMap()

    def order(self, name: str) -> Order:
        """All films by that key. Sorted by whoever asks first."""
        with self.sorting:
            if (order := self.orders.get(name)) is None:
                order = self.orders[name] = Order(numbers_of(self.every), self.columns[name])
        return order

    def apply(self, changes: Iterable[tuple[Any, ...]]) -> None:
        for number, maker, film, gained, lost, is_renamed, exists, *keys in changes:
            self.last = max(self.last, (number, maker))
            if not film:
                continue
            self._grow(film)
            for name, key in zip(COLUMNS, keys, strict=True):
                self._move(name, film, key)
                if name in MAY_LACK:
                    _put(self.known[name], film, key != UNKNOWN)
            for word in lost:
                self.words.get(word, _NOBODY).discard(film)
            for word in gained:
                self._keep(word, self.words.get(word, BitMap())).add(film)
            _put(self.every, film, exists)
            if is_renamed:
                self.loose.add(film)
        if len(self.loose) > MOST_LOOSE:
            with more_time():
                self.rank_titles()

    def _move(self, name: str, film: int, key: int) -> None:
        column = self.columns[name]
        with self.sorting:
            if (order := self.orders.get(name)) and column[film] != key:
                order.was.setdefault(film, int(column[film]))
                if len(order.was) > MOST_MOVED:
                    del self.orders[name]
            column[film] = key

    def _keep(self, word: str, films: BitMap) -> BitMap:
        self.words[word] = films
        if word[0] in OFFERED:
            self.offered.add(word)
        return films

    def _grow(self, film: int) -> None:
        """Have room for a film of this number, and for some to come."""
        if film < self.room:
            return
        more = film + ROOM - self.room
        self.columns = {name: _longer(column, more) for name, column in self.columns.items()}
        self.ranks = _longer(self.ranks, more)
        self.room += more


@dataclass(slots=True)
class Reading:
    """One look at the catalogue. What the database has to be asked for is asked once, and only when it is needed.

    `resting` are films that have the word of a service, and do not run there today.
    """

    resting: Mapping[str, BitMap] = field(default_factory=dict)
    read: Catalogue | None = None
    sets: dict[tuple[str, str], BitMap] = field(default_factory=dict)

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue as it is now. One query, or several if this process has not read it yet."""
        if self.read is None:
            self.read = _shelf.read()
        return self.read

    def having(self, word: str) -> BitMap:
        films = self.catalogue.words.get(word, _NOBODY)
        return films - self.resting[word] if word in self.resting else films

    def among(self, asked: Sql | Ids) -> BitMap:
        """The films that a query of `film_id` finds, or that were found before."""
        if not isinstance(asked, Sql):
            return BitMap(asked)
        key = self.key_of(asked)
        if key not in self.sets:
            with to_read().cursor() as cursor:
                cursor.execute(f"SELECT array_agg(film_id) FROM ({asked.text}) one", asked.values)  # noqa: S608 -- ours
                self.sets[key] = BitMap(cursor.fetchone()[0] or ())
        return self.sets[key]

    def key_of(self, asked: Sql) -> tuple[str, str]:
        return asked.text, repr(asked.values)

    def films(self, narrowing: Narrowing) -> BitMap:
        """All that meet the conditions."""
        found = [BitMap.union(*map(self.having, group)) if group else BitMap() for group in narrowing.groups]
        found += [self.among(asked) for asked in narrowing.among]
        left = BitMap.intersection(self.catalogue.every, *sorted(found, key=len))
        for word in narrowing.without:
            left -= self.having(word)
        for asked in narrowing.outside:
            left -= self.among(asked)
        for span in narrowing.spans:
            ids = numbers_of(left)
            values = self.catalogue.columns[span.column][ids]
            fits = values >= max(UNKNOWN + 1, span.least)
            left = BitMap(ids[fits & (values <= span.most)] if span.most is not None else ids[fits])
        return left

    def count(self, films: BitMap, kinds: Iterable[str]) -> dict[str, int]:
        """How many of the films have each word of the kinds; those that none has are left out."""
        kinds, words = set(kinds), self.catalogue.words
        number = self._number_among(films)
        counts = {word: number(words[word]) for word in tuple(self.catalogue.offered) if word[0] in kinds}
        counts |= {word: number(self.having(word)) for word in self.resting.keys() & counts}
        return {word: number for word, number in counts.items() if number}

    def _number_among(self, films: BitMap) -> Callable[[BitMap], int]:
        """What tells of any other films how many of them are among these.

        Thinly spread films are looked up one by one; all others are dense, and looked up by bits, thrice as fast.
        """
        every = self.catalogue.every
        if len(films) == len(every):
            return len
        if not FEW < len(films) < len(every) * MOST_OF:
            return films.intersection_cardinality
        others = every - films
        return lambda some: len(some) - others.intersection_cardinality(some)


def _longer(column: Numbers, more: int) -> Numbers:
    return np.concatenate([column, np.full(more, UNKNOWN, column.dtype)])


def _known(column: Numbers) -> BitMap:
    return BitMap(np.flatnonzero(column != UNKNOWN).astype(np.uint32))


def _put(films: BitMap, film: int, is_in: bool) -> None:
    (films.add if is_in else films.discard)(film)


_NOBODY: Final = BitMap()


def numbers_of(films: BitMap) -> Numbers:
    """Their numbers in ascending order."""
    return np.frombuffer(films.to_array(), np.uint32) if films else np.empty(0, np.uint32)


class _Shelf:
    """The catalogue of this process. A transaction that changed it itself has one of its own, until it ends.

    It is read from the database alone, never from a replica, which another request would find further on.
    """

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.shared: Catalogue | None = None
        self.own = threading.local()

    def read(self) -> Catalogue:
        with self.lock:
            catalogue = self.shared
            if catalogue is None or time.monotonic() - catalogue.looked > IDLE:
                return self._load()
            asked = {"last": catalogue.last[0], "last_by": catalogue.last[1], "seen": catalogue.seen}
            rows = prepared.rows(UNSEEN, asked, on=connection)
            seen, is_there = rows[0][:2]
            if are_many := len(rows) > MOST_FOLLOWED:
                rows = prepared.rows(UNSEEN_WORDS, asked, on=connection)
            if not is_there or len(rows) > MOST_FOLLOWED:
                return self._load()
            if own := [row[2:4] for row in rows if row[4]]:
                return self._apart((len(own), own[-1]))
            if are_many:
                with more_time():
                    catalogue.read_keys(UNSEEN_FILMS, asked)
            catalogue.apply((row[2], row[3], *row[5:]) for row in rows if row[2] is not None)
            catalogue.seen, catalogue.looked = seen, time.monotonic()
            return catalogue

    def _load(self) -> Catalogue:
        seen, number, maker, own = prepared.rows(NOW, on=connection)[0]
        if own:
            return self._apart((own, (number, maker)))
        self.shared = Catalogue(seen, (number, maker))
        return self.shared

    def _apart(self, changes: tuple[int, tuple[int, int]]) -> Catalogue:
        """The catalogue as seen by a transaction that has made changes of its own. `changes`: how many, and the last
        one known.
        """
        if getattr(self.own, "changes", None) != changes:
            self.own.catalogue, self.own.changes = Catalogue("", changes[1]), changes
        found: Catalogue = self.own.catalogue
        return found


_shelf: Final = _Shelf()


def load_ahead() -> None:
    """Load it now, beside whatever else is done, so that no reader waits for it."""
    threading.Thread(target=_load_alone, name="catalogue", daemon=True).start()


def _load_alone() -> None:
    try:
        _shelf.read()
    except DatabaseError as error:  # whoever reads first finds out
        logger.warning("The catalogue could not be loaded ahead: %s", error)
    finally:
        connection.close()
