"""Rating, seeing, liking a film, and putting it on the watchlist."""

from copy import copy
from enum import Enum
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from films.actions.holding import hold_film
from films.models import Film
from reviews.actions.noting import note, unnote
from reviews.models import Activity, Mark, Review, Viewing
from reviews.stars import LEAST, MOST


class Keep(Enum):
    """Says of one part of a mark that it stays as it is."""

    KEEP = "keep"


KEEP: Final = Keep.KEEP


def lock_mark(*, member: User, film: Film) -> Mark:
    """The member's mark of the film, made if it is missing, locked until the transaction ends.

    Write about the film of the mark: it is another when the film was merged into that one just now.
    """
    film = hold_film(film)
    Mark.objects.get_or_create(member=member, film=film)
    mark = Mark.objects.select_for_update(no_key=True).get(member=member, film=film)
    mark.film = film
    return mark


@transaction.atomic
def mark_film(
    *,
    member: User,
    film: Film,
    half_stars: int | None | Keep = KEEP,
    watched: bool | Keep = KEEP,
    liked: bool | Keep = KEEP,
    in_watchlist: bool | Keep = KEEP,
) -> Mark:
    """Set the named parts of a member's mark (None clears the rating) and leave the others.

    A rating marks the film as watched; a film that is watched leaves the watchlist unless it is put there in the
    same call. Raises ValidationError for stars off the scale, and when a film that is rated, reviewed or in the
    diary would become unwatched.
    """
    mark = lock_mark(member=member, film=film)
    before = copy(mark)
    now = timezone.now()
    if half_stars is not KEEP:
        if half_stars is not None and not LEAST <= half_stars <= MOST:
            raise ValidationError(_("Give between half a star and five stars, in halves."), code="stars")
        mark.rated_at = None if half_stars is None else (mark.rated_at if mark.half_stars == half_stars else now)
        mark.half_stars = half_stars
    if liked is not KEEP:
        mark.liked_at = (mark.liked_at or now) if liked else None
    if in_watchlist is not KEEP:
        mark.watchlisted_at = (mark.watchlisted_at or now) if in_watchlist else None
    if watched is False:
        _refuse_unwatching(mark)
        mark.watched_at = None
    elif watched is True or (half_stars is not KEEP and half_stars is not None):
        if mark.watched_at is None and in_watchlist is not True:
            mark.watchlisted_at = None
        mark.watched_at = mark.watched_at or now
    mark.updated_at = now
    mark.save()
    _note_changes(member, before, mark)
    return mark


def _note_changes(member: User, before: Mark, mark: Mark) -> None:
    """New stars bring the line up again; what is taken back takes its line with it."""
    Kind = Activity.Kind
    parts: tuple[tuple[str, object, object], ...] = (
        (Kind.RATED, before.half_stars, mark.half_stars),
        (Kind.LIKED, before.is_liked, mark.is_liked),
        (Kind.WATCHLISTED, before.is_in_watchlist, mark.is_in_watchlist),
    )
    for kind, was, now in parts:
        if now and now != was:
            note(member=member, kind=kind, mark=mark, film=mark.film, visibility=mark.visibility, again=True)
        elif was and not now:
            unnote(member=member, kind=kind, mark=mark)


def _refuse_unwatching(mark: Mark) -> None:
    if mark.half_stars is not None:
        raise ValidationError(_("Clear your rating first: it says that you have seen the film."), code="rated")
    if Viewing.objects.filter(member=mark.member_id, film=mark.film_id).exists():
        raise ValidationError(
            _("Your diary says that you have seen the film. Take it out of the diary first."), code="logged"
        )
    if Review.objects.published().filter(member=mark.member_id, film=mark.film_id).exists():
        raise ValidationError(_("You have reviewed the film. Delete the review first."), code="reviewed")
