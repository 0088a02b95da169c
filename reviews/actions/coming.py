"""Saying that one comes to a screening of the house, and that one cannot after all; and logging what one saw there."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.freshness import near_oneself
from accounts.models import User
from films.models import Film
from reviews.actions.diary import log_viewing
from reviews.actions.limiting import hold_posts
from reviews.actions.nearness import near_film
from reviews.actions.seating import fill_seats, has_room
from reviews.models import Coming, Mark, ScreenedFilm, Screening, ScreeningLine, Viewing, Visibility
from reviews.models.coming import MOST_GUESTS


@near_oneself
@transaction.atomic
def come(*, member: User, screening: Screening, guests: int = 0, is_named: bool = False) -> Coming:
    """Take a seat for oneself and so many guests, or a place on the waiting list; or change what one said. May be
    repeated, and one keeps one's place.

    `is_named`: others may see it. Raises ValidationError: for a number of guests, by field, that cannot be or has no
    seats left, and where nobody can say so any more. Raises Screening.DoesNotExist for one that the member may not see.
    """
    row = _hold(screening, member)
    if not 0 <= guests <= MOST_GUESTS:
        raise ValidationError({"guests": [_("Bring at most %(most)d guests.") % {"most": MOST_GUESTS}]})
    mine = Coming.objects.filter(screening=row, member=member).first()
    if mine is None:
        return _begin(row, member, guests, is_named)
    if guests != mine.guests:
        _check_change(row, mine, guests)
    fewer, mine.guests, mine.is_named = guests < mine.guests, guests, is_named
    mine.save(update_fields=["guests", "is_named"])
    if fewer:
        fill_seats(row)
    return mine


@near_oneself
@transaction.atomic
def step_back(*, member: User, screening: Screening) -> None:
    """One cannot come after all, or did not; whoever waits gets the seats. May be repeated."""
    row = _hold(screening, member)
    if Coming.objects.filter(screening=row, member=member).delete()[0]:
        fill_seats(row)


@near_film
@transaction.atomic
def log_screened(*, member: User, film: Film, screening: Screening) -> Viewing:
    """A line in the member's diary with day, place, format and cut as they were. May be repeated; there is one.

    Raises ValidationError before it is over, without a seat, and for a film that was not shown.
    """
    hold_posts(member=member)
    coming = Coming.objects.with_a_seat().filter(screening=screening, member=member).first()
    if coming is None or screening.is_called_off or not screening.is_over:
        raise ValidationError(_("Those who said that they come log it here, once it is over."))
    shown = ScreenedFilm.objects.filter(screening=screening, film=film).first()
    if shown is None:
        raise ValidationError(_("This film was not shown."))
    if found := ScreeningLine.objects.filter(coming=coming, film=shown).select_related("viewing").first():
        return found.viewing
    mark = Mark.objects.filter(member=member, film=film).first()
    viewing = log_viewing(
        member=member,
        film=film,
        watched_on=screening.day,
        rewatch=Viewing.objects.filter(member=member, film=film).exists(),
        cut=shown.cut,
        format=shown.format,
        place=screening.place,
        visibility=mark.visibility if mark else Visibility.PUBLIC.value,
    )
    ScreeningLine.objects.create(coming=coming, film=shown, viewing=viewing)
    return viewing


def _begin(row: Screening, member: User, guests: int, is_named: bool) -> Coming:
    _check_open(row)
    waits = not has_room(row, 1 + guests) or (row.seats is not None and _is_waited_for(row))
    return Coming.objects.create(
        screening=row,
        member=member,
        guests=guests,
        is_named=is_named,
        waiting_since=timezone.now() if waits else None,
    )


def _check_change(row: Screening, mine: Coming, guests: int) -> None:
    if row.is_called_off or row.has_begun:
        raise ValidationError(_("It is too late to change how many you are."))
    more = guests - mine.guests
    if more < 0:
        return
    _check_open(row)
    if mine.is_waiting or row.seats is None:
        return
    if _is_waited_for(row):
        raise ValidationError({"guests": [_("Others wait for the seats that are free.")]})
    if not has_room(row, more):
        left = row.left or 0
        told = ngettext("%(left)d seat is left.", "%(left)d seats are left.", left) % {"left": left}
        raise ValidationError({"guests": [told]})


def _is_waited_for(row: Screening) -> bool:
    return Coming.objects.waiting().filter(screening=row).exists()


def _check_open(row: Screening) -> None:
    if row.is_called_off:
        raise ValidationError(_("This screening is called off."))
    if not row.takes_answers:
        raise ValidationError(_("The time to say that you come is over. Ask at the door."))


def _hold(screening: Screening, member: User) -> Screening:
    """The row, nobody else changing it or who comes. Raises Screening.DoesNotExist."""
    return Screening.objects.visible_to(member).select_for_update(no_key=True).get(pk=screening.pk)
