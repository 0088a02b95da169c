"""CSV files that Letterboxd imports: the diary with what was seen on no day, the watchlist, and each list.

One line for each viewing, then one without a date for each film that was seen and has no viewing, or whose stars are
others by now, and for each review that is of no viewing. Cells hold what was written, to the letter: a reader of CSV
gives it back as it is, and a mark before `=` or `-` that should keep spreadsheets from taking it for a formula
would stand in the member's own words after the next import. README.txt says so.
"""

from collections.abc import Iterator
from typing import Any, Final

from accounts.models import User
from reviews.exporters.rows import each, ids_of, with_film
from reviews.exporters.texts import lists_with_entries
from reviews.models import FilmList, ListEntry, Mark, Review, Viewing

FILM: Final = ("tmdbID", "imdbID", "Title", "Year", "Directors")
DIARY: Final = (*FILM, "Rating", "WatchedDate", "Rewatch", "Tags", "Review")
LIST: Final = ("Position", *FILM, "Review")

type Cells = tuple[Any, ...]


def film_cells(row: Any) -> Cells:
    """The cells that say which film a row is of. The row was read by `with_film`, with its directors."""
    ids = ids_of(row)
    return ids.get("tmdb", ""), ids.get("imdb", ""), row.film.title, row.film.year or "", ", ".join(row.film_directors)


def diary(member: User) -> Iterator[Cells]:
    newest: dict[int, int | None] = {}  # of each film with viewings the stars of the newest that has any
    viewings = with_film(Viewing.objects.filter(member=member).select_related("review"), credited=True)
    for viewing in each(viewings.order_by("watched_on", "pk")):
        newest[viewing.film_id] = viewing.half_stars or newest.get(viewing.film_id)
        review = getattr(viewing, "review", None)
        said = _said(review) if review is not None and not review.is_draft else (", ".join(viewing.tags), "")
        rewatch = "Yes" if viewing.rewatch else ""
        yield (*film_cells(viewing), _stars(viewing.stars), viewing.watched_on.isoformat(), rewatch, *said)
    yield from _undated(member, newest)
    reviews = Review.objects.published().filter(member=member, viewing=None)
    for review in each(with_film(reviews, credited=True).order_by("pk")):
        yield (*film_cells(review), _stars(review.stars), "", "", *_said(review))


def _undated(member: User, newest: dict[int, int | None]) -> Iterator[Cells]:
    marks = with_film(Mark.objects.filter(member=member).watched(), credited=True)
    for mark in each(marks.order_by("pk")):
        if mark.film_id not in newest or (mark.half_stars and mark.half_stars != newest[mark.film_id]):
            yield (*film_cells(mark), _stars(mark.stars), "", "", "", "")


def watchlist(member: User) -> Iterator[Cells]:
    marks = with_film(Mark.objects.filter(member=member).in_watchlist(), credited=True)
    for mark in each(marks.order_by("-watchlisted_at", "pk")):
        yield film_cells(mark)


def lists(member: User) -> Iterator[tuple[FilmList, Iterator[Cells]]]:
    for film_list, entries in lists_with_entries(member):
        yield film_list, map(_entry, entries)


def _entry(entry: ListEntry) -> Cells:
    return entry.position, *film_cells(entry), entry.note


def _said(review: Review) -> tuple[str, str]:
    return ", ".join(review.tags), review.body


def _stars(stars: float | None) -> str:
    return "" if stars is None else f"{stars:g}"
