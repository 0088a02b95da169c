"""The best answers to what somebody typed: the very title, then titles with all the words, then what may be meant.

    typed = Typed("bavy driver")
    best_films(typed)
    best_people(typed)

Only ids are fetched and weighed; what comes out are QuerySets in that order. Where both shelves are wanted, `look_up`
asks for them together: one query, and two more where a word may be misspelt. What was found is kept until the catalogue
changes. What members do changes no more in it than which of two namesakes comes first, and that may be a minute old.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice, product
from typing import Any, Final, NamedTuple

from django.db import connection
from django.db.models import F, Func, IntegerField, QuerySet, Value

from config.freshness import WIDE
from config.keeping import kept
from films.asking import Asked, any_of, asked_for, beginnings, quoted, word_keys
from films.likeness import Candidate, Wanted
from films.models import Film, Person
from films.names import normalise
from films.numerals import in_figures, squeezed
from films.search import as_typed, typed_words
from films.spelling import Known, meant

MOST: Final = 600  # answers to one query
ENOUGH: Final = 120  # answers after which no further tier is looked at
ENOUGH_TYPING: Final = 30
MOST_OF_A_TIER: Final = 1_000
WEIGHED: Final = 200  # films with the meant words that are compared letter by letter
FEW: Final = 5  # answers below which misspellings are looked for
MOST_MEANT: Final = 8  # words that one typed word may stand for
MOST_READINGS: Final = 24  # whole titles that may be meant


class Shelf(NamedTuple):
    """Where something is found: by which function of the database (migration 0015_keys), and by whose words."""

    function: str
    model: type[Film] | type[Person]
    people: bool

    def has(self, known: Known) -> bool:
        """Whether the word is one of this shelf's. Films are found by the names of people, too."""
        return bool(known.person_count or (known.film_count and not self.people))


FILMS: Final = Shelf("films_found", Film, people=False)
PEOPLE: Final = Shelf("people_found", Person, people=True)


@dataclass(frozen=True, slots=True)
class Numbers:
    """The ids of what was found on each shelf, the best first."""

    of: dict[Shelf, list[int]]

    def __len__(self) -> int:
        """About the bytes they take, halved."""
        return 20 * sum(map(len, self.of.values()))


class Typed:
    """A query, with what it finds: looked up once for each shelf.

    `typing`: the last word is not finished, and a handful of answers is all that is wanted.
    """

    def __init__(self, query: str, *, typing: bool = False) -> None:
        self.text = as_typed(query)
        self.plain = normalise(self.text)
        self.words = typed_words(query)
        self.typing = typing
        self._ids: dict[Shelf, list[int]] = {}

    def ids(self, shelf: Shelf) -> list[int]:
        self.look_up(shelf)
        return self._ids[shelf]

    def look_up(self, *shelves: Shelf) -> None:
        """At most three queries for all of them."""
        new = [shelf for shelf in shelves if shelf not in self._ids]
        if not self.plain:
            self._ids |= {shelf: [] for shelf in new}
        elif new:
            key = ("found", self.plain, *self.words, self.typing, *new)
            numbers: Numbers = kept(key, (WIDE,), lambda: self._looked_up(new))
            self._ids |= numbers.of

    def _looked_up(self, shelves: list[Shelf]) -> "Numbers":
        wanted = Wanted(self.plain, typing=self.typing)
        enough = ENOUGH_TYPING if self.typing else ENOUGH
        asked = {shelf: [asked_for(self.plain, self.words, people=shelf.people)] for shelf in shelves}
        found = _fetch(asked, enough, MOST_OF_A_TIER)
        ranked = {shelf: wanted.in_order(found[shelf], shelf.people) for shelf in shelves}
        unsure = [shelf for shelf in shelves if len(ranked[shelf].rows) < (1 if self.typing else FEW)]
        settled = any(ranked[shelf].exact or (self.typing and ranked[shelf].rows) for shelf in shelves)
        if unsure and self.words and not settled:
            close = meant(self.words, prefix=self.typing)
            found = _fetch({shelf: _readings(self, close, shelf) for shelf in unsure}, FEW * 4, WEIGHED)
            for shelf in unsure:
                ranked[shelf] = wanted.with_meant(ranked[shelf], found[shelf], shelf.people)
        return Numbers({shelf: [one.pk for one in ranked[shelf].rows] for shelf in shelves})


def best_films(query: str | Typed, most: int = MOST) -> QuerySet[Film]:
    """Films for what was typed, the best first. At most three queries before its own."""
    return _in_order(Film, _typed(query).ids(FILMS)[:most])


def best_people(query: str | Typed, most: int = MOST) -> QuerySet[Person]:
    """People for what was typed, the best first. At most three queries before its own."""
    return _in_order(Person, _typed(query).ids(PEOPLE)[:most])


def found_by[Rows: QuerySet[Any]](query: str, rows: Rows, shelf: Shelf) -> Rows:
    """Those of these rows of a shelf that are found, in their own order; all where nothing was typed."""
    typed = Typed(query)
    return rows.filter(pk__in=typed.ids(shelf)) if typed.plain else rows


def _typed(query: str | Typed) -> Typed:
    return query if isinstance(query, Typed) else Typed(query)


def _in_order(model: Any, ids: list[int]) -> Any:
    rows = model.objects.filter(pk__in=ids)
    if not ids:
        return rows.none()
    place = Func(Value(ids), F("pk"), function="array_position", output_field=IntegerField())
    return rows.annotate(place=place).order_by("place")


def _fetch(asked: dict[Shelf, list[Asked]], enough: int, most: int) -> dict[Shelf, list[Candidate]]:
    """What the keys give. One query."""
    parts, values = [], []
    for number, (shelf, queries) in enumerate(asked.items()):
        parts.append(
            f"SELECT {number}, id, weight, names FROM {shelf.function}"  # noqa: S608 -- our own name
            "(%s::tsquery, %s::text[]::tsquery[], %s::text[]::tsquery[], %s, %s)"
        )
        both = [(query.early, query.late) for query in queries if query.early]
        values += [queries[0].exact, [early for early, _late in both], [late for _early, late in both], enough, most]
    found: dict[Shelf, dict[int, Candidate]] = {shelf: {} for shelf in asked}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        for number, pk, weight, names in cursor:
            found[list(asked)[number]][pk] = Candidate(pk, names, weight)
    return {shelf: list(rows.values()) for shelf, rows in found.items()}


def _readings(typed: Typed, close: dict[str, list[Known]], shelf: Shelf) -> list[Asked]:
    """What may be meant: all words; and if that is nothing at all, all but one, which may be past reading."""
    known = {word: [one for one in close[word] if shelf.has(one)] for word in typed.words}
    titles = islice(product(*([word, *(one.text for one in known[word][:MOST_MEANT])] for word in typed.words)), 400)
    exact = any_of(quoted("=" + squeezed(" ".join(words))) for words in islice(titles, MOST_READINGS))
    groups = [_ways(word, known[word], shelf) for word in typed.words]
    last = any_of([*beginnings(typed.words[-1], widely=False, people=shelf.people), groups[-1]])
    whole = " & ".join([*groups[:-1], last])
    rest = [" & ".join([*groups[:n], *groups[n + 1 :]]) for n in range(len(groups)) if len(groups) > 1]
    return [Asked(exact, whole, whole), *([Asked(None, loose, loose)] if (loose := " | ".join(rest)) else [])]


def _ways(word: str, known: Iterable[Known], shelf: Shelf) -> str:
    ways = word_keys(word, people=shelf.people)
    for one in list(known)[:MOST_MEANT]:
        if shelf.people or one.film_count:
            ways.append(quoted(in_figures(one.text)))
        if not shelf.people and one.person_count:
            ways.append(quoted("~" + one.text))
    return any_of(ways)
