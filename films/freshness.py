"""The tags under which config/freshness.py stamps what members make of films, and what jobs count of that.

Those of members themselves are in accounts/freshness.py.
"""

from collections.abc import Iterable
from math import log2
from typing import Final, NamedTuple

from django.db import connection

# The tag of which films have how many ratings and how good ones, as far as filters count that (films/facets.py).
MEASURES: Final = "measures"
ALL_WORDS: Final = "words"  # the tag of everything that anybody writes about any film
LISTS: Final = "lists"  # the tag of everything about any list of films, comments under it included
TRENDS: Final = "trends"  # the tag of which films members turned to lately (reviews/actions/popularity.py)
CHARTS: Final = "charts"  # the tag of all charts
TIERS: Final = "tiers"  # the tag of where search looks first (films/actions/ranking.py)
STEPS: Final = 4  # of popularity, until it has doubled
MOST_MOVED: Final = 2_000  # popularity that one member gives: they have seen the film and want to see it
STANDING: Final = """
    SELECT 2 * f.last_value + f.is_called::int, 2 * c.last_value + c.is_called::int,
        coalesce((SELECT popularity FROM films_film WHERE id = %s), 0)
    FROM films_facetcount_id_seq f, films_cataloguechange_id_seq c
"""


def tag_of(film_id: int) -> str:
    """The tag of what members make of a film."""
    return f"film:{film_id}"


def words_tag(film_id: int) -> str:
    """The tag of what members write about a film, likes and comments included."""
    return f"words:{film_id}"


def about(film_ids: Iterable[int]) -> tuple[str, ...]:
    """The tags of all that members make of these films, words included."""
    return tuple(tag(film) for film in dict.fromkeys(film_ids) for tag in (tag_of, words_tag))


def end_tag(popularity: int) -> str:
    """The tag of a page that begins or ends at a film of this popularity, in the order of popularity.

    It is touched when a film passes that place, and so may come onto the page or leave it.
    """
    return f"end:{_step(popularity)}"


def passed(one: int, other: int) -> tuple[str, ...]:
    """The tags of all the places (`end_tag`) that a film passes on its way from one popularity to the other."""
    return tuple(f"end:{step}" for step in range(_step(min(one, other)), _step(max(one, other)) + 1))


def _step(popularity: int) -> int:
    """In which step a popularity lies, STEPS of them to each doubling.

    Films that hardly anybody has marked share the first steps: a single mark may take one past many others.
    """
    return int(STEPS * log2(1 + max(0, popularity) / MOST_MOVED))


EVERY_END: Final = passed(0, 2**50)  # more than any film's popularity


class Standing(NamedTuple):
    """A film's popularity, and two numbers by which a change of any film's words or keys is noticed.

    Whatever changes the words that filters pick films by adds rows to FacetCount, and whatever changes the keys that
    films are ordered by adds rows to CatalogueChange. The numbers are the last ids these tables gave out: ids never
    come twice, and a row that was not committed counts as well.
    """

    words: int
    keys: int
    popularity: int


def standing_of(film_id: int) -> Standing:
    """How a film stands now, in one query."""
    with connection.cursor() as cursor:
        cursor.execute(STANDING, [film_id])
        return Standing(*cursor.fetchone())


def moved(before: Standing, after: Standing) -> tuple[str, ...]:
    """The tags of what an action on the film outdates besides the film's own.

    Others may have moved the film at the same time, so one mark's worth of popularity is added on either side.
    """
    words = (MEASURES,) if after.words != before.words else ()
    if after.keys == before.keys:
        return words
    one, other = sorted((before.popularity, after.popularity))
    return (*words, *passed(one - MOST_MOVED, other + MOST_MOVED))
