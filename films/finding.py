"""The best answers to what somebody typed: the very title, then titles with all the words, then what may be meant.

    typed = Typed("bavy driver")
    best_films(typed)
    best_people(typed)

Only ids are fetched and weighed; what comes out are QuerySets in that order.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, product
from math import log10
from typing import Any, Final

from django.db.models import F, Func, IntegerField, QuerySet, Value
from rapidfuzz import fuzz

from films.models import Film, Person
from films.names import normalise, sort_title, sort_title_of
from films.numerals import in_figures, ways_to_write
from films.search import any_of, as_typed, typed_words, words_query
from films.spelling import SHORTEST, Known, meant

MOST: Final = 600  # answers to one query
FEW: Final = 5  # answers below which misspellings are looked for
NAMESAKES: Final = 50  # of one title, the most popular ones
WEIGHED: Final = 400  # films with the meant words that are compared letter by letter
MOST_MEANT: Final = 8  # words that one typed word may stand for
MOST_READINGS: Final = 300  # ways to read a misspelt title
LEAST_LIKE: Final = 60  # of 100: below that, a title is not what was meant

type Groups = list[list[str]]  # a word of each


class Typed:
    """A query with its words, and what they may be misspellings of: looked up once, and only when it is needed."""

    def __init__(self, query: str) -> None:
        self.text = as_typed(query)
        self.words = typed_words(query)

    @cached_property
    def _meant(self) -> tuple[dict[str, list[Known]], dict[str, Known]]:
        joined = {one + two for one, two in zip(self.words, self.words[1:], strict=False)}
        long = [word for word in self.words if len(word) > SHORTEST]
        split = {part for word in long for n in range(1, len(word)) for part in (word[:n], word[n:])}
        return meant(self.words, joined | split)

    @property
    def close(self) -> dict[str, list[Known]]:
        """For each word the known ones that it may stand for."""
        return self._meant[0]

    @property
    def parts(self) -> dict[str, Known]:
        """The known ones among neighbours put together, and among the two parts of a word."""
        return self._meant[1]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that may be the answer. `names` are normalised; `weight` grows with how well it is known."""

    pk: int
    names: tuple[str, ...]
    weight: int


def best_films(query: str | Typed, most: int = MOST) -> QuerySet[Film]:
    """Films for what was typed, the best first. At most three queries before its own."""
    return _in_order(Film, _best(_typed(query), most, FilmShelf()))


def best_people(query: str | Typed, most: int = MOST) -> QuerySet[Person]:
    """People for what was typed, the best first. At most three queries before its own."""
    return _in_order(Person, _best(_typed(query), most, PersonShelf()))


class FilmShelf:
    """Where films are found: by which columns, and how well known they are."""

    count = "film_count"
    name = "sort_title"

    def key(self, typed: Typed) -> str:
        return sort_title(typed.text)

    def rows(self) -> QuerySet[Any]:
        columns = ("pk", "sort_title", "original_title", "popularity")
        return Film.objects.order_by("-popularity", "-pk").values_list(*columns)

    def candidate(self, row: Any) -> Candidate:
        pk, title, original, popularity = row
        return Candidate(pk, (title, sort_title(original)) if original else (title,), popularity)


class PersonShelf:
    """The same for people."""

    count = "person_count"
    name = "search_text"

    def key(self, typed: Typed) -> str:
        return normalise(typed.text)

    def rows(self) -> QuerySet[Any]:
        return Person.objects.order_by("-credit_count", "-pk").values_list("pk", "search_text", "credit_count")

    def candidate(self, row: Any) -> Candidate:
        pk, name, credits = row
        return Candidate(pk, (name,), credits)


type Shelf = FilmShelf | PersonShelf


def _typed(query: str | Typed) -> Typed:
    return query if isinstance(query, Typed) else Typed(query)


def _in_order(model: Any, ids: list[int]) -> Any:
    rows = model.objects.filter(pk__in=ids)
    if not ids:
        return rows.none()
    place = Func(Value(ids), F("pk"), function="array_position", output_field=IntegerField())
    return rows.annotate(place=place).order_by("place")


def _best(typed: Typed, most: int, shelf: Shelf) -> list[int]:
    key = shelf.key(typed)
    if not key:
        return []
    figures = in_figures(key)

    def nearness(one: Candidate) -> int:
        """0 the same, 1 begins so, 2 the rest."""
        names = [in_figures(name) for name in one.names]
        return 0 if figures in names else 1 if any(name.startswith(figures) for name in names) else 2

    found = _fetch(shelf, {key}, words_query(typed.text), most)
    ranked = sorted(found, key=lambda one: (nearness(one), -one.weight, -one.pk))
    ids = [one.pk for one in ranked]
    if len(ids) < FEW and not (ranked and nearness(ranked[0]) == 0):
        ids += [pk for pk in _misspelt(typed, key, shelf) if pk not in ids]
    return ids[:most]


def _fetch(shelf: Shelf, names: Iterable[str], words: Any, most: int) -> list[Candidate]:
    """Those of these very names, and the most popular that have the words. One query."""
    rows = shelf.rows().filter(**{f"{shelf.name}__in": list(names)})[:NAMESAKES]
    if words is not None:
        rows = rows.union(shelf.rows().filter(search_vector=words)[:most])
    return [shelf.candidate(row) for row in rows]


def _misspelt(typed: Typed, key: str, shelf: Shelf) -> list[int]:
    """What may be meant, the likest and best known first. At most two queries."""
    if not typed.words:
        return []
    groups = [list(dict.fromkeys([word, *_meant(typed, word, shelf), *ways_to_write(word)])) for word in typed.words]
    readings = [groups, *_joined(typed, groups, shelf), *_split(typed, groups, shelf), *_left_out(groups)]
    names = {sort_title_of(" ".join(r)) for reading in readings for r in islice(product(*reading), MOST_READINGS)}
    asked = any_of(groups)
    for reading in readings[1:]:
        asked |= any_of(reading)
    scored = [(_likeness(key, one), one) for one in _fetch(shelf, names, asked, WEIGHED)]
    scored = [(like + 1.5 * log10(1 + one.weight), one) for like, one in scored if like >= LEAST_LIKE]
    return [one.pk for _score, one in sorted(scored, key=lambda pair: (-pair[0], -pair[1].pk))]


def _likeness(key: str, one: Candidate) -> float:
    """0 to 100: letter by letter; by the words in any order, a little less; with words that were left out, less."""
    return max(
        max(fuzz.ratio(key, name), 0.95 * fuzz.token_sort_ratio(key, name), 0.9 * fuzz.token_set_ratio(key, name))
        for name in one.names
    )


def _number(known: Known, shelf: Shelf) -> int:
    return known.film_count if shelf.count == "film_count" else known.person_count


def _meant(typed: Typed, word: str, shelf: Shelf) -> list[str]:
    """The nearest words of this shelf, of equally near ones the more frequent."""
    close = [known for known in typed.close[word] if _number(known, shelf)]
    return [k.text for k in sorted(close, key=lambda k: (k.edits, -_number(k, shelf), k.text))[:MOST_MEANT]]


def _left_out(groups: Groups) -> list[Groups]:
    """Readings without one of the words: one that is too short, or too wrong, to be read at all."""
    rest = [[*groups[:n], *groups[n + 1 :]] for n in range(len(groups))]
    return [reading for reading in rest if sum(len(group[0]) for group in reading) > SHORTEST]


def _joined(typed: Typed, groups: Groups, shelf: Shelf) -> list[Groups]:
    """Readings in which two neighbours are one word that somebody parted."""
    pairs = enumerate(one + two for one, two in zip(typed.words, typed.words[1:], strict=False))
    return [
        [*groups[:n], [pair], *groups[n + 2 :]]
        for n, pair in pairs
        if pair in typed.parts and _number(typed.parts[pair], shelf)
    ]


def _split(typed: Typed, groups: Groups, shelf: Shelf) -> list[Groups]:
    """Readings in which a word that is not known is two, run together: where the rarer part is the most frequent."""
    readings = []
    for n, word in enumerate(typed.words):
        if word in _meant(typed, word, shelf):
            continue
        cuts = [(word[:i], word[i:]) for i in range(1, len(word))]
        known = [cut for cut in cuts if all(part in typed.parts for part in cut)]
        frequent = {cut: min(_number(typed.parts[part], shelf) for part in cut) for cut in known}
        if frequent and frequent[best := max(frequent, key=frequent.__getitem__)]:
            readings.append([*groups[:n], [best[0]], [best[1]], *groups[n + 1 :]])
    return readings
