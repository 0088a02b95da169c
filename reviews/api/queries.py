"""What the viewer may read of the community, with all that the serializers show of it."""

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery, Value

from accounts.compiled import for_viewers
from accounts.models import Follow, User
from accounts.models.sight import is_signed_in
from accounts.models.viewer import Viewer
from films.models import Film
from reviews.blind import is_blind, with_stars_covered
from reviews.curtains import opened_for
from reviews.models import Comment, Review, Viewing
from reviews.shelf import owned

OF_A_FILM = ("film__slug", "film__title", "film__year")


def by_number[Rows: QuerySet[Any]](rows: Callable[[Any], Rows]) -> Callable[[Any, list[int]], list[Any]]:
    """What reads rows of a viewer by their numbers, in any order: by a prepared query, but for who sees no scores."""

    def among(viewer: Viewer, numbers: Any) -> Rows:
        return rows(viewer).filter(pk__in=numbers)

    prepared = for_viewers(numbers=list)(among)

    def load(viewer: Viewer, numbers: list[int]) -> list[Any]:
        return list(among(viewer, numbers)) if is_blind(viewer) else prepared(viewer, numbers=numbers)

    return load


def films_named(rows: Any, *columns: str) -> Any:
    """Rows with their film, of which only the name is shown."""
    return rows.select_related("film").only(*columns, *OF_A_FILM)


def with_owned(marks: Any, member: User) -> Any:
    """The member's own marks, each with `owned`: whether a copy of its film is on their shelf."""
    return marks.annotate(owned=owned(member, "film"))


def reviews_for(viewer: Any) -> QuerySet[Review]:
    """The reviews that the viewer may read, with all that is told of them, in one query. `lets_me_in` of each: whether
    the viewer follows its writer.
    """
    let_in: Any = Value(False)
    if is_signed_in(viewer):
        let_in = Exists(Follow.objects.filter(follower=viewer.pk, followed=OuterRef("member")))
    hidden = [field.name for field in Film._meta.concrete_fields if field.name not in {"id", "slug", "title", "year"}]
    reviews = Review.objects.visible_to(viewer).select_related("member", "film", "viewing").annotate(lets_me_in=let_in)
    named = reviews.defer(*(f"film__{name}" for name in hidden), "member__password", "member__email", "member__bio")
    return with_stars_covered(opened_for(named, viewer), viewer)


def viewings_for(viewer: Viewer) -> QuerySet[Viewing]:
    """The lines of diaries that the viewer may read, in one query. Each has the id of its review if the viewer may read
    that.
    """
    reviews = Review.objects.visible_to(viewer).filter(viewing=OuterRef("pk")).values("pk")[:1]
    rows = Viewing.objects.visible_to(viewer).annotate(shown_review=Subquery(reviews))
    columns = (
        "member_id", "watched_on", "rewatch", "half_stars", "cut", "format", "place", "context_shown", "tags",
        "visibility", "created_at", "updated_at",
    )  # fmt: skip
    return with_stars_covered(films_named(rows, *columns), viewer)


load_reviews = by_number(reviews_for)
load_viewings = by_number(viewings_for)


def comments_for(viewer: Viewer) -> QuerySet[Comment]:
    return opened_for(Comment.objects.visible_to(viewer).with_subject(), viewer)
