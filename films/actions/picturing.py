"""Posters: one that a curator gives, or one that the press draws. Portraits, and pictures of collections."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from accounts.pictures import Readable
from accounts.picturing import Focus, arrange
from films.actions.permission import require
from films.models import Collection, Film, Person


@transaction.atomic
def set_poster(
    *,
    curator: User,
    film: Film,
    picture: Readable | None = None,
    remove: bool = False,
    focus: Focus = (50, 50),
    alt: str | None = None,
) -> Film:
    """Another poster, none (the press draws one again), or the same one cut around another point.

    `alt` says what it shows. Raises accounts.pictures.PictureRefused, with a sentence for the curator.
    """
    require(curator, "films.change_film")
    before = film.poster_key
    arrange(film, "poster", file=picture, remove=remove, focus=focus)
    if alt is not None:
        Film.objects.filter(pk=film.pk).update(poster_alt=alt)
    return film if film.poster_key == before else _renew(film)


@transaction.atomic
def redraw_poster(*, curator: User, film: Film) -> Film:
    """Have the press draw the poster anew, for instance after its compositions were bettered."""
    require(curator, "films.change_film")
    return _renew(film)


@transaction.atomic
def set_portrait(
    *,
    curator: User,
    person: Person,
    picture: Readable | None = None,
    remove: bool = False,
    focus: Focus = (50, 50),
) -> Person:
    """Another portrait, none, or the same one cut around another point. Raises accounts.pictures.PictureRefused."""
    require(curator, "films.change_person")
    arrange(person, "portrait", file=picture, remove=remove, focus=focus)
    return person


@transaction.atomic
def set_collection_picture(
    *,
    editor: User,
    collection: Collection,
    picture: Readable | None = None,
    remove: bool = False,
    focus: Focus = (50, 50),
) -> Collection:
    """The same for a collection."""
    require(editor, "films.change_collection")
    arrange(collection, "picture", file=picture, remove=remove, focus=focus)
    return collection


def _renew(film: Film) -> Film:
    """Another version of the poster: what was drawn or kept by browsers is not asked for any more."""
    Film.objects.filter(pk=film.pk).update(poster_version=F("poster_version") + 1, updated_at=timezone.now())
    film.refresh_from_db(fields=["poster_version"])
    return film
