"""What is kept of a film's pages, and which writes concern no other film's."""

from collections.abc import Iterable

from django.http import HttpRequest

from config import kept_pages


def tag_of(film_id: int) -> str:
    """Under which config/freshness.py stamps what members make of a film."""
    return f"film:{film_id}"


def words_tag(film_id: int) -> str:
    """The same of what they write about it, likes and comments included."""
    return f"words:{film_id}"


def by_tag(member_id: int) -> str:
    """The same of all that a member does."""
    return f"by:{member_id}"


def made_of_films(request: HttpRequest, film_ids: Iterable[int], *, words_about: Iterable[int] = ()) -> None:
    """The page shows what members make of these films and what they write about those, and nothing else of what
    members do."""
    kept_pages.made_of(request, *map(tag_of, dict.fromkeys(film_ids)), *map(words_tag, words_about))
