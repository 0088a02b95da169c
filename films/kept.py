"""The tags under which config/freshness.py stamps what members do, by film and by member."""

from collections.abc import Iterable
from typing import Final

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
