"""Pages of the narrowed catalogue, at a cost that hardly grows with it: the first as the five-hundredth.

Two ways lead to a page. To walk: read the index of the order from the place on, and look at the facets of each film,
until the page is full; quick where every few films match. To gather: have the index of words give all films that match,
and sort them; quick where few match. We choose by how many films have each word, which is counted, and give either way
a limit. What neither finishes, because films match seldom here and often elsewhere, is walked on to a last limit; then
the page ends there, with fewer films, and the next begins where it stopped. So no page costs more than
WALKED + GATHERED + LAST_WALKED looks at a film, whatever is asked.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import connection

from accounts.compiled import prepared
from films.models import Film
from films.models.film import FilmQuerySet
from films.narrowing import Narrowing, Sizes, Sql
from films.orders import Leg
from films.paging import Slice, cursor_of, read_cursor

WALKED: Final = 12_000
MARGIN: Final = 5  # times as far as we expect to walk
HOPELESS: Final = 4  # times GATHERED: where words let expect so many, they are not gathered
GATHERED: Final = 8000
LAST_WALKED: Final = 16_000

type Place = list[Any]


@dataclass(frozen=True, slots=True)
class Picked:
    """A film's id and its keys in the order, with the number of its leg."""

    leg: int
    keys: Place

    @property
    def film_id(self) -> int:
        return int(self.keys[-1])


@dataclass(slots=True)
class Pick:
    """One page of ids. `after` and `before` are the cursors of the next and the previous page, empty without one.

    `is_short`: the page ends early, and there may be more on the next.
    """

    films: list[Picked] = field(default_factory=list)
    after: str = ""
    before: str = ""
    is_short: bool = False


def pick(
    narrowing: Narrowing, legs: Sequence[Leg], sizes: Sizes, *, size: int, after: str = "", before: str = ""
) -> Pick:
    """The page behind `after`, or the one in front of `before`, or the first. Raises BadCursor."""
    picker = _Picker(narrowing, legs, sizes, size + 1)
    if before:
        picker.gather(read_cursor(before, Film.objects.all(), legs), backwards=True)
        found = picker.found[size - 1 :: -1] if len(picker.found) > size else picker.found[::-1]
        if len(picker.found) > size or picker.stopped:
            first = found[0] if len(picker.found) > size else picker.stopped
            return Pick(found, cursor_of(*_parts(found[-1])) if found else "", _cursor(first), bool(picker.stopped))
        after = ""  # less than a page is in front of it: that is the first page, and it is shown whole
        picker = _Picker(narrowing, legs, sizes, size + 1)
    start = read_cursor(after, Film.objects.all(), legs) if after else None
    picker.gather(start, backwards=False)
    found = picker.found[:size]
    last = found[-1] if len(picker.found) > size else picker.stopped
    first = found[0] if found else Picked(start[0], _past(legs[start[0]], start[1])) if start else None
    return Pick(found, _cursor(last), _cursor(first) if start else "", bool(picker.stopped))


def _past(leg: Leg, keys: Place) -> Place:
    """The next place in the order after this one, so that what is in front of it has the film of this one too."""
    return [*keys[:-1], keys[-1] - 1 if leg.descending else keys[-1] + 1]


@prepared(films=list)
def _cards(films: list[int]) -> FilmQuerySet:
    return Film.objects.with_card().filter(pk__in=films)


def load(pick: Pick, films: FilmQuerySet | None = None) -> Slice[Film]:
    """The films of a page, in its order, as cards or as the query has them."""
    numbers = [place.film_id for place in pick.films]
    there = {film.pk: film for film in _cards(films=numbers)} if films is None else films.in_bulk(numbers)
    return Slice([there[p.film_id] for p in pick.films if p.film_id in there], after=pick.after, before=pick.before)


def _parts(place: Picked) -> tuple[int, Place]:
    return place.leg, place.keys


def _cursor(place: Picked | None) -> str:
    return cursor_of(*_parts(place)) if place else ""


class _Picker:
    """Gathers films leg by leg; `stopped` is where the last limit was met."""

    def __init__(self, narrowing: Narrowing, legs: Sequence[Leg], sizes: Sizes, most: int) -> None:
        self.narrowing, self.legs, self.sizes, self.most = narrowing, legs, sizes, most
        self.found: list[Picked] = []
        self.stopped: Picked | None = None

    def gather(self, start: tuple[int, Place] | None, *, backwards: bool) -> None:
        first = start[0] if start else (len(self.legs) - 1 if backwards else 0)
        numbers = range(first, -1, -1) if backwards else range(first, len(self.legs))
        for number in numbers:
            beyond = start[1] if start and number == first else None
            self._read(number, _Reading(self.legs[number], self.narrowing, beyond, backwards))
            if self.stopped or len(self.found) == self.most:
                return

    def _read(self, number: int, reading: "_Reading") -> None:
        most = self.most - len(self.found)
        rows, place = self._rows(reading, most)
        self.found += [Picked(number, list(row)) for row in rows[:most]]
        self.stopped = Picked(number, place) if place else None

    def _rows(self, reading: "_Reading", most: int) -> tuple[list[Place], Place | None]:
        """Up to `most` rows, and where the reading stopped if it has not seen all."""
        if reading.leg.source:
            return reading.from_set(most), None
        asked = reading.narrowing
        if not asked:
            return reading.walk(most, most), None
        matching = self.sizes.share(asked) * self.sizes.whole
        looks = int(self.most * self.sizes.whole / max(1.0, matching))  # until the page is full
        if looks <= matching and not asked.among:
            looks = min(WALKED, MARGIN * looks)
            rows = reading.walk(looks, most)
            if len(rows) == most or self.sizes.whole <= looks:
                return rows, None
        if asked.among or (asked.groups and matching <= HOPELESS * GATHERED):
            gathered = reading.gather(most)
            if gathered is not None:
                return gathered, None
        return reading.walk_on(LAST_WALKED, most)


@dataclass(frozen=True, slots=True)
class _Reading:
    """One leg, from a place on, in one direction."""

    leg: Leg
    asked: Narrowing
    beyond: Place | None
    backwards: bool

    @property
    def narrowing(self) -> Narrowing:
        return self.asked.and_(self.leg.narrowing)

    def _order(self, row: str) -> str:
        way = "DESC" if self.leg.descending is not self.backwards else "ASC"
        return ", ".join(f"{row}.{key} {way}" for key in self.leg.keys)

    def _rest(self) -> Sql:
        """What the index of the order answers: which films belong to the leg, and which lie beyond the place."""
        if self.beyond is None:
            return Sql(self.leg.index)
        sign = "<" if self.leg.descending is not self.backwards else ">"
        left = ", ".join(f"f.{key}" for key in self.leg.keys)
        right = ", ".join(["%s"] * len(self.leg.keys))
        return Sql(f"{self.leg.index} AND ({left}) {sign} ({right})", tuple(self.beyond))

    def _keys(self, row: str) -> str:
        return ", ".join(f"{row}.{key}" for key in self.leg.keys)

    def _walked(self, looks: int) -> Sql:
        rest = self._rest()
        text = f"SELECT {self._keys('f')} FROM films_film f WHERE {rest.text} ORDER BY {self._order('f')} LIMIT {looks}"
        return Sql(text, rest.values)

    def _matching(self, row: str, *, among: bool = True) -> Sql:
        """Behind OFFSET 0 the look at a film's facets stays one look a film, in the order of the films."""
        asked = self.narrowing.sql(among=among)
        text = f"LATERAL (SELECT 1 FROM films_filmfacets s WHERE s.film_id = {row} AND {asked.text} OFFSET 0) m"
        return Sql(text, asked.values)

    def walk(self, looks: int, most: int) -> list[Place]:
        walked = self._walked(looks)
        if not self.narrowing:
            return _rows(walked)
        match = self._matching("w.id")
        text = f"SELECT {self._keys('w')} FROM ({walked.text}) w, {match.text} ORDER BY {self._order('w')} LIMIT {most}"
        return _rows(Sql(text, walked.values + match.values))

    def walk_on(self, looks: int, most: int) -> tuple[list[Place], Place | None]:
        """The same, with the place where it stopped when it looked at as many as it may and the page is not full."""
        walked, match = self._walked(looks), self._matching("w.id")
        text = f"""
            WITH w AS MATERIALIZED ({walked.text}),
                found AS (SELECT {self._keys("w")} FROM w, {match.text} ORDER BY {self._order("w")} LIMIT {most}),
                place AS (SELECT {self._keys("w")} FROM w ORDER BY {self._order("w")} OFFSET {looks - 1} LIMIT 1)
            SELECT 0, found.* FROM found UNION ALL SELECT 1, place.* FROM place
        """
        rows = _rows(Sql(text, walked.values + match.values))
        found = [row[1:] for row in rows if row[0] == 0]
        place = next((row[1:] for row in rows if row[0] == 1), None)
        return found, None if len(found) == most else place

    def gather(self, most: int) -> list[Place] | None:
        """All that match, sorted; None when they are more than GATHERED."""
        matching, rest = self._candidates(), self._rest()
        text = f"""
            WITH c AS MATERIALIZED ({matching.text} LIMIT (SELECT {GATHERED + 1})),
                found AS (
                    SELECT {self._keys("w")} FROM c, LATERAL (
                        SELECT {self._keys("f")} FROM films_film f WHERE f.id = c.film_id AND {rest.text} OFFSET 0
                    ) w WHERE (SELECT count(*) FROM c) <= {GATHERED} ORDER BY {self._order("w")} LIMIT {most}
                )
            SELECT n.number > {GATHERED}, found.* FROM (SELECT count(*) AS number FROM c) n LEFT JOIN found ON TRUE
        """
        rows = _rows(Sql(text, matching.values + rest.values))
        if rows[0][0]:
            return None
        return [row[1:] for row in rows if row[-1] is not None]

    def _candidates(self) -> Sql:
        """A query of the ids of all that match. With the limit hidden in a subquery, the planner expects to read on."""
        if not self.narrowing.among:
            asked = self.narrowing.sql()
            return Sql(f"SELECT s.film_id FROM films_filmfacets s WHERE {asked.text}", asked.values)
        among, match = self.narrowing.among, self._matching("a.film_id", among=False)
        sets = " INTERSECT ".join(f"(SELECT film_id FROM ({each.text}) one)" for each in among)
        values = tuple(value for each in among for value in each.values)
        return Sql(f"SELECT DISTINCT a.film_id FROM ({sets}) a, {match.text}", values + match.values)

    def from_set(self, most: int) -> list[Place]:
        assert self.leg.source is not None
        source, match, rest = self.leg.source, self._matching("f.id"), self._rest()
        text = f"""SELECT {self._keys("f")} FROM ({source.text}) f, {match.text}
            WHERE {rest.text} ORDER BY {self._order("f")} LIMIT {most}"""
        return _rows(Sql(text, source.values + match.values + rest.values))


def _rows(sql: Sql) -> list[Place]:
    with connection.cursor() as cursor:
        cursor.execute(sql.text, sql.values)
        return [list(row) for row in cursor.fetchall()]
