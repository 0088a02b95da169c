"""Shelves: which copies of films a member owns, as that member sees them and as others do."""

from collections.abc import Mapping
from typing import Any, Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import FETCH_RAISE, Count, Exists, OuterRef, Q
from django.db.models.functions import JSONObject
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy

from accounts.models import ShelfPolicy, User
from accounts.models.sight import is_signed_in
from accounts.models.viewer import Viewer
from films.models.film import ON_A_CARD
from films.paging import Run
from reviews.models import OwnedCopy
from reviews.models.owned_copy import MOST_OF_A_FILM, UNSHOWN, OwnedCopyQuerySet

SHOWN: Final = ("member_id", "film_id", "kind", "cut", "since", "since_is_year", "created_at", "updated_at")
SORTS: Final = {
    "added": gettext_lazy("Put there last"),
    "title": gettext_lazy("Title"),
    "newest": gettext_lazy("Newest films"),
    "oldest": gettext_lazy("Oldest films"),
    "since": gettext_lazy("Owned for the shortest time"),
    "longest": gettext_lazy("Owned for the longest time"),
}


def _by(key: str, *, descending: bool) -> tuple[Run, ...]:
    """Copies whose key is known, then those that lack it."""
    known = Run((key, "id"), descending, Q(**{f"{key}__isnull": False}))
    return known, Run(("created_at", "id"), where=Q(**{key: None}))


RUNS: Final[Mapping[str, tuple[Run, ...]]] = {
    "added": (Run(("created_at", "id")),),
    "title": (Run(("film__sort_title", "id"), descending=False),),
    "newest": _by("film__released", descending=True),
    "oldest": _by("film__released", descending=False),
    "since": _by("since", descending=True),
    "longest": _by("since", descending=False),
}


def is_shown(member: User, *, mine: bool, followed: bool) -> bool:
    """Whether somebody whom the member lets in sees the shelf: the member, whoever follows them, or anybody else."""
    if mine or member.shelf_policy == ShelfPolicy.PUBLIC:
        return True
    return followed and member.shelf_policy == ShelfPolicy.FOLLOWERS


def shelf_of(member: User, viewer: Viewer) -> OwnedCopyQuerySet:
    """The member's copies that the viewer sees, with their films as cards.

    Where a copy stands and who has it is read for the member alone: of others' copies, asking for it raises
    FieldFetchBlocked.
    """
    is_own = is_signed_in(viewer) and viewer.pk == member.pk
    columns = (*SHOWN, *UNSHOWN) if is_own else SHOWN
    copies = OwnedCopy.objects.visible_to(viewer).filter(member=member).select_related("film")
    return copies.only(*columns, *(f"film__{name}" for name in ON_A_CARD)).fetch_mode(FETCH_RAISE)


def numbers_of(copies: OwnedCopyQuerySet) -> dict[str, int]:
    """How many `copies`, of how many `films`. One query."""
    return copies.order_by().aggregate(copies=Count("pk"), films=Count("film", distinct=True))


def with_own_copies(films: Any, viewer: Viewer, film: Any) -> Any:
    """Films with `own_copies`, the viewer's own of each, for `copies_on`. `film`: how the rows name the film."""
    own = _own(viewer).filter(film=film).order_by("created_at", "id")[:MOST_OF_A_FILM]
    told = JSONObject(**{name: name for name in ("id", "kind", "cut", "since", "since_is_year", *UNSHOWN)})
    return films.annotate(own_copies=ArraySubquery(own.values(_copy=told)))


def copies_on(film: Any) -> list[OwnedCopy]:
    """The reader's own copies of a film of `with_own_copies`. No query."""
    return [OwnedCopy.of_row(row | {name: _day(row[name]) for name in ("since", "lent_on")}) for row in film.own_copies]


def owned(viewer: Viewer, film: Any) -> Exists:
    """Whether the viewer owns a copy. `film`: how the rows name the film."""
    return Exists(_own(viewer).filter(film=OuterRef(film)))


def _own(viewer: Viewer) -> OwnedCopyQuerySet:
    return OwnedCopy.objects.filter(member=viewer) if is_signed_in(viewer) else OwnedCopy.objects.none()


def _day(said: str | None) -> Any:
    return parse_date(said) if said else None
