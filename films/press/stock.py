"""Drawn posters are made once and kept: on demand, one at a time, and ahead of demand by a job."""

import logging
import threading
from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Final

from django.core.files.storage import default_storage

from accounts.picture_files import store
from films.models import Credit, Film, Job
from films.press import Subject, draw, write

logger = logging.getLogger(__name__)

MOST_DIRECTORS: Final = 3
AHEAD: Final = (180, 360)  # the widths that cards use

# Drawing keeps a core busy for some hundredths of a second: one poster at a time leaves room for pages.
_one_at_a_time = threading.Lock()


def subject_of(film: Film) -> Subject:
    """What the press needs to know; two queries."""
    directors = Credit.objects.filter(film=film, job=Job.DIRECTOR).order_by("position", "id")
    names = list(directors.values_list("person__name", flat=True)[:MOST_DIRECTORS])
    genres = list(film.genres.order_by("name").values_list("name", flat=True))
    return Subject(
        title=film.title,
        year=film.year,
        director=" & ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names),
        genre=genres[film.pk % len(genres)] if genres else "",
        original_title=film.original_title,
        family=film.poster_family,
        palette=film.poster_palette,
    )


def kept(film_id: int, version: int, width: int) -> bytes | None:
    """A poster drawn before; None if it was not."""
    try:
        with default_storage.open(_name(film_id, version, width)) as file:
            return file.read()
    except OSError:
        return None


def drawn(film: Film, width: int) -> bytes:
    """The film's poster as WebP, drawn now if it is not kept already."""
    with _one_at_a_time:
        poster = kept(film.pk, film.poster_version, width)
        if poster is None:
            file = BytesIO()
            write(draw(subject_of(film), width), file)
            poster = file.getvalue()
            try:
                store(_name(film.pk, film.poster_version, width), poster)
                default_storage.delete(_name(film.pk, film.poster_version - 1, width))
            except OSError:  # no room, say: it is shown all the same, and drawn again for the next
                logger.exception("A drawn poster could not be kept")
    return poster


def draw_posters(films: Iterable[Film], widths: Sequence[int] = AHEAD) -> int:
    """Draw ahead what those of the films need that have no poster of their own; how many were drawn."""
    count = 0
    for film in films:
        for width in widths:
            if not film.poster_key and not default_storage.exists(_name(film.pk, film.poster_version, width)):
                drawn(film, width)
                count += 1
    return count


def _name(film_id: int, version: int, width: int) -> str:
    """In a thousand folders, since a catalogue has more films than a folder likes."""
    return f"drawn/{film_id % 1000:03d}/{film_id}-{version}-{width}.webp"
