"""What is kept of a film's pages, and which writes concern no other film's."""

from collections.abc import Iterable

from django.http import HttpRequest

from config import kept_pages


def tag_of(film_id: int) -> str:
    """Under which config/freshness.py stamps what members make of a film."""
    return f"film:{film_id}"


def made_of_films(request: HttpRequest, film_ids: Iterable[int]) -> None:
    """The page shows of what members make of films only what they make of these."""
    kept_pages.made_of(request, *(tag_of(film_id) for film_id in dict.fromkeys(film_ids)))
