"""Collections, and which of them stand on the front page."""

from collections.abc import Iterable
from datetime import date
from typing import Final, TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.legible import line_of
from accounts.models import User
from films.actions.permission import require
from films.models import Collection, CollectionEntry, Film
from films.names import first_free, roman

MOST_FILMS: Final = 500


class CollectionFacts(TypedDict, total=False):
    """What a curator may say of a collection. What is left out stays as it is."""

    title: str
    slug: str
    text: str
    picture_alt: str
    curator: User | None
    on_front_page: bool
    position: int
    shown_from: date | None
    shown_until: date | None


@transaction.atomic
def save_collection(
    *, editor: User, collection: Collection | None = None, **facts: Unpack[CollectionFacts]
) -> Collection:
    """A new collection, or a changed one. Its address comes from its first title and stays. Raises ValidationError."""
    collection = collection or Collection(curator=editor)
    require(editor, "films.change_collection" if collection.pk else "films.add_collection")
    for name, value in facts.items():
        setattr(collection, name, line_of(str(value), name) if name == "title" else value)
    if not collection.slug:
        base = roman(collection.title)[:100].strip("-") or "collection"
        taken = Collection.objects.filter(slug__startswith=base).values_list("slug", flat=True)
        collection.slug = first_free(base, set(taken))
    collection.full_clean()
    if collection.pk:  # nothing else: a job may have given it another picture key in the meantime
        collection.save(update_fields=[*{*facts, "slug", "updated_at"}])
    else:
        collection.save()
    return collection


@transaction.atomic
def add_to_collection(*, editor: User, collection: Collection, films: Iterable[Film]) -> int:
    """Put films at the end of a collection, in the order given. Returns how many were not in it before."""
    require(editor, "films.change_collection")
    locked = Collection.objects.select_for_update(no_key=True).get(pk=collection.pk)
    there = set(locked.entries.values_list("film_id", flat=True))
    new = [film for film in {film.pk: film for film in films}.values() if film.pk not in there]
    check_size(len(there) + len(new))
    last = locked.entries.aggregate(last=Max("position"))["last"] or 0
    CollectionEntry.objects.bulk_create(
        CollectionEntry(collection=locked, film=film, position=position)
        for position, film in enumerate(new, start=last + 1)
    )
    locked.save(update_fields=["updated_at"])
    return len(new)


@transaction.atomic
def arrange_collection(
    *, editor: User, collection: Collection, kept: Iterable[CollectionEntry], dropped: Iterable[CollectionEntry] = ()
) -> None:
    """Store entries that were checked already, and delete others. Raises ValidationError where they are too many."""
    require(editor, "films.change_collection")
    locked = Collection.objects.select_for_update(no_key=True).get(pk=collection.pk)
    for entry in dropped:
        entry.delete()
    for entry in kept:
        entry.collection = locked
        entry.save()
    check_size(locked.entries.count())
    locked.save(update_fields=["updated_at"])


def check_size(number: int) -> None:
    """Raise ValidationError for more films than a collection holds."""
    if number > MOST_FILMS:
        raise ValidationError(_("A collection holds %(most)d films. Start another for these.") % {"most": MOST_FILMS})


@transaction.atomic
def arrange_front_page(*, editor: User, collections: Iterable[Collection]) -> None:
    """These collections and no others stand on the front page, in this order."""
    require(editor, "films.change_collection")
    wanted = list(dict.fromkeys(collection.pk for collection in collections))
    for collection in Collection.objects.select_for_update(no_key=True).order_by("pk"):
        collection.on_front_page = collection.pk in wanted
        if collection.on_front_page:
            collection.position = wanted.index(collection.pk) + 1
        collection.save(update_fields=["on_front_page", "position", "updated_at"])
