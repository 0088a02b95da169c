"""Likes, comments and reviews counted as a viewer sees them: without those of members whom a block keeps away.

Scores, histograms and the counts of who has watched or liked a film are sums of the whole house, in which nobody can be
told from another; they are the same for everybody. docs/decisions.md says why.
"""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import QuerySet

from accounts.counting import Contributions, apart_from, knowing, take_off
from accounts.models.viewer import Viewer
from films.models import Film
from reviews.models import Article, Comment, Essay, EssayLike, FilmList, ListLike, Review, ReviewLike, Visibility

type Ids = Collection[int]


def _said(apart: Ids) -> QuerySet[Comment]:
    """Comments that the viewer does not see, as far as they are counted. Answers to them stand under a tombstone."""
    return Comment.objects.standing().filter(member__in=apart, set_aside=False)


def _reviewed(apart: Ids) -> QuerySet[Review]:
    public = Review.objects.published().filter(visibility=Visibility.PUBLIC, removed_at=None, set_aside=False)
    return public.filter(member__in=apart)


def _taken_off(kind: type[Any], apart: Ids) -> Contributions:
    """What these members add to the counts of each kind of row."""
    if kind is FilmList:
        likes = ListLike.objects.filter(member__in=apart, set_aside=False)
        return {"like_count": (likes, "film_list_id"), "comment_count": (_said(apart), "film_list_id")}
    if kind is Essay:
        likes_of_essays = EssayLike.objects.filter(member__in=apart, set_aside=False)
        return {"like_count": (likes_of_essays, "essay_id"), "comment_count": (_said(apart), "essay_id")}
    if kind is Article:
        return {"comment_count": (_said(apart), "article_id")}
    if kind is Film:
        return {"comment_count": (_said(apart), "film_id"), "review_count": (_reviewed(apart), "film_id")}
    likes_of_reviews = ReviewLike.objects.filter(member__in=apart, set_aside=False)
    return {"like_count": (likes_of_reviews, "review_id"), "comment_count": (_said(apart), "review_id")}


def with_apart(rows: QuerySet[Any], apart: Ids) -> QuerySet[Any]:
    """Rows that know themselves what `count_for` takes off their counts, so that it asks nothing more for them."""
    return knowing(rows, _taken_off(rows.model, apart))


def with_apart_of_reviews(rows: QuerySet[Any], apart: Ids) -> QuerySet[Any]:
    """Rows that know it of the `review` that they have, to `hand_on`."""
    return knowing(rows, _taken_off(Review, apart), by="review_id")


def count_for(viewer: Viewer, rows: Iterable[Review | FilmList | Article | Essay | Film]) -> None:
    """Take off the counts of these rows, all of one kind, what the viewer does not see. In place; one query at most."""
    found = list(rows)
    if found and (apart := apart_from(viewer)):
        take_off(found, _taken_off(type(found[0]), apart))
