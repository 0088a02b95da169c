"""Films that the members whom one follows loved, and one has not seen."""

from typing import Any, Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import ngettext

from accounts.models.sight import is_signed_in
from accounts.models.viewer import Viewer
from films.models import Film
from films.models.film import ON_A_CARD
from reviews.blind import is_blind
from reviews.models import Dismissal, Mark
from reviews.quiet import without_muted
from reviews.timeline import Unnest, circle_of

LOVED: Final = 8  # half-stars: four stars or more
MOST_FOLLOWED, MOST_OF_ONE = 150, 15  # whom the viewer follows latest, and the latest that each of them loved


def from_circle(viewer: Any, most: int) -> list[Film]:
    """Cards, first what most of them loved: each has `friends`, how many, and `because`, that in words. One query.

    None where the viewer has switched recommendations off. Who sees no scores before their own is told what others saw.
    """
    if not is_signed_in(viewer) or not viewer.wants_recommendations:
        return []
    blind = is_blind(viewer)
    cards = Film.objects.only(*ON_A_CARD, "popularity")
    films = without_muted(not_known_to(viewer, cards), viewer, members=(), films=("pk",))
    counted = films.filter(marks__in=_loved(viewer, blind)).annotate(friends=Count("marks"))
    found: list[Any] = list(counted.order_by("-friends", "-popularity", "-id")[:most])
    for film in found:
        film.because = said(film.friends, blind)
    return found


def not_known_to(viewer: Any, films: QuerySet[Film]) -> QuerySet[Film]:
    """Films that the viewer has not seen, does not want to see already, and has not dismissed."""
    known = Q(watched_at__isnull=False) | Q(watchlisted_at__isnull=False)
    return films.filter(
        ~Exists(Mark.objects.filter(known, member=viewer, film=OuterRef("pk"))),
        ~Exists(Dismissal.objects.filter(member=viewer, film=OuterRef("pk"))),
    )


def _loved(viewer: Viewer, blind: bool) -> QuerySet[Any, Any]:
    """The numbers of these marks: only such as their members show to the viewer."""
    shown = Mark.objects.visible_to(viewer).filter(member=OuterRef("followed"))
    if blind:
        marks = shown.watched().order_by("-watched_at")
    else:
        marks = shown.filter(half_stars__gte=LOVED).order_by("-rated_at")
    latest = circle_of(viewer).order_by("-pk").values("pk")[:MOST_FOLLOWED]
    of_one = Unnest(ArraySubquery(marks.values("pk")[:MOST_OF_ONE]))
    follows = circle_of(viewer).filter(pk__in=latest)
    return follows.annotate(mark=of_one).values("mark")


def said(friends: int, blind: bool) -> str:
    if blind:
        words = ngettext("Somebody you follow has seen it", "%(number)d people you follow have seen it", friends)
    else:
        words = ngettext("Somebody you follow loved it", "%(number)d people you follow loved it", friends)
    return words % {"number": friends}
