"""Likes, comments and reviews counted as a viewer sees them: without those of members whom a block keeps away.

Scores, histograms and the counts of who has watched or liked a film are sums of the whole house, in which nobody can be
told from another; they are the same for everybody. docs/decisions.md says why.
"""

from collections.abc import Callable, Collection, Iterable
from typing import Any, Final

from django.db.models import QuerySet

from accounts.counting import added, apart_from, take_off
from films.models import Film
from reviews.models import Article, Comment, FilmList, ListLike, Review, ReviewLike, Visibility

type Ids = Collection[int]


def _said(apart: Ids) -> QuerySet[Comment]:
    """Comments that the viewer does not see, as far as they are counted. Answers to them stand under a tombstone."""
    return Comment.objects.standing().filter(member__in=apart, set_aside=False)


def _reviewed(apart: Ids) -> QuerySet[Review]:
    public = Review.objects.published().filter(visibility=Visibility.PUBLIC, removed_at=None, set_aside=False)
    return public.filter(member__in=apart)


# The counts of each kind of row: by name, what is counted, and by which foreign key it knows the row.
COUNTED: Final[dict[type[Any], list[tuple[str, Callable[[Ids], QuerySet[Any]], str]]]] = {
    Review: [
        ("like_count", lambda apart: ReviewLike.objects.filter(member__in=apart, set_aside=False), "review_id"),
        ("comment_count", _said, "review_id"),
    ],
    FilmList: [
        ("like_count", lambda apart: ListLike.objects.filter(member__in=apart, set_aside=False), "film_list_id"),
        ("comment_count", _said, "film_list_id"),
    ],
    Article: [("comment_count", _said, "article_id")],
    Film: [("comment_count", _said, "film_id"), ("review_count", _reviewed, "film_id")],
}


def count_for(viewer: Any, rows: Iterable[Review | FilmList | Article | Film]) -> None:
    """Take off the counts of these rows, all of one kind, what the viewer does not see. In place; one query at most."""
    found = list(rows)
    if found and (apart := apart_from(viewer)):
        numbers = [row.pk for row in found]
        counted = COUNTED[type(found[0])]
        take_off(
            found, [added(name, made(apart).filter(**{f"{key}__in": numbers}), key) for name, made, key in counted]
        )
