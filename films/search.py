"""Finding films and people by words. What is stored and what is asked both go through `films.names.normalise`."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import batched
from typing import Final

from films.models import AlternativeTitle, Credit, Film, Job
from films.names import normalise, sort_title
from films.scripts import ways_to_spell

LEADING_CAST: Final = 12
LONGEST_QUERY: Final = 200
LONGEST_COMPARED: Final = (
    400  # of what is made of it: one sign can be eighteen letters, and no key of all has 2,046 bytes
)
MOST_WORDS: Final = 12
LONGEST_TEXT: Final = 5000
LONGEST_TITLES: Final = 4000  # of that, so that the names are not pushed out
BATCH: Final = 500


def search_text_for(
    film: Film, *, titles: Iterable[str] = (), directors: Iterable[str] = (), cast: Iterable[str] = ()
) -> str:
    """What a film is found by. No query.

    A line for each of its titles, and for what one of another script sounds like; an empty line; then its year, and a
    line for each director and the leading cast. The keys are made of this (films/models/keys.py).
    """
    leading = [name for _place, name in zip(range(LEADING_CAST), cast, strict=False)]
    named, people = (
        _lines([film.title, film.original_title, *titles]),
        _lines([str(film.year or ""), *directors, *leading]),
    )
    return f"{named[:LONGEST_TITLES]}\n\n{people}"[:LONGEST_TEXT]


def _lines(names: Iterable[str]) -> str:
    return "\n".join(dict.fromkeys(way for name in names if name for way in ways_to_spell(normalise(name)) if way))


def refresh_search(films: Iterable[Film]) -> None:
    """Write `search_text` and `sort_title` anew, in three queries for every 500 films."""
    for batch in batched(films, BATCH):
        texts = _texts_of(batch)
        for film in batch:
            film.search_text, film.sort_title = texts[film.pk], sort_title(film.title)[:250]
        Film.objects.bulk_update(batch, ["search_text", "sort_title"])


def search_text_of(film: Film) -> str:
    """The text by the titles and credits that are stored now."""
    return _texts_of([film])[film.pk]


def _texts_of(films: Iterable[Film]) -> dict[int, str]:
    films = list(films)
    titles: dict[int, list[str]] = defaultdict(list)
    names: dict[tuple[int, str], list[str]] = defaultdict(list)
    for film_id, title in AlternativeTitle.objects.filter(film__in=films).values_list("film_id", "title"):
        titles[film_id].append(title)
    credits = Credit.objects.filter(film__in=films, job__in=[Job.DIRECTOR, Job.ACTOR]).order_by("position", "id")
    for film_id, job, name in credits.values_list("film_id", "job", "person__name"):
        names[film_id, job].append(name)
    return {
        film.pk: search_text_for(
            film,
            titles=titles[film.pk],
            directors=names[film.pk, Job.DIRECTOR],
            cast=names[film.pk, Job.ACTOR],
        )
        for film in films
    }


def as_typed(query: str) -> str:
    """`query` cut to length, without what a database cannot hold."""
    return query[:LONGEST_QUERY].replace("\0", " ").encode("utf-8", "replace").decode()


def as_compared(query: str) -> str:
    """All that was typed as it is compared, cut again: Unicode has signs that are whole sentences."""
    return normalise(as_typed(query))[:LONGEST_COMPARED].strip()


def typed_words(query: str) -> list[str]:
    """The words of a query as they are compared, at most MOST_WORDS."""
    return [word for word in as_compared(query).split() if any(map(str.isalnum, word))][:MOST_WORDS]
