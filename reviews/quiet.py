"""What a member has muted stays away from where they look around: feeds, the front page, notices.

A film's own page, a member's own page and the search still show it: whoever asks for something gets it.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import Mute
from accounts.models.sight import is_signed_in
from accounts.models.viewer import Viewer
from reviews.models import FilmMute


def without_muted[Rows: QuerySet[Any]](
    rows: Rows, viewer: Any, *, members: Iterable[str] = ("member",), films: Iterable[str] = ("film",)
) -> Rows:
    """Leave out rows by a member, or about a film, that the viewer mutes; nothing for somebody signed out.

    `members` and `films` are the names by which the rows know them, such as "review__film"; "pk" for films themselves.
    A row that has none there stays.
    """
    if not is_signed_in(viewer):
        return rows
    # The viewer's few mutes, read once for the query: as a condition on each row they mislead the planner.
    muted_members = Mute.objects.filter(muter=viewer).values("muted")
    muted_films = FilmMute.objects.filter(member=viewer).values("film")
    for member in members:
        rows = rows.exclude(**{f"{member}__in": muted_members})
    for film in films:
        rows = rows.exclude(**{f"{film}__in": muted_films})
    return rows


def has_film_mutes() -> Exists:
    """Whether any film is muted, of a row of User."""
    return Exists(FilmMute.objects.filter(member=OuterRef("pk")))


def mutes_any_film(viewer: Viewer) -> bool:
    """accounts.backends reads it with the member; whoever came in by another door costs one query, once a request."""
    if not is_signed_in(viewer):
        return False
    member: Any = viewer  # with or without `mutes_films`
    if getattr(member, "mutes_films", None) is None:
        member.mutes_films = FilmMute.objects.filter(member=member).exists()
    return bool(member.mutes_films)


def mutes_film(viewer: Any, film: str = "film") -> Exists:
    """Whether the viewer mutes the film that the outer query has under that name. `viewer` may be an OuterRef."""
    return Exists(FilmMute.objects.filter(member=viewer, film=OuterRef(film)))
