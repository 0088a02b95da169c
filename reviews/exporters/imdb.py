"""Ratings in the columns of IMDb's own export, from 1 to 10, which many programs read."""

from collections.abc import Iterator
from typing import Final

from accounts.models import User
from films.models import FilmId
from reviews.exporters.letterboxd import Cells
from reviews.exporters.rows import each, ids_of, with_film
from reviews.models import Mark

RATINGS: Final = (
    "Const", "Your Rating", "Date Rated", "Title", "Original Title", "URL", "Title Type", "IMDb Rating",
    "Runtime (mins)", "Year", "Genres", "Num Votes", "Release Date", "Directors",
)  # fmt: skip


def ratings(member: User) -> Iterator[Cells]:
    """What IMDb counts itself stays empty; so does `Const` where its number for the film is not known."""
    marks = with_film(Mark.objects.filter(member=member).rated(), credited=True)
    for mark in each(marks.order_by("rated_at", "pk")):
        film, const = mark.film, ids_of(mark).get("imdb", "")
        yield (
            const,
            mark.half_stars,
            mark.rated_at.date().isoformat(),
            film.title,
            film.original_title or film.title,
            FilmId.link("imdb", const) if const else "",
            "Movie",
            "",
            film.runtime_minutes or "",
            film.year or "",
            ", ".join(mark.film_genres),
            "",
            film.release_date.isoformat() if film.release_date else "",
            ", ".join(mark.film_directors),
        )
