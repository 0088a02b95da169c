"""Titles and names with a letter or two wrong."""

import re
from collections.abc import Sequence

from films.names import normalise
from reviews.documents.catalogue import Catalogue, KnownFilm
from reviews.documents.evidence import FilmReading, Outcome
from reviews.documents.layout import Flow, Word, phrases


def by_people(flow: Flow, words: Sequence[Word], names: set[str], catalogue: Catalogue) -> FilmReading | None:
    """A misspelt title, found through two or more of its people: the text must hold something very near to it."""
    people = catalogue.people_called(names)
    if len(people) < 2:
        return None
    counts: dict[KnownFilm, int] = {}
    for films in catalogue.films_of([person.id for person in people]).values():
        for film in films:
            counts[film] = counts.get(film, 0) + 1
    keys = {" ".join(word.key for word in words[first:after]) for first, after in phrases(flow.text, list(words), 8)}
    near = [film for film, count in counts.items() if count > 1 and _is_nearly_named(film, keys)]
    return FilmReading(Outcome.KNOWN, near[0], near[0].title) if len(near) == 1 else None


def _is_nearly_named(film: KnownFilm, keys: set[str]) -> bool:
    title = normalise(film.title)
    return len(title) >= 8 and title not in keys and any(
        abs(len(key) - len(title)) <= 2
        and key[0] == title[0]
        and re.findall(r"\d+", key) == re.findall(r"\d+", title)
        and distance(key, title) <= 1 + (len(title) > 12)
        for key in keys
        if key
    )  # fmt: skip


def distance(one: str, other: str, most: int = 3) -> int:
    """Letters to change, add, drop or swap to make one of the other; `most` + 1 when it is more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, left in enumerate(one, start=1):
        earlier, before, row = before, row, [i]
        for j, right in enumerate(other, start=1):
            best = min(before[j] + 1, row[-1] + 1, before[j - 1] + (left != right))
            if i > 1 and j > 1 and left == other[j - 2] and one[i - 2] == right:
                best = min(best, earlier[j - 2] + 1)
            row.append(best)
        if min(row) > most:
            return most + 1
    return row[-1]
