"""What the reader has made of the films on a page, fetched for all of them at once."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from accounts.compiled import prepared, row_of
from accounts.models.viewer import Viewer
from films.models import Collection as Shelf
from films.models import CollectionEntry, Film
from reviews.blind import cover, is_covered
from reviews.models import Mark


@prepared(viewer=row_of("accounts.User"), films=list)
def _marks_of(viewer: Any, films: list[int]) -> Any:
    return Mark.objects.filter(member=viewer, film__in=films)


def marks_of(viewer: Any, films: Iterable[Film]) -> dict[int, Mark]:
    """The viewer's marks by the film's id, in one query; none, and no query, for somebody signed out."""
    ids = {film.pk for film in films}
    if not ids or not getattr(viewer, "is_authenticated", False):
        return {}
    return {mark.film_id: mark for mark in _marks_of(viewer=viewer.pk, films=sorted(ids))}


def attach_marks(viewer: Viewer, films: Collection[Film], *, covering: Collection[Film] = ()) -> None:
    """Give every film its `mark`: the viewer's, or None. Covers the scores that they are not to see yet, also of the
    films of `covering`, which get no mark.
    """
    marks = marks_of(viewer, [*films, *covering])
    for film in covering:
        if is_covered(viewer, marks.get(film.pk)):
            cover(film)
    for film in films:
        film.mark = marks.get(film.pk)  # type: ignore[attr-defined]  # the catalogue below knows nothing of marks
        if is_covered(viewer, film.mark):  # type: ignore[attr-defined]
            cover(film)


def with_progress(shelves: QuerySet[Shelf], viewer: Any) -> QuerySet[Shelf]:
    """Collections that know their `size`, and how many of their films the viewer has `seen`: None if signed out."""
    rows = shelves.annotate(size=_counted(CollectionEntry.objects.filter(collection=OuterRef("pk")), "collection"))
    if not getattr(viewer, "is_authenticated", False):
        return rows.annotate(seen=Value(None, output_field=IntegerField()))
    marks = Mark.objects.watched().filter(member=viewer, film__collection_entries__collection=OuterRef("pk"))
    return rows.annotate(seen=_counted(marks, "member"))


def _counted(rows: QuerySet[Any], group: str) -> Coalesce:
    """How many, as a subquery; 0 for none."""
    return Coalesce(Subquery(rows.order_by().values(group).annotate(number=Count("pk")).values("number")), 0)
