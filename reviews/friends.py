"""What the members whom one follows make of films."""

from datetime import timedelta
from typing import Any, Final

from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import Follow
from accounts.models.sight import is_signed_in
from films.models import Film
from films.models.film import FilmQuerySet
from reviews.models import Mark, Review
from reviews.models.mark import MarkQuerySet
from reviews.quiet import without_muted

LATELY: Final = timedelta(days=30)


def marks_of_friends(viewer: Any) -> MarkQuerySet:
    """The marks of whom the viewer follows, as far as they show them to the viewer, without those who are muted."""
    if not is_signed_in(viewer):
        return Mark.objects.none()
    followed = Follow.objects.filter(follower=viewer).values("followed")
    return without_muted(Mark.objects.visible_to(viewer).filter(member__in=followed), viewer, films=())


def friends_on(viewer: Any, film: Film) -> QuerySet[Mark]:
    """Of one film, each with `review_id`, the latest review of it that the viewer may read. Saying nothing is no mark.

    `said` orders them: first who gave stars, then who saw it, then who wants to.
    """
    marks = marks_of_friends(viewer).filter(film=film).exclude(watched_at=None, watchlisted_at=None, liked_at=None)
    reviews = Review.objects.visible_to(viewer).filter(member=OuterRef("member"), film=OuterRef("film"))
    seen = Case(When(watched_at__isnull=False, then=Value(1)), default=Value(0), output_field=IntegerField())
    return (
        marks.select_related("member")
        .defer("member__password", "member__email", "member__bio")
        .annotate(said=Coalesce(F("half_stars") + 1, seen), review_id=Subquery(reviews.newest().values("pk")[:1]))
    )


def is_of_friend(viewer: Any) -> Exists:
    """Whether the viewer follows, or is, the member of the outer query's row."""
    return Exists(Follow.objects.filter(Q(follower=viewer), followed=OuterRef("member")))


def popular_with_friends(viewer: Any, most: int) -> list[Film]:
    """The films that most of those whom the viewer follows watched lately, as cards. One query."""
    lately = marks_of_friends(viewer).filter(watched_at__gte=timezone.now() - LATELY)
    films = without_muted(Film.objects.with_card(), viewer, members=(), films=("pk",))
    counted = films.filter(marks__in=lately).annotate(friends=Count("marks__member"))
    return list(counted.order_by("-friends", "-popularity", "-id")[:most])


def by_friends(viewer: Any, films: FilmQuerySet) -> FilmQuerySet:
    """Films that know how many of those whom the viewer follows have watched them, as `friend_count`."""
    watched = marks_of_friends(viewer).watched().filter(film=OuterRef("pk"))
    counted = watched.order_by().values("film").annotate(number=Count("pk")).values("number")
    return films.annotate(friend_count=Coalesce(Subquery(counted), 0))
