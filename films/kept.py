"""The tags under which config/freshness.py stamps what members do, by film and by member."""

from collections.abc import Iterable
from typing import Final

from django.db import connection

# The tag of which films have how many ratings and how good ones, as far as filters count that (films/facets.py).
MEASURES: Final = "measures"
ALL_WORDS: Final = "words"  # the tag of everything that anybody writes about any film


def tag_of(film_id: int) -> str:
    """Under which config/freshness.py stamps what members make of a film."""
    return f"film:{film_id}"


def words_tag(film_id: int) -> str:
    """The same of what they write about it, likes and comments included."""
    return f"words:{film_id}"


def by_tag(member_id: int | None) -> str:
    """The same of all that a member does; None for somebody signed out, who does nothing."""
    return f"by:{member_id}"


def about(film_ids: Iterable[int]) -> tuple[str, ...]:
    """The tags of all that members make of these films, words included."""
    return tuple(tag(film) for film in dict.fromkeys(film_ids) for tag in (tag_of, words_tag))


def measured() -> int:
    """Another number after any film's words changed, be that committed or not. One query.

    Whatever changes them adds rows of FacetCount, whose numbers never come again.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT 2 * last_value + is_called::int FROM films_facetcount_id_seq")
        return int(cursor.fetchone()[0])
