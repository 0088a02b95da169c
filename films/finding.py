"""The best answers to what somebody typed: the very title, then titles with all the words, then what may be meant.

Where fewer than FEW films have the very words, those stand with them whose initials one of the words is: "lotr".

    typed = Typed("bavy driver")
    best_films(typed)
    best_people(typed)

Only ids are fetched and weighed; what comes out are QuerySets in that order. Where both shelves are wanted, `look_up`
asks for them together: one query, two more where a word may be misspelt, and a fourth where that finds nothing as like.
What was found is kept until the catalogue changes. What members do changes no more in it than which of two namesakes
comes first, and that may be a minute old.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from django.db.models import F, Func, IntegerField, QuerySet, Value

from accounts.prepared import rows
from config.freshness import WIDE
from config.keeping import Key, kept, known
from films.asking import Asked, asked_as_typed, asked_beyond, asked_by_initials, asked_for
from films.freshness import TIERS
from films.likeness import Candidate, Ranked, Wanted
from films.models import Film, Person
from films.models.keys import LAST_TIER
from films.readings import all_but_one, all_meant, has, joined_and_parted
from films.scripts import romanised
from films.search import as_compared, as_typed, typed_words
from films.spelling import meant

MOST: Final = 600  # answers to one query
ENOUGH: Final = 120  # answers after which no further tier is looked at
ENOUGH_TYPING: Final = 30
LETTERS_BACK: Final = 4  # that are typed between two questions, at most, where the answer to one is used for the next
MOST_OF_A_TIER: Final = 1_000
MOST_BY_INITIALS: Final = 30
MANY: Final = 30  # films with words that begin so: initials are not asked for besides them while one types
WEIGHED: Final = 200  # films with the meant words that are compared letter by letter
FEW: Final = 5  # answers below which misspellings are looked for


class Shelf(NamedTuple):
    """Where something is found: by which function of the database (migration 0003_keys).

    `row` is what that gives of something: its id, its weight and its names, a line each.
    """

    function: str
    model: type[Film] | type[Person]
    people: bool
    row: str


FILMS: Final = Shelf(
    "films_found", Film, people=False, row=r"r.id, r.popularity::bigint, split_part(r.search_text, E'\n\n', 1)"
)
PEOPLE: Final = Shelf("people_found", Person, people=True, row="r.id, r.credit_count::bigint, r.search_text")


class Question(NamedTuple):
    """What is asked of a shelf: one query after the other until one finds something, each down the tiers for `enough`.

    `most` rows are taken from a tier. `then`: it is asked only if the question before it found something. `unless`:
    only if the one at that place found fewer than MANY. `among`: it finds nothing but some of these, and what is
    `beyond` them.
    """

    shelf: Shelf
    queries: list[Asked]
    enough: int
    most: int
    then: bool = False
    unless: int | None = None
    among: list[int] | None = None
    beyond: Asked | None = None


@dataclass(frozen=True, slots=True)
class Numbers:
    """The ids of what was found on each shelf, the best first; and where nothing has the words as they were typed.

    `all_of`: of everything that begins so on a shelf, where one types and that is not much.
    """

    of: dict[Shelf, list[int]]
    guessed: list[Shelf]
    all_of: dict[Shelf, list[int]] = field(default_factory=dict)

    def __len__(self) -> int:
        """About the bytes they take, halved."""
        return 20 * sum(map(len, self.of.values()))


class Typed:
    """A query, with what it finds: looked up once for each shelf.

    `typing`: the last word is not finished, and a handful of answers is all that is wanted.
    """

    def __init__(self, query: str, *, typing: bool = False) -> None:
        self.text = as_typed(query)
        self.plain = as_compared(query)
        self.words = typed_words(query)
        self.typing = typing
        self._ids: dict[Shelf, list[int]] = {}
        self._guessed: list[Shelf] = []

    def ids(self, shelf: Shelf) -> list[int]:
        self.look_up(shelf)
        return self._ids[shelf]

    def guessed(self, shelf: Shelf) -> bool:
        """Whether what was found there is what may be meant, and nothing has the words as they were typed."""
        return bool(self.ids(shelf)) and shelf in self._guessed

    def look_up(self, *shelves: Shelf) -> None:
        """At most four queries for all of them."""
        new = [shelf for shelf in shelves if shelf not in self._ids]
        if not self.plain:
            self._ids |= {shelf: [] for shelf in new}
        elif new:
            numbers: Numbers = kept(self._key(new), (WIDE, TIERS), lambda: self.looked_up(new, self._earlier(new)))
            self._ids |= numbers.of
            self._guessed += numbers.guessed

    def _key(self, shelves: list[Shelf]) -> Key:
        return ("found", self.plain, *self.words, self.typing, *shelves)

    def _earlier(self, shelves: list[Shelf]) -> "tuple[Typed, Numbers] | None":
        """What was typed a few letters ago, and is known still, with what it found."""
        for end in range(1, LETTERS_BACK + 1) if self.typing else ():
            earlier = Typed(self.plain[:-end], typing=True)
            if earlier.plain and (numbers := known(earlier._key(shelves))) is not None:
                return earlier, numbers
        return None

    def looked_up(self, shelves: list[Shelf], earlier: "tuple[Typed, Numbers] | None" = None) -> "Numbers":
        """`earlier`: something that this is the continuation of. What all of it was need not be looked for again."""
        wanted = Wanted(self.plain, typing=self.typing)
        asked = [self._question(shelf, earlier) for shelf in shelves]
        short = asked_by_initials(self.words) if FILMS in shelves else None
        if short:
            by_words = shelves.index(FILMS) if self.typing else None
            asked += [
                Question(FILMS, [short], MOST_BY_INITIALS, MOST_BY_INITIALS, unless=by_words),
                Question(FILMS, [asked_as_typed(self.words)], FEW, FEW, then=True),
            ]
        found = _fetch(asked)
        ranked = {shelf: wanted.in_order(some, shelf.people) for shelf, some in zip(shelves, found, strict=False)}
        unsure = [shelf for shelf in shelves if len(ranked[shelf].rows) < (1 if self.typing else FEW)]
        settled = any(ranked[shelf].exact or (self.typing and ranked[shelf].rows) for shelf in shelves)
        if short and len(found[-1]) < FEW:
            ranked[FILMS] = wanted.with_initials(ranked[FILMS], found[-2], found[-1])
        guessed = [shelf for shelf in shelves if not ranked[shelf].rows]
        if unsure and self.words and not settled:
            ranked = self._with_meant(ranked, unsure)
        few = [(shelf, some) for shelf, some in zip(shelves, found, strict=False) if len(some) < ENOUGH_TYPING]
        all_of = {shelf: [one.pk for one in some] for shelf, some in few if self.typing}
        return Numbers({shelf: [one.pk for one in ranked[shelf].rows] for shelf in shelves}, guessed, all_of)

    def _question(self, shelf: Shelf, earlier: "tuple[Typed, Numbers] | None") -> Question:
        asked = asked_for(self.plain, self.words, people=shelf.people)
        question = Question(shelf, [asked], ENOUGH_TYPING if self.typing else ENOUGH, MOST_OF_A_TIER)
        if earlier and asked.early and (ids := earlier[1].all_of.get(shelf)) is not None:
            before = earlier[0]
            beyond = asked_beyond(before.plain, before.words, self.plain, self.words, people=shelf.people)
            return question if beyond is None else question._replace(among=ids, beyond=beyond)
        return question

    def _with_meant(self, ranked: dict[Shelf, Ranked], shelves: list[Shelf]) -> dict[Shelf, Ranked]:
        """With what may be meant, compared in Latin letters where the words have them. At most three queries."""
        plain = romanised(self.plain) or self.plain
        words = typed_words(plain)
        wanted = Wanted(plain, typing=self.typing)
        close = meant(words, joined_and_parted(words), prefix=self.typing)
        found: dict[Shelf, list[Candidate]] = {shelf: [] for shelf in shelves}
        read: dict[Shelf, Ranked] = {}
        for reading in (all_meant, all_but_one):
            readings = [(shelf, reading(words, close, people=shelf.people)) for shelf in shelves]
            asked = [Question(shelf, some, FEW * 4, WEIGHED) for shelf, some in readings if some]
            for question, more in zip(asked, _fetch(asked), strict=True):
                found[question.shelf] += more
            for shelf in shelves:
                known = {word: [one for one in close[word] if has(one, shelf.people)] for word in words}
                read[shelf] = wanted.with_meant(ranked[shelf], found[shelf], known, shelf.people)
            if any(one.exact for one in read.values()):
                break
        return ranked | read


def best_films(query: str | Typed, most: int = MOST) -> QuerySet[Film]:
    """Films for what was typed, the best first. At most four queries before its own."""
    return _in_order(Film, _typed(query).ids(FILMS)[:most])


def best_people(query: str | Typed, most: int = MOST) -> QuerySet[Person]:
    """People for what was typed, the best first. At most four queries before its own."""
    return _in_order(Person, _typed(query).ids(PEOPLE)[:most])


def found_by[Rows: QuerySet[Any]](query: str, rows: Rows, shelf: Shelf) -> Rows:
    """Those of these rows of a shelf that are found, in their own order; all where nothing was typed."""
    typed = Typed(query)
    return rows.filter(pk__in=typed.ids(shelf)) if typed.plain else rows


def _typed(query: str | Typed) -> Typed:
    return query if isinstance(query, Typed) else Typed(query)


def _in_order(model: Any, ids: list[int]) -> Any:
    those = model.objects.filter(pk__in=ids)
    if not ids:
        return those.none()
    place = Func(Value(ids), F("pk"), function="array_position", output_field=IntegerField())
    return those.annotate(place=place).order_by("place")


def _fetch(asked: Sequence[Question]) -> list[list[Candidate]]:
    """What the keys give for each of these questions. One query, or none where nothing is asked."""
    if not asked:
        return []
    parts, values = [], []
    for number, question in enumerate(asked):
        found_by, more = _found_by(question)
        condition = f"WHERE EXISTS (SELECT FROM q{number - 1})" if question.then else ""
        if question.unless is not None:
            condition = f"WHERE (SELECT count(*) < {MANY} FROM q{question.unless})"  # noqa: S608 -- numbers of ours
        parts.append(f"q{number} (id, weight, names) AS MATERIALIZED (SELECT * FROM ({found_by}) of_it {condition})")  # noqa: S608 -- ours
        values += more
    wanted = " UNION ALL ".join(f"SELECT {number}, * FROM q{number}" for number in range(len(asked)))  # noqa: S608 -- our own names
    found: list[dict[int, Candidate]] = [{} for _question in asked]
    for number, pk, weight, names in rows(f"WITH {', '.join(parts)} {wanted}", values):
        found[number][pk] = Candidate(pk, names, weight)
    return [list(some.values()) for some in found]


def _found_by(question: Question) -> tuple[str, list[Any]]:
    """SQL that finds what is asked, and its values."""
    shelf, queries, enough, most, *_rest = question
    by_keys = f"SELECT * FROM {shelf.function}(%s::tsquery, %s::text[]::tsquery[], %s::text[]::tsquery[], %s, %s)"  # noqa: S608 -- our own name
    if question.among is None:
        both = [(query.early, query.late) for query in queries if query.early]
        return by_keys, [
            queries[0].exact,
            [early for early, _late in both],
            [late for _early, late in both],
            enough,
            most,
        ]
    asked, beyond = queries[0], question.beyond
    table = shelf.model._meta.db_table
    sql = f"""
        SELECT {shelf.row} FROM {table} r JOIN {table}keys k USING (id) WHERE k.id = ANY(%s::bigint[]) AND (
            k.keys @@ %s::tsquery OR k.keys @@ CASE WHEN k.tier < {LAST_TIER} THEN %s::tsquery ELSE %s::tsquery END
        )
    """  # noqa: S608 -- our own names
    values = [question.among, asked.exact, asked.early, asked.late]
    if beyond and beyond.late:
        return f"{sql} UNION ALL {by_keys}", [*values, None, [beyond.early], [beyond.late], enough, most]
    return sql, values
