"""Rating, seeing, liking a film, and putting it on the watchlist."""

from copy import copy
from datetime import datetime
from enum import Enum
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Event, User
from accounts.webhooks.announcing import announce
from films.actions.holding import hold_film
from films.models import Film
from reviews.actions.answering import tell_of_seeing
from reviews.actions.incidents import watch
from reviews.actions.nearness import near_film, near_marks
from reviews.actions.noting import note, unnote
from reviews.blind import is_covered
from reviews.models import Activity, ContentVote, Mark, Review, Viewing, Visibility
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
    mark.film, mark.member = film, member
    return mark


@near_marks
@transaction.atomic
def mark_film(
    *,
    member: User,
    film: Film,
    half_stars: int | None | Keep = KEEP,
    watched: bool | Keep = KEEP,
    liked: bool | Keep = KEEP,
    in_watchlist: bool | Keep = KEEP,
    visibility: str | Keep = KEEP,
) -> Mark:
    """Set the named parts of a member's mark (None clears the rating) and leave the others.

    A rating marks the film as watched; a film that is watched leaves the watchlist unless it is put there in the
    same call. `visibility` says who sees the mark, one of Visibility; it counts for the film either way. A rating may
    be held at once, or open an incident: see reviews/actions/incidents.py. Raises
    ValidationError for stars off the scale, and when a film that is rated, reviewed, in the diary or voted on would
    become unwatched.
    """
    mark = lock_mark(member=member, film=film)
    before = copy(mark)
    now = timezone.now()
    is_new = half_stars is not KEEP and half_stars != mark.half_stars
    if half_stars is not KEEP and is_new:
        _rate(mark, half_stars, now)
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
    if visibility is not KEEP:
        if visibility not in Visibility.values:
            raise ValidationError({"visibility": [_("Choose who can see this.")]})
        mark.visibility = visibility
    mark.updated_at = now
    mark.save()
    _note_changes(member, before, mark)
    if mark.is_watched and not before.is_watched:
        tell_of_seeing(mark)
    _announce_changes(before, mark)
    return watch(mark=mark, is_new=is_new)


@near_film
@transaction.atomic
def show_score(*, member: User, film: Film) -> Mark:
    """For a member who hides scores: show this film's from now on. A rating given later is not a blind one."""
    mark = lock_mark(member=member, film=film)
    if mark.score_seen_at is None:
        mark.score_seen_at = timezone.now()
        mark.save(update_fields=["score_seen_at"])
    return mark


def _rate(mark: Mark, half_stars: int | None, now: datetime) -> None:
    """A new rating, another one, or none. Only the first can be blind, and no incident holds one not yet stored."""
    if half_stars is not None and not LEAST <= half_stars <= MOST:
        raise ValidationError(_("Give between half a star and five stars, in halves."), code="stars")
    mark.rated_blind = half_stars is not None and is_covered(mark.member, mark)
    if half_stars is None:
        mark.score_seen_at = mark.score_seen_at or now  # the rating had shown it
    mark.rated_at = None if half_stars is None else now
    mark.half_stars, mark.incident = half_stars, None


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


def _announce_changes(before: Mark, mark: Mark) -> None:
    """Members' programs hear of what they keep in step with, also where the feeds have no line of it."""
    if mark.half_stars != before.half_stars:
        announce(Event.RATING_CHANGED, member=mark.member, about=mark.film_id)
    if mark.is_in_watchlist != before.is_in_watchlist:
        announce(Event.WATCHLIST_CHANGED, member=mark.member, about=mark.film_id)


def _refuse_unwatching(mark: Mark) -> None:
    if mark.half_stars is not None:
        raise ValidationError(_("Clear your rating first: it says that you have seen the film."), code="rated")
    if Viewing.objects.filter(member=mark.member_id, film=mark.film_id).exists():
        raise ValidationError(
            _("Your diary says that you have seen the film. Take it out of the diary first."), code="logged"
        )
    if Review.objects.published().filter(member=mark.member_id, film=mark.film_id).exists():
        raise ValidationError(_("You have reviewed the film. Delete the review first."), code="reviewed")
    if ContentVote.objects.filter(member=mark.member_id, film=mark.film_id).exists():
        raise ValidationError(_("You have said what the film contains. Take that back first."), code="guided")
