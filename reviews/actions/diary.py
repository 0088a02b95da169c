"""Keeping the diary: dated viewings."""

from datetime import date
from typing import Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from films.models import Film
from reviews.actions.noting import note, without_noting
from reviews.actions.rating import mark_film
from reviews.models import Activity, Viewing

EARLIEST: Final = date(1895, 1, 1)


def check_watched_on(day: date) -> None:
    """Raise ValidationError for a day that has not come yet, or that is before there was a cinema."""
    if day > timezone.localdate():
        raise ValidationError(_("That day has not come yet. Give the day on which you saw the film."), code="future")
    if day < EARLIEST:
        raise ValidationError(_("Nobody showed films before 1895. Check the year."), code="too_early")


@transaction.atomic
def log_viewing(
    *, member: User, film: Film, watched_on: date, rewatch: bool = False, half_stars: int | None = None
) -> Viewing:
    """Write a viewing into the diary; the stars become the member's rating of the film too.

    The same film on the same day twice is two viewings: people do that. Raises ValidationError for a wrong day.
    """
    check_watched_on(watched_on)
    with without_noting():  # the stars are part of the line about the evening
        if half_stars is None:
            mark = mark_film(member=member, film=film, watched=True)
        else:
            mark = mark_film(member=member, film=film, half_stars=half_stars)
    viewing = Viewing.objects.create(
        member=member, film=mark.film, watched_on=watched_on, rewatch=rewatch, half_stars=half_stars
    )
    note(member=member, kind=Activity.Kind.LOGGED, viewing=viewing, film=mark.film, visibility=viewing.visibility)
    return viewing


@transaction.atomic
def change_viewing(
    *, member: User, viewing: Viewing, watched_on: date, rewatch: bool, half_stars: int | None
) -> Viewing:
    """Correct a line of the diary. A changed rating becomes the member's rating of the film."""
    if viewing.member_id != member.pk:
        raise PermissionDenied(_("This is somebody else’s diary."))
    check_watched_on(watched_on)
    if half_stars is not None and half_stars != viewing.half_stars:
        with without_noting():
            mark_film(member=member, film=viewing.film, half_stars=half_stars)
    viewing.watched_on, viewing.rewatch, viewing.half_stars = watched_on, rewatch, half_stars
    viewing.save(update_fields=["watched_on", "rewatch", "half_stars", "updated_at"])
    return viewing


@transaction.atomic
def delete_viewing(*, member: User, viewing: Viewing) -> None:
    """Take a line out of the diary. The rating of the film and a review of that evening stay."""
    if viewing.member_id != member.pk:
        raise PermissionDenied(_("This is somebody else’s diary."))
    viewing.delete()
