"""Misspelt words: which words of the catalogue may be meant.

The way of SymSpell (Wolf Garbe, 2012): leave one or two letters out of every known word, and of the typed one; two
words that are one or two edits apart have a rest in common. So a look-up by equality finds what may be meant, without
a comparison with every word; rapidfuzz says of those few how far they really are. Only the beginning of a word gets
rests, which keeps them few: what differs later on is found by the beginning itself.
"""

from collections.abc import Iterable
from itertools import combinations
from typing import Final, NamedTuple

from django.db import connection
from rapidfuzz.distance import OSA

BEGINNING: Final = 7  # letters of which rests are made
SHORTEST: Final = 3  # letters that a word needs to have misspellings
LONG: Final = 7  # letters from which two edits are allowed


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


def meant(words: Iterable[str], parts: Iterable[str] = ()) -> tuple[dict[str, list[Known]], dict[str, Known]]:
    """For each typed word the known ones that it may stand for, itself among them if it is known; and the known of
    `parts`, which are looked up as they are. One query."""
    asked = {word: typed_keys(word) for word in words}
    close: dict[str, list[Known]] = {word: [] for word in asked}
    exact: dict[str, Known] = {}
    for word, text, films, people in _looked_up(asked, list(parts)):
        if word is None:
            exact[text] = Known(0, text, films, people)
            continue
        edits = OSA.distance(word, text, score_cutoff=2)
        if edits <= max(edits_allowed(text), edits_allowed(word) and 1):
            close[word].append(Known(edits, text, films, people))
    return close, exact


def _looked_up(asked: dict[str, list[str]], parts: list[str]) -> list[tuple[str | None, str, int, int]]:
    """Typed words with those that have a key in common, and None with the parts that are known."""
    columns = "w.text, w.film_count, w.person_count FROM films_word w WHERE"
    pairs = [f"SELECT %s, {columns} w.keys && %s::varchar[]" for _word in asked]
    query = " UNION ALL ".join([*pairs, f"SELECT NULL, {columns} w.text = ANY(%s)"])
    with connection.cursor() as cursor:
        cursor.execute(query, [*(value for pair in asked.items() for value in pair), parts])
        return cursor.fetchall()
