"""Misspelt words: which words of the catalogue may be meant.

The way of SymSpell (Wolf Garbe, 2012): leave one or two letters out of every known word, and of the typed one; two
words that are one or two edits apart have a rest in common. So a look-up by equality finds what may be meant, without
a comparison with every word; rapidfuzz says of those few how far they really are. Only the beginning of a word gets
rests, which keeps them few: what differs later on is found by the beginning itself.
"""

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Final, NamedTuple

from rapidfuzz.distance import OSA

from config.replica import to_read

BEGINNING: Final = 7  # letters of which rests are made
SHORTEST: Final = 3  # letters that a word needs to have misspellings
LONG: Final = 7  # letters from which two edits are allowed
PREFIX: Final = 4  # letters of an unfinished word from which one of them may be wrong


def edits_allowed(word: str) -> int:
    """How many letters may be wrong, missing, too many or swapped: 0, 1 or 2."""
    return 0 if len(word) < SHORTEST else 1 if len(word) < LONG else 2


def keys_of(word: str, edits: int | None = None) -> list[str]:
    """The word's beginning and its rests, for a known word and a typed one alike."""
    beginning = word[:BEGINNING]
    rests = {beginning}
    for number in range(1, (edits_allowed(word) if edits is None else edits) + 1):
        for left_out in combinations(range(len(beginning)), number):
            rests.add("".join(letter for place, letter in enumerate(beginning) if place not in left_out))
    return sorted(rests - {""})


def typed_keys(word: str) -> list[str]:
    """A typed word may have lost a letter, so one of six letters is looked up as a long one."""
    return keys_of(word, 2 if len(word) >= LONG - 1 else edits_allowed(word))


class Known(NamedTuple):
    """A word of the catalogue, how far the typed one is from it, and how many films and people have it."""

    edits: int
    text: str
    film_count: int
    person_count: int


def meant(words: Iterable[str], parts: Iterable[str] = (), *, prefix: bool = False) -> dict[str, list[Known]]:
    """For each typed word the known ones that it may stand for, the nearest and most frequent first. One query.

    `prefix`: the last word is unfinished, and stands for words that begin like it. `parts` stand for themselves.
    """
    words = list(words)
    close: dict[str, list[Known]] = {word: [] for word in words}
    for word, text, films, people in _looked_up({word: typed_keys(word) for word in close}, list(parts)):
        edits = _edits(word, text, prefix and word == words[-1]) if word else 0
        if edits <= max(edits_allowed(text), edits_allowed(word) and 1):
            close.setdefault(word or text, []).append(Known(edits, text, films, people))
    for known in close.values():
        known.sort(key=lambda one: (one.edits, -one.film_count - one.person_count, one.text))
    return close


def _edits(word: str, text: str, prefix: bool) -> int:
    edits = OSA.distance(word, text, score_cutoff=2)
    if prefix and edits > 1 and len(text) > len(word) >= PREFIX:
        return min(edits, OSA.distance(word, text[: len(word)], score_cutoff=1) + 1)
    return edits


def _looked_up(asked: dict[str, list[str]], parts: list[str]) -> Iterator[tuple[str, str, int, int]]:
    """Typed words, each with those that have a key in common, and how many films and people have them; "" for parts."""
    one = """
        SELECT %s, string_agg(w.text || ' ' || w.film_count || ' ' || w.person_count, ',') FROM films_word w
        WHERE w.{} HAVING count(*) > 0
    """
    alike, just = one.format("keys && %s::varchar[]"), one.format("text = ANY(%s)")
    values = [value for pair in asked.items() for value in pair]
    with to_read().cursor() as cursor:
        cursor.execute(" UNION ALL ".join([*[alike] * len(asked), just]), [*values, "", parts])
        for word, said in cursor.fetchall():
            for line in said.split(","):
                text, films, people = line.split(" ")
                yield word, text, int(films), int(people)
