"""How many films are found, and how many of them each choice would leave: counted up to a limit, whatever is asked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import connection
from django.utils import timezone

from films.choices import NAMED, Choices
from films.facets import EVERY
from films.narrowing import Narrowing, Sizes, Sql

MOST_COUNTED: Final = 1000
SCANNED: Final = 20_000  # rows that are read, whatever they match, to find MOST_COUNTED
DENSE: Final = 0.06  # of films that match: there some rows of the table do as well as an index
SLICES: Final = 400  # of the catalogue by its numbers; of each as many rows as make SCANNED
STRIDE: Final = 247  # from slice to slice: no divisor of SLICES, and near the golden section of them

# The same rows each time, of all parts of the catalogue alike however soon one has enough: the oldest numbers often
# belong to the oldest films.
SPREAD: Final = f"""
    SELECT part.* FROM (
        SELECT min(film_id) AS least, (max(film_id) - min(film_id)) / {SLICES} + 1 AS width FROM films_filmfacets
    ) span, generate_series(0, {SLICES - 1}) number, LATERAL (
        SELECT * FROM films_filmfacets
        WHERE film_id >= least + mod(number * {STRIDE}, {SLICES}) * width
            AND film_id < least + (mod(number * {STRIDE}, {SLICES}) + 1) * width
        ORDER BY film_id LIMIT {SCANNED // SLICES}
    ) part
"""
OFFERED: Final = "acdgklnrstvx"  # the kinds that are counted


@dataclass(frozen=True, slots=True)
class Counts:
    """Numbers by word, EVERY for all that were found. `is_least`: there are at least so many, of each word.

    `is_whole`: all the same it is known how many were found.
    """

    of: Mapping[str, int] = field(default_factory=dict)
    is_least: bool = False
    is_whole: bool = True

    @property
    def found(self) -> int:
        return self.of.get(EVERY, 0)


def count(narrowing: Narrowing, choices: Choices, instead: Mapping[str, Narrowing] | None = None) -> Counts:
    """What is found, and what of it has each word; exact up to MOST_COUNTED films.

    `instead` says what is found if a choice of these kinds is made in place of the one that is on. Two queries at most.
    """
    if not narrowing:
        return Counts(choices.counts)
    instead = instead or {}
    asked = [(OFFERED.translate({ord(kind): None for kinds in instead for kind in kinds}), narrowing)]
    asked += [(kinds, other) for kinds, other in instead.items() if other]
    found = _sampled(asked, choices.sizes)
    total = found.get(EVERY, 0)
    if total <= MOST_COUNTED and choices.sizes.whole > SCANNED and _is_dense(narrowing, choices.sizes):
        found = found | _sampled([("".join(set(OFFERED)), narrowing)], choices.sizes, indexed=True)
        total = found.get(EVERY, 0)
    known = {
        word: n
        for kinds, other in instead.items()
        if not other
        for word, n in choices.counts.items()
        if word[0] in kinds
    }
    exact = _exact(narrowing, choices)
    counts = found | known | ({EVERY: exact} if exact is not None else {})
    more = total > MOST_COUNTED
    return Counts(counts, more, exact is not None or not more)


def _exact(narrowing: Narrowing, choices: Choices) -> int | None:
    """Of one word alone it is known how many films have it."""
    is_one = len(narrowing.groups) == 1 and len(narrowing.groups[0]) == 1
    if not is_one or narrowing.without or narrowing.among or narrowing.checks:
        return None
    return choices.counts.get(narrowing.groups[0][0])


def count_each(narrowings: Sequence[Narrowing], sizes: Sizes, most: int = 100) -> list[int]:
    """How many each would find, up to one more than `most`, in one query."""
    if not narrowings:
        return []
    parts = [_sample(each, sizes, most) for each in narrowings]
    text = " UNION ALL ".join(f"SELECT {number}, count(*) FROM ({part.text}) s" for number, part in enumerate(parts))
    with connection.cursor() as cursor:
        cursor.execute(text, [value for part in parts for value in part.values])
        found = dict(cursor.fetchall())
    return [found[number] for number in range(len(parts))]


def _is_dense(narrowing: Narrowing, sizes: Sizes) -> bool:
    return not narrowing.among and sizes.share(narrowing) > DENSE


def _sample(narrowing: Narrowing, sizes: Sizes, most: int, *, indexed: bool = False) -> Sql:
    """Up to one more than `most` that match; the same ones each time."""
    if narrowing.among:
        asked = narrowing.sql(among=False)
        sets = " INTERSECT ".join(f"(SELECT film_id FROM ({each.text}) one)" for each in narrowing.among)
        values = tuple(value for each in narrowing.among for value in each.values)
        text = f"""SELECT s.film_id, s.words FROM (SELECT DISTINCT film_id FROM ({sets}) a) a,
            LATERAL (SELECT * FROM films_filmfacets s WHERE s.film_id = a.film_id AND {asked.text} OFFSET 0) s
            LIMIT {most + 1}"""
        return Sql(text, values + asked.values)
    asked = narrowing.sql()
    rows = "films_filmfacets"
    if not indexed and (_is_dense(narrowing, sizes) or not narrowing.groups):
        rows = f"({SPREAD})"
    # With the limit hidden in a subquery, the planner does not take a few rows for the first ones of the table.
    return Sql(f"SELECT s.film_id, s.words FROM {rows} s WHERE {asked.text} LIMIT (SELECT {most + 1})", asked.values)


def _sampled(asked: Iterable[tuple[str, Narrowing]], sizes: Sizes, *, indexed: bool = False) -> dict[str, int]:
    """By word, from one query. Services count where they run today, which their words do not say."""
    names: list[str] = []
    counts: list[str] = []
    values: list[Any] = []
    last: list[Any] = []
    today = timezone.localdate()
    for number, (kinds, narrowing) in enumerate(asked):
        part = _sample(narrowing, sizes, MOST_COUNTED, indexed=indexed)
        names.append(f"sample{number} AS MATERIALIZED ({part.text})")
        values += part.values
        counts.append(
            f"SELECT word, count(*) FROM sample{number}, unnest(words || '{EVERY}'::text) word"
            f" WHERE strpos(%s, left(word, 1)) > 0 GROUP BY word"
        )
        last.append(kinds.replace("s", ""))
        if "s" in kinds:
            counts.append(
                # Film by film: the planner takes a sample for larger than it is, and would read all that ever ran.
                f"SELECT 's' || service_id, count(*) FROM sample{number}, LATERAL (SELECT DISTINCT service_id"
                f" FROM films_availability a WHERE a.film_id = sample{number}.film_id AND (starts_on IS NULL OR"
                " starts_on <= %s) AND (ends_on IS NULL OR ends_on >= %s) OFFSET 0) runs GROUP BY service_id"
            )
            last += [today, today]
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {', '.join(names)} {' UNION ALL '.join(counts)}", [*values, *last])
        return dict(cursor.fetchall())


def by_choice(counts: Counts, choices: Choices, hides_scores: bool = False) -> dict[str, list[tuple[str, str, int]]]:
    """Slug, name and number of each choice of a kind that some film would be left with.

    What members gave is counted for nobody who hides scores.
    """
    offered = {
        kind: [(slug, name, counts.of.get(choices.words[kind, slug], 0)) for slug, name in names.items()]
        for kind, names in choices.names.items()
        if kind not in NAMED
    }
    measures = {"decade": "d", "length": "t"} | ({} if hides_scores else {"min_ratings": "k", "min_rating": "r"})
    for kind, letter in measures.items():
        words = sorted(word for word in counts.of if word[0] == letter)
        offered[kind] = [(_measure(kind, word), "", counts.of[word]) for word in words]
    return {kind: [row for row in rows if row[2]] for kind, rows in offered.items()}


def _measure(kind: str, word: str) -> str:
    """What an address says for the word: half-stars are stars there."""
    return f"{int(word[1:]) / 2:g}" if kind == "min_rating" else word[1:]
