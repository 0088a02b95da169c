"""A film whose title a text misspells, found by its people."""

import re
from collections.abc import Sequence

from films.names import normalise
from reviews.documents.catalogue import Catalogue, KnownFilm
from reviews.documents.evidence import FilmReading, Outcome
from reviews.documents.layout import Flow, Word, phrases
from reviews.documents.spelling import distance


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
