"""What curators have put together, and how much of it the reader has seen."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from films.models import Collection, CollectionEntry, Film
from reviews.marks import attach_marks, with_progress
from reviews.pages import page_of

A_PAGE = 12
FANNED = 4
MOST = 500


@require_safe
def collections(request: HttpRequest) -> HttpResponse:
    rows: Any = (
        Collection.objects.shown()
        .select_related("curator")
        .prefetch_related(Prefetch("entries", queryset=entries_with_cards()[:FANNED], to_attr="fan"))
    )
    rows = with_progress(rows, request.user)
    return render(request, "films/collections.html", page_of(request, rows, "updated_at", "id", size=A_PAGE))


@require_safe
def collection(request: HttpRequest, slug: str) -> HttpResponse:
    """Somebody who may edit it sees it outside of its dates, too."""
    may_edit = request.user.is_staff and request.user.has_perm("films.change_collection")
    rows = Collection.objects.all() if may_edit else Collection.objects.shown()
    found = get_object_or_404(rows.select_related("curator"), slug=slug)
    entries = list(entries_with_cards().filter(collection=found)[:MOST])
    films = [entry.film for entry in entries]
    attach_marks(request.user, films)
    return render(request, "films/collection.html", {
        "collection": found,
        "entries": entries,
        "films": films,
        "has_notes": any(entry.note for entry in entries),
        "seen": sum(bool(film.mark and film.mark.is_watched) for film in films),  # type: ignore[attr-defined]  # attached above
    })  # fmt: skip


def entries_with_cards() -> QuerySet[CollectionEntry]:
    """Entries with their films' cards, in their order."""
    cards = Film.objects.with_card()
    return CollectionEntry.objects.prefetch_related(Prefetch("film", queryset=cards)).order_by("position", "id")
