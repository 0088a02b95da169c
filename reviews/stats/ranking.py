"""Directors, actors, genres, countries, languages, decades, companies: seen most, and rated highest."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from django.utils.translation import gettext as _
from pyroaring import BitMap

from config.replica import to_read
from films.catalogue import Catalogue, numbers_of
from films.narrowing import Sql
from films.ordered import Numbers
from films.packed import unpacked

# In the order of the page. Those with a letter are words of films (films/facets.py).
KINDS: Final = ("director", "actor", "genre", "country", "language", "decade", "company")
WORDS: Final = {"g": "genre", "c": "country", "l": "language", "d": "decade"}
MOST_RANKED: Final = 10
FEWEST_RATED: Final = 3  # films with stars, for a mean that says something
FEWEST_OF_A_YEAR: Final = 2
# Films of one person or company to be named for: nearly everybody made one.
FEWEST_FILMS: Final = {"director": 2, "actor": 2, "company": 2}

# The rows that are seen are found by themselves (OFFSET 0): joined to their member one by one, they took longer.
MADE_BY: Final = """
    SELECT 'director' AS kind, string_agg(int4send(c.person_id::int), ''), string_agg(int4send(c.film_id::int), '')
        FROM films_credit c JOIN ({films} OFFSET 0) seen USING (film_id) WHERE c.job = 'director'
    UNION ALL SELECT 'actor', string_agg(int4send(c.person_id::int), ''), string_agg(int4send(c.film_id::int), '')
        FROM films_credit c JOIN ({films} OFFSET 0) seen USING (film_id) WHERE c.job = 'actor'
    UNION ALL SELECT 'company', string_agg(int4send(c.company_id::int), ''), string_agg(int4send(c.film_id::int), '')
        FROM films_film_companies c JOIN ({films} OFFSET 0) seen USING (film_id)
    UNION ALL SELECT 'likes', string_agg(int4send(likes::int), ''), string_agg(int4send(id::int), '') FROM (
        SELECT id, least(like_count, 2147483647) AS likes FROM films_film
        WHERE id = ANY(%s::bigint[]) AND like_count > 0 ORDER BY likes DESC, id DESC LIMIT {liked}
    ) f
"""
NAMES: Final = """
    SELECT 'director', id::text, slug, name FROM films_person WHERE id = ANY(%(person)s)
    UNION ALL SELECT 'company', id::text, slug, name FROM films_company WHERE id = ANY(%(company)s)
    UNION ALL SELECT 'genre', id::text, slug, name FROM films_genre WHERE id = ANY(%(genre)s)
    UNION ALL SELECT 'country', code, code, name FROM films_country WHERE code = ANY(%(country)s)
    UNION ALL SELECT 'language', code, code, name FROM films_language WHERE code = ANY(%(language)s)
"""


@dataclass(frozen=True, slots=True)
class Place:
    """`films` of it were seen; the `rated` ones have this mean in stars, if there are any."""

    slug: str
    name: str
    films: int
    rated: int
    mean: float | None


@dataclass(frozen=True, slots=True)
class Ranking:
    """`most` by how many films were seen, `best` by their mean, of what has films with stars enough."""

    kind: str
    most: list[Place]
    best: list[Place]


@dataclass(frozen=True, slots=True)
class _Tally:
    """For each key how many films there are, how many of them have stars, and the sum of their half-stars."""

    keys: Any
    films: Numbers
    rated: Numbers
    total: Numbers

    def most(self, fewest: int) -> list[int]:
        order = np.lexsort((self._means(), self.films))[::-1]
        return [int(place) for place in order[self.films[order] >= fewest][:MOST_RANKED]]

    def best(self, fewest: int) -> list[int]:
        order = np.lexsort((self.rated, self._means()))[::-1]
        return [int(place) for place in order[self.rated[order] >= fewest][:MOST_RANKED]]

    def _means(self) -> Any:
        return self.total / np.maximum(self.rated, 1)


def made_by(films: Sql, known: list[int]) -> dict[str, tuple[Numbers, Numbers]]:
    """Directors, actors and companies of the films that a query finds: for each credit who and of which film.

    Under "likes", of the `known` films that most members like, how many do. One query.
    """
    with to_read().cursor() as cursor:
        cursor.execute(MADE_BY.format(films=films.text, liked=MOST_RANKED), [*films.values * 3, known])
        return {kind: (unpacked(who, 4), unpacked(of, 4)) for kind, who, of in cursor.fetchall()}


def rank(
    catalogue: Catalogue, credits: dict[str, tuple[Numbers, Numbers]], films: Numbers, stars: Numbers, fewest: int
) -> list[Ranking]:
    """The genres, people and so on of these films: which occur most, and which have the best stars. `stars` are
    half-stars of each film, 0 where it has none. One query for all names.
    """
    tallies = {kind: _of_credits(*credits[kind], films, stars) for kind in ("director", "actor", "company")}
    tallies |= _of_words(catalogue, films, stars)
    chosen = {kind: (tally.most(FEWEST_FILMS.get(kind, 1)), tally.best(fewest)) for kind, tally in tallies.items()}
    names = _names({kind: [tallies[kind].keys[n] for n in {*most, *best}] for kind, (most, best) in chosen.items()})
    return [
        Ranking(kind, *(_places(tallies[kind], names[kind], order) for order in chosen[kind]))
        for kind in KINDS
        if chosen[kind][0]
    ]


def _of_credits(who: Numbers, of: Numbers, films: Numbers, stars: Numbers) -> _Tally:
    """Whoever plays two parts in a film is counted once; a film that was seen since `films` were read, not yet."""
    pairs = np.sort(who.astype("i8") << 32 | of)
    pairs = pairs[_begins(pairs)]
    of, place = pairs & 0xFFFFFFFF, np.searchsorted(films, pairs & 0xFFFFFFFF)
    known = films[np.minimum(place, len(films) - 1)] == of if len(films) else np.zeros(len(of), bool)
    keys, given = pairs[known] >> 32, stars[place[known]].astype(int)
    first = np.flatnonzero(_begins(keys))
    if not len(first):
        return _Tally([], *(np.empty(0, int) for _column in range(3)))
    films_each = np.diff(np.append(first, len(keys)))
    return _Tally(
        keys[first], films_each, np.add.reduceat((given > 0).astype(int), first), np.add.reduceat(given, first)
    )


def _begins(ordered: Numbers) -> Any:
    """Which of these numbers are not the same as the one before."""
    begins = np.ones(len(ordered), bool)
    begins[1:] = ordered[1:] != ordered[:-1]
    return begins


def _of_words(catalogue: Catalogue, films: Numbers, stars: Numbers) -> dict[str, _Tally]:
    seen = BitMap(films.astype(np.uint32))
    found: dict[str, list[tuple[str, int, int, int]]] = {kind: [] for kind in WORDS.values()}
    for word in sorted(catalogue.offered):
        if (kind := WORDS.get(word[0])) and (those := numbers_of(seen & catalogue.words[word])).size:
            given = stars[np.searchsorted(films, those)]
            found[kind].append((word[1:], len(those), int((given > 0).sum()), int(given.sum())))
    return {
        kind: _Tally([row[0] for row in rows], *(np.array([row[n] for row in rows], int) for n in (1, 2, 3)))
        for kind, rows in found.items()
    }


def _names(keys: dict[str, Iterable[Any]]) -> dict[str, dict[str, tuple[str, str]]]:
    """By kind and key the slug and the name."""
    asked: dict[str, Any] = {
        "person": [int(key) for kind in ("director", "actor") for key in keys[kind]],
        "company": [int(key) for key in keys["company"]],
        "genre": [int(key) for key in keys["genre"]],
        "country": list(keys["country"]),
        "language": list(keys["language"]),
    }
    found: dict[str, dict[str, tuple[str, str]]] = {kind: {} for kind in KINDS}
    with to_read().cursor() as cursor:
        cursor.execute(NAMES, asked)
        for kind, key, slug, name in cursor.fetchall():
            found[kind][key] = slug, name
    decades = {key: (f"{key}s", _("%(decade)ss") % {"decade": key}) for key in keys["decade"]}
    return found | {"actor": found["director"], "decade": decades}


def _places(tally: _Tally, names: dict[str, tuple[str, str]], order: list[int]) -> list[Place]:
    """Without those that were merged into others or went since they were counted."""
    places = []
    for n in order:
        if (named := names.get(str(tally.keys[n]))) is not None:
            rated = int(tally.rated[n])
            mean = round(float(tally.total[n]) / rated / 2, 2) if rated else None
            places.append(Place(*named, int(tally.films[n]), rated, mean))
    return places
