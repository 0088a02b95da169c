"""Holding a list while it is written: whoever changes what is on it holds the films first, then the list.

A merge of films takes them in the same order (films/actions/moving.py), so that the two never wait for each other.
"""

from typing import Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from films.actions.holding import hold_films
from reviews.lists import may_fill
from reviews.models import FilmList, ListEntry

FILLS_ITSELF: Final = gettext_lazy("This list fills itself. Change what it finds, or make a copy with today’s films.")


def hold_films_of(film_list: FilmList) -> None:
    """None of the films on the list is merged away before the transaction ends."""
    held: set[int] = set()
    while wanted := set(ListEntry.objects.filter(film_list=film_list).values_list("film", flat=True)) - held:
        hold_films(wanted)
        held |= wanted


def lock_list(film_list: FilmList) -> FilmList:
    """The list as it is now, nobody else changing it. Raises ValidationError when it was deleted."""
    rows = FilmList.objects.select_for_update(no_key=True, of=("self",)).select_related("member")
    locked = rows.filter(pk=film_list.pk).first()
    if locked is None:
        raise ValidationError(_("This list is not here any more."), code="gone")
    return locked


def lock_own_list(*, member: User, film_list: FilmList) -> FilmList:
    if film_list.member_id != member.pk:
        raise PermissionDenied(_("This is somebody else’s list."))
    return lock_list(film_list)


def lock_list_to_fill(*, member: User, film_list: FilmList) -> FilmList:
    """For its own member and those who help with it. Raises PermissionDenied for others, and ValidationError for a list
    that fills itself."""
    locked = lock_list(film_list)
    if not may_fill(member, locked):
        raise PermissionDenied(_("Only those whose list it is change what is on it."))
    check_by_hand(locked)
    return locked


def check_by_hand(film_list: FilmList) -> None:
    """Raise ValidationError for a list that fills itself."""
    if film_list.fills_itself:
        raise ValidationError(FILLS_ITSELF, code="fills_itself")
