"""What is on a list: adding films, noting why they are there, putting them in order.

All of it happens under the list's lock, so that two windows follow each other. That the places are 1, 2, 3… without
gaps the database itself sees to (the triggers `tidy_entries_…`).
"""

from collections.abc import Sequence
from datetime import datetime

from django.contrib.humanize.templatetags.humanize import intcomma
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Event, User
from accounts.webhooks.announcing import announce
from films.actions.holding import hold_film
from films.models import Film
from reviews.actions.covering import keep_spoiled, render_words
from reviews.actions.holding_lists import lock_list_to_fill
from reviews.actions.limiting import check_may_post, hold_posts
from reviews.actions.listing import tell_of_list
from reviews.actions.nearness import near_lists
from reviews.actions.rating import KEEP, Keep
from reviews.lengths import too_long
from reviews.models import FilmList, ListEntry, Posting
from reviews.models.film_list import LONGEST_NOTE, MOST_ENTRIES


class StaleNote(Exception):
    """What is said of a film on a list was changed elsewhere since it was read."""

    def __init__(self) -> None:
        super().__init__(_("This note was changed elsewhere since you read it."))


def check_note(note: str) -> None:
    """Raise ValidationError for a note that is too long."""
    if told := too_long(note, LONGEST_NOTE):
        raise ValidationError({"note": [told]})


@near_lists
@transaction.atomic
def add_film(
    *,
    member: User,
    film_list: FilmList,
    film: Film,
    position: int | None = None,
    note: str = "",
    spoilers: bool = False,
) -> tuple[ListEntry, bool]:
    """Put a film at the end, or at a place, where it pushes the others back. A film that is there already stays.

    Returns its entry, and whether it is new. Raises ValidationError for a list that is full, LimitReached after too
    many in a day, PermissionDenied for those who may not fill it.
    """
    check_note(note)
    hold_posts(member=member)
    film = hold_film(film)
    locked = lock_list_to_fill(member=member, film_list=film_list)
    if (there := locked.entries.filter(film=film).first()) is not None:
        return there, False
    count = locked.entries.count()
    if count >= MOST_ENTRIES:
        raise ValidationError(
            _("A list has at most %(most)s films. Take one off first.") % {"most": intcomma(MOST_ENTRIES)}, code="full"
        )
    check_may_post(member=member, kind=Posting.Kind.ENTRY)
    entry = ListEntry(film_list=locked, film=film, added_by=member, position=_within(position, count + 1))
    films = _note(entry, note, spoilers, member)
    entry.save()
    keep_spoiled(entry, films)
    _touch(locked)
    return entry, True


@near_lists
@transaction.atomic
def change_entry(
    *,
    member: User,
    entry: ListEntry,
    note: str | Keep = KEEP,
    spoilers: bool | Keep = KEEP,
    seen: datetime | None = None,
) -> ListEntry:
    """Change what is said of a film here. With `seen`, its time when it was read, raises StaleNote where something else
    was said since, in another window or by somebody who helps. Moving a film is no such change. Raises LimitReached
    after too many in a day."""
    if note is not KEEP:
        check_note(note)
    hold_posts(member=member)
    locked = lock_list_to_fill(member=member, film_list=entry.film_list)
    entry = _entry_on(locked, entry)
    new = entry.note if note is KEEP else note
    covered = entry.spoilers if spoilers is KEEP else spoilers
    if (new, covered) != (entry.note, entry.spoilers):
        if seen is not None and seen != entry.updated_at:
            raise StaleNote
        check_may_post(member=member, kind=Posting.Kind.ENTRY)
        films = _note(entry, new, covered, member)
        entry.updated_at = timezone.now()
        entry.save(update_fields=["note", "note_html", "noted_by", "spoilers", "updated_at"])
        keep_spoiled(entry, films)
        _touch(locked)
    return entry


@near_lists
@transaction.atomic
def remove_film(*, member: User, entry: ListEntry) -> None:
    """The films behind it move up. One that is gone already stays gone."""
    locked = lock_list_to_fill(member=member, film_list=entry.film_list)
    if locked.entries.filter(pk=entry.pk).delete()[0]:
        _touch(locked)


@near_lists
@transaction.atomic
def move_entry(*, member: User, entry: ListEntry, position: int | None = None, by: int = 0) -> ListEntry:
    """Move a film to a place, or `by` so many places (-1 is one up); those between make room.

    A place beyond either end is that end. Raises ValidationError when the film was taken off meanwhile.
    """
    locked = lock_list_to_fill(member=member, film_list=entry.film_list)
    entry = _entry_on(locked, entry)
    old = entry.position
    new = _within(old + by if position is None else position, locked.entries.count())
    if new < old:
        locked.entries.filter(position__gte=new, position__lt=old).update(position=F("position") + 1)
    elif new > old:
        locked.entries.filter(position__gt=old, position__lte=new).update(position=F("position") - 1)
    else:
        return entry
    entry.position = new
    entry.save(update_fields=["position"])
    _touch(locked)
    return entry


@near_lists
@transaction.atomic
def reorder(*, member: User, film_list: FilmList, entries: Sequence[int]) -> FilmList:
    """The whole order at once, by the entries' ids. Those that are not named, added meanwhile, follow in their order.

    Raises ValidationError for an id that is named twice or is not on the list.
    """
    locked = lock_list_to_fill(member=member, film_list=film_list)
    if len(set(entries)) < len(entries):
        raise ValidationError({"entries": [_("Name each film once.")]})
    there = {entry.pk: entry for entry in locked.entries.order_by("position")}
    if not there.keys() >= set(entries):
        raise ValidationError({"entries": [_("One of these is not on the list any more. Look again, then order it.")]})
    named = set(entries)
    order = [*entries, *(number for number in there if number not in named)]
    moved = []
    for position, number in enumerate(order, start=1):
        if there[number].position != position:
            there[number].position = position
            moved.append(there[number])
    if moved:
        ListEntry.objects.bulk_update(moved, ["position"], batch_size=1000)
        _touch(locked)
    return locked


def _within(position: int | None, most: int) -> int:
    return most if position is None else max(1, min(position, most))


def _entry_on(film_list: FilmList, entry: ListEntry) -> ListEntry:
    """The entry as it is now, under the list's lock."""
    found = film_list.entries.filter(pk=entry.pk).select_related("film").first()
    if found is None:
        raise ValidationError(_("This film is not on the list any more."), code="gone")
    return found


def _note(entry: ListEntry, note: str, spoilers: bool, member: User) -> tuple[Film, ...]:
    """Write a note on an entry that is not stored yet; the films that its covers name."""
    words = render_words(note, kind="comment")
    if note != entry.note:
        entry.note, entry.note_html = (note, words.rendered.html) if note.strip() else ("", "")
        entry.noted_by = member if entry.note else None
    entry.spoilers = spoilers
    return words.films


def _touch(film_list: FilmList) -> None:
    """What is on it changed: it is among the newest again, and the feeds know whether there is anything to see."""
    film_list.updated_at = timezone.now()
    film_list.save(update_fields=["updated_at"])
    tell_of_list(film_list)
    announce(Event.LIST_CHANGED, member=film_list.member_id, about=film_list.pk)
