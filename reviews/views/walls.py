"""Films that share something: the songs of an artist, a company, a franchise."""

from itertools import groupby
from typing import Any

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from films.models import Artist, Company, Film, Franchise, SoundtrackEntry
from reviews.marks import attach_marks
from reviews.pages import page_of

A_PAGE = 60
MOST_SONGS = 500
MOST_PARTS = 300
CARD = ("slug", "title", "year", "poster_key", "poster_version", "poster_alt", "rating_count", "rating_sum")


@require_safe
def artist(request: HttpRequest, slug: str) -> HttpResponse:
    """An artist's songs by film, the newest film first, each with the scene that it plays in."""
    found = get_object_or_404(Artist, slug=slug)
    songs = (
        SoundtrackEntry.objects.filter(artist=found)
        .select_related("film")
        .only("title", "scene", "position", "film_id", *(f"film__{name}" for name in CARD))
        .order_by(F("film__year").desc(nulls_last=True), "film__sort_title", "film_id", "position")[:MOST_SONGS]
    )
    by_film = [(rows[0].film, rows) for rows in (list(rows) for _film, rows in groupby(songs, lambda s: s.film_id))]
    films = [film for film, _rows in by_film]
    attach_marks(request.user, films)
    return render(request, "films/artist.html", {
        "artist": found,
        "by_film": by_film,
        "films": films,
        "songs": sum(len(rows) for _film, rows in by_film),
    })  # fmt: skip


@require_safe
def company(request: HttpRequest, slug: str) -> HttpResponse:
    """A company's films, the most popular first."""
    found = get_object_or_404(Company.objects.select_related("country"), slug=slug)
    page = page_of(request, found.films.with_card(), "popularity", "id", size=A_PAGE)
    attach_marks(request.user, page["rows"])
    return render(request, "films/company.html", {"company": found} | page)


@require_safe
def franchise(request: HttpRequest, slug: str) -> HttpResponse:
    """The films of a franchise in the order of their parts, else of their years."""
    found = get_object_or_404(Franchise, slug=slug)
    order = F("franchise_part").asc(nulls_last=True), F("year").asc(nulls_last=True), "id"
    films: list[Any] = list(Film.objects.filter(franchise=found).with_card().order_by(*order)[:MOST_PARTS])
    attach_marks(request.user, films)
    seen = sum(bool(film.mark and film.mark.is_watched) for film in films)
    return render(request, "films/franchise.html", {"franchise": found, "films": films, "seen": seen})
