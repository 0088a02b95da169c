"""Decorators by which an action says where all that it writes shows: with one film, with lists, or with two members.

All other kept pages then stay kept (docs/keeping.md). An action whose writes show elsewhere, too, must have none of
these; without one, every kept page is made anew.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, Final

from django.db import connection

from accounts.counting import FOLLOWS
from accounts.freshness import by_tag, near, near_oneself
from config.writes import note, only
from films.freshness import ALL_WORDS, EVERY_END, LISTS, MEASURES, about, moved, standing_of, tag_of, words_tag
from reviews.models import Article, Comment, FilmList, Review


def near_film[**P, R](action: Callable[P, R]) -> Callable[P, R]:
    """For an action of a `member` on a `film`, or on a `review`, `viewing`, `comment` or `subject` that is of one.

    A comment under a list, or that list as a `subject`, is near lists; one under an article shows there and nowhere
    else, on a page that every write outdates.
    """
    by_subject = {FilmList: near_lists(action), Article: near_oneself(action)}

    @wraps(action)
    def acted(*args: P.args, **kwargs: P.kwargs) -> R:
        film_id = _film_of(kwargs)
        if film_id is None:
            return by_subject.get(type(_subject_of(kwargs)), action)(*args, **kwargs)
        member: Any = kwargs["member"]
        with _near(film_id, words_tag(film_id), ALL_WORDS, by_tag(member.pk)):
            return action(*args, **kwargs)

    return acted


def near_marks[**P, R](action: Callable[P, R]) -> Callable[P, R]:
    """For an action on the mark of a `member` of a `film`: what others wrote about the film stays as it is."""

    @wraps(action)
    def acted(*args: P.args, **kwargs: P.kwargs) -> R:
        given: dict[str, Any] = kwargs
        film, by = given["film"], by_tag(given["member"].pk)
        wrote = Review.objects.filter(member=given["member"], film=film).exists()
        with _near(film.pk, by, *([words_tag(film.pk), ALL_WORDS] if wrote else [])):
            return action(*args, **kwargs)

    return acted


# For an action of a `member` on what a `film` contains: by that no film is picked or ordered.
near_votes: Final = near(lambda given: (tag_of(given["film"].pk), by_tag(given["member"].pk)))
# For an action of a `member` on a list of films.
near_lists: Final = near(lambda given: (LISTS, by_tag(given["member"].pk)))
# For an action of a `member` on the follows and blocks between them and an `other`.
near_both: Final = near(lambda given: (FOLLOWS, by_tag(given["member"].pk), by_tag(given["other"].pk)))


@contextmanager
def near_many(member_id: int, film_ids: Iterable[int]) -> Iterator[None]:
    """For what a member has taken in at once of many films: marks, evenings and words.

    Any of them may pass the end of any page.
    """
    with only(by_tag(member_id), ALL_WORDS, MEASURES, *EVERY_END, *about(film_ids)):
        yield


@contextmanager
def _near(film_id: int, *tags: str) -> Iterator[None]:
    """All that is written in here concerns the film and these tags.

    If the film can then be picked by other words than before, it also concerns what filters count; and if the film is
    more or less popular than before, the pages that begin or end at a place that it passed.
    """
    before = standing_of(film_id)
    with only(tag_of(film_id), *tags):
        yield
    if also := moved(before, standing_of(film_id)):
        with only(*also):
            note(connection)


def _film_of(given: dict[str, Any]) -> int | None:
    if film := given.get("film"):
        return int(film.pk)
    for name in ("review", "viewing", "comment", "subject"):
        if (thing := given.get(name)) is not None:
            return _film_under(thing)
    return None


def _subject_of(given: dict[str, Any]) -> Any:
    """What a comment is under, or is to be under, where that belongs to no film."""
    thing = given.get("comment") or given.get("subject")
    return thing.film_list or thing.article if isinstance(thing, Comment) else thing


def _film_under(thing: Any) -> int | None:
    """The film's number; None for what is under a list or an article."""
    if isinstance(thing, Comment):
        return _film_under(thing.review) if thing.review else thing.film_id
    if hasattr(thing, "film_id"):
        return int(thing.film_id)
    return int(thing.pk) if type(thing).__name__ == "Film" else None
