"""What the members whom one follows make of films."""

from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Case, Count, F, IntegerField, Max, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts import prepared
from accounts.compiled import prepared as compiled
from accounts.compiled import row_of
from accounts.models import Follow
from accounts.models.sight import is_signed_in
from accounts.models.viewer import Viewer
from films.models import Film
from films.models.film import ON_A_CARD
from films.paging import Run
from reviews.models import Mark, Review
from reviews.models.mark import MarkQuerySet
from reviews.quiet import without_muted

LATELY: Final = timedelta(days=30)
MOST_SHOWN: Final = 24


def marks_of_friends(viewer: Viewer) -> MarkQuerySet:
    """The marks of whom the viewer follows, as far as they show them to the viewer, without those who are muted."""
    if not is_signed_in(viewer):
        return Mark.objects.none()
    return without_muted(Mark.objects.of_followed(viewer), viewer, films=())


def friends_on(viewer: Viewer, film: Film) -> Any:
    """Of one film, each with `review_id`, the latest review of it that the viewer may read. Saying nothing is no mark.

    `said` orders them: first who gave stars, then who saw it, then who wants to.
    """
    marks = marks_of_friends(viewer).filter(film=film)
    return with_words(marks.exclude(watched_at=None, watchlisted_at=None, liked_at=None), viewer)


def with_words(marks: MarkQuerySet, viewer: Viewer) -> Any:
    """Marks with their member, `said` and `review_id`."""
    reviews = Review.objects.visible_to(viewer).filter(member=OuterRef("member"), film=OuterRef("film"))
    seen = Case(When(watched_at__isnull=False, then=Value(1)), default=Value(0), output_field=IntegerField())
    return (
        marks.select_related("member")
        .defer("member__password", "member__email", "member__bio")
        .annotate(said=Coalesce(F("half_stars") + 1, seen), review_id=Subquery(reviews.newest().values("pk")[:1]))
    )


def on_the_page_of(film: Film, viewer: Any, most: int) -> Any:
    """The viewer's own mark of a film, and so many of friends' (`friends_on`), who said most first: one query."""
    friends = friends_on(viewer, film).order_by("-said", "-updated_at", "-id").values("pk")[:most]
    own = Mark.objects.filter(member=viewer, film=film).values("pk")
    rows = with_words(Mark.objects.filter(pk__in=friends.union(own, all=True)), viewer)
    return rows.order_by("-said", "-updated_at", "-id")


def friends_first(viewer: Viewer) -> tuple[Run, ...]:
    """Reviews of whom the viewer follows before those of others, each the newest first."""
    keys = ("published_at", "id")
    if not is_signed_in(viewer):
        return (Run(keys),)
    return Run(keys, where=Q(Follow.by(viewer))), Run(keys, where=~Q(Follow.by(viewer)))


@compiled(viewer=row_of("accounts.User"), since=datetime)
def _watched_since(viewer: Viewer, since: Any) -> Any:
    """The films that friends have watched since then, most friends first. Popularity does not order them: it would have
    to be looked up for each film.
    """
    lately = without_muted(marks_of_friends(viewer).filter(watched_at__gte=since), viewer, members=())
    counted = lately.values("film").annotate(friends=Count("pk"), latest=Max("watched_at"))
    return counted.order_by("-friends", "-latest", "-film")[:MOST_SHOWN]


def popular_with_friends(viewer: Any, most: int) -> list[Film]:
    """The films that most of those whom the viewer follows watched lately, as cards; 24 at most. One query.

    Of those that as many watched, the one that one of them watched last comes first.
    """
    text = f"""
        SELECT {", ".join(f"f.{name}" for name in ON_A_CARD)}
        FROM ({_watched_since.sql}) top JOIN films_film f ON f.id = top.film
        ORDER BY top.friends DESC, top.latest DESC, f.id DESC LIMIT %(most)s
    """  # noqa: S608 -- columns of ours
    values = {"viewer": viewer.pk, "since": timezone.now() - LATELY, "most": most}
    return [Film.from_db("default", ON_A_CARD, row) for row in prepared.rows(text, values)]
