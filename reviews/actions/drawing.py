"""The draw of an evening, and logging what came out."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from reviews.actions.diary import log_viewing
from reviews.actions.gathering import hold_evening, touch
from reviews.actions.limiting import hold_posts
from reviews.lots import Entry, draw_from, new_lot
from reviews.models import Attendance, Candidate, Draw, Evening, Seat, Viewing, Visibility
from reviews.models.tonight import MOST_DRAWS
from reviews.tonight import Phase, phase_of, shortlist_of, wishes_of


def draw_for(evening: Evening, *, by: Seat | None = None) -> Draw:
    """Draw one of the films on the shortlist, by the rule of reviews/lots.py: of those that nobody struck out or has
    seen, and that were not drawn before. The evening must be held. Raises ValidationError.
    """
    count_without_the_gone(evening)
    before = list(Draw.objects.filter(evening=evening).values_list("film", flat=True))
    if len(before) >= MOST_DRAWS:
        raise ValidationError(_("It was drawn twice already. This film stays."), code="twice")
    left = [
        Entry(one.film_id, one.wants, one.score)
        for one in shortlist_of(evening)
        if one.struck_by is None and not one.is_seen and one.film_id not in before  # type: ignore[attr-defined]
    ]
    if not left:
        raise ValidationError(_("No film is left. Take a strike back, or go back to choosing."), code="none")
    lot = new_lot()
    outcome = draw_from(left, lot=lot)
    return Draw.objects.create(
        evening=evening,
        number=len(before) + 1,
        film_id=outcome.entry.film_id,
        people=Seat.objects.present().filter(evening=evening).count(),
        wants=outcome.entry.wants,
        left=outcome.left,
        tied=outcome.tied,
        lot=lot,
        seat=by,
    )


def count_without_the_gone(evening: Evening) -> None:
    """What only those wanted who sit there no more counts for nothing; nothing is added to a shortlist that stands."""
    wishes = wishes_of(evening)
    for one in Candidate.objects.filter(evening=evening):
        if one.wants > wishes[one.film_id]:
            one.wants = wishes[one.film_id]
            one.save(update_fields=["wants"])


@transaction.atomic
def draw_again(*, seat: Seat) -> Draw:
    """Once, by the host, until somebody has logged the first. The first film is out of it."""
    evening = hold_evening(seat)
    if seat.member_id != evening.host_id:
        raise PermissionDenied(_("Only the host does this."))
    if phase_of(evening) != Phase.DRAWN:
        raise ValidationError(_("Nothing is drawn yet."), code="round")
    if Attendance.objects.filter(draw__evening=evening).exists():
        raise ValidationError(_("Somebody has logged the film already."), code="logged")
    drawn = draw_for(evening, by=seat)
    touch(evening)
    return drawn


@transaction.atomic
def log_evening(
    *, seat: Seat, watched_on: date | None = None, visibility: str = Visibility.PUBLIC, is_named: bool = False
) -> Attendance:
    """We watched it: a line in the member's own diary, of the day on which it was drawn or of another. May be repeated.

    `is_named`: whether the others who logged it may see that this member did. Nobody is logged by anybody else.
    """
    if seat.member is not None:
        hold_posts(member=seat.member)
    evening = hold_evening(seat)
    if seat.member is None:
        raise PermissionDenied(_("Only members keep a diary. With an account you could log it, too."))
    draw = Draw.objects.filter(evening=evening).select_related("film").last()
    if draw is None:
        raise ValidationError(_("Nothing is drawn yet."), code="round")
    if found := Attendance.objects.filter(seat=seat).first():
        if found.is_named != is_named:
            found.is_named = is_named
            found.save(update_fields=["is_named"])
            touch(evening)
        return found
    viewing = log_viewing(
        member=seat.member,
        film=draw.film,
        watched_on=watched_on or timezone.localdate(draw.made_at),
        rewatch=Viewing.objects.filter(member=seat.member, film=draw.film).exists(),
        visibility=visibility,
    )
    made = Attendance.objects.create(seat=seat, draw=draw, viewing=viewing, is_named=is_named)
    touch(evening)
    return made
