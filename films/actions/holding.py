"""Holding a film in its place while something is written about it."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import connection
from django.utils.translation import gettext as _

from config import writes
from films.models import Film
from films.survivors import film_numbered


def hold_film(film: Film) -> Film:
    """The film, or the one that it was merged into meanwhile; nobody merges it away before the transaction ends.

    Call first in the transaction: a merge waits for all who hold either film, and they never for each other.
    Raises ValidationError when the film was deleted.
    """
    while True:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM films_film WHERE id = %s FOR KEY SHARE", [film.pk])
            if cursor.fetchone():
                return film
        survivor = film_numbered(film.pk)
        if survivor is None:
            raise ValidationError(_("This film is not in the catalogue any more."), code="gone")
        writes.widen()  # whoever called declared what concerns the film that is no more
        film = survivor


def hold_films(numbers: Iterable[int]) -> set[int]:
    """Many at once, in one order; those that there are. The others were merged away or deleted."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM films_film WHERE id = ANY(%s) ORDER BY id FOR KEY SHARE", [sorted(set(numbers))])
        return {number for (number,) in cursor.fetchall()}
