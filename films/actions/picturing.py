"""Posters: one that a curator gives, or one that the press draws. Portraits, and pictures of collections."""

from functools import partial

from django.db import transaction

from accounts.models import User
from accounts.picture_files import remove_picture
from accounts.pictures import Readable, save_picture
from accounts.picturing import Focus, arrange
from films.actions.permission import require
from films.models import Collection, Film, Person
from films.posters import RATIO, WIDTHS


@transaction.atomic
def set_poster(*, curator: User, film: Film, picture: Readable, alt: str | None = None) -> Film:
    """Store a picture as the film's poster, in the place of any other; `alt` says what it shows.

    Raises accounts.pictures.PictureRefused, with a sentence for the curator.
    """
    require(curator, "films.change_film")
    key = save_picture(picture, folder="posters", widths=WIDTHS, aspect=RATIO, keep_master=True)
    try:
        if alt is not None:
            Film.objects.filter(pk=film.pk).update(poster_alt=alt)
        return _hang(film, key)
    except BaseException:
        remove_picture(key)
        raise


@transaction.atomic
def remove_poster(*, curator: User, film: Film) -> Film:
    """Take the uploaded poster away: the press draws one again."""
    require(curator, "films.change_film")
    return _hang(film, "")


@transaction.atomic
def redraw_poster(*, curator: User, film: Film) -> Film:
    """Have the press draw the poster anew, for instance after its compositions were bettered."""
    require(curator, "films.change_film")
    return _hang(film, film.poster_key)


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


def _hang(film: Film, key: str) -> Film:
    locked = Film.objects.select_for_update(no_key=True).only("poster_key", "poster_version").get(pk=film.pk)
    before, locked.poster_key, locked.poster_version = locked.poster_key, key, locked.poster_version + 1
    locked.save(update_fields=["poster_key", "poster_version", "updated_at"])
    if before != key:
        transaction.on_commit(partial(remove_picture, before))
    film.poster_key, film.poster_version = key, locked.poster_version
    return film
