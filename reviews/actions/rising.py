"""Getting up from the table of an evening: by oneself, at the host's wish, or since two are apart."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from reviews.actions.choosing import go_on_if_all_are_ready
from reviews.actions.drawing import count_without_the_gone
from reviews.actions.gathering import hold_evening, touch
from reviews.models import Attendance, Evening, Seat, ShownOut


@transaction.atomic
def leave_evening(*, seat: Seat) -> None:
    """With all that the person said. The host stays: they end the evening."""
    evening = hold_evening(seat)
    if seat.member_id == evening.host_id:
        raise ValidationError(_("It is your evening: end it instead."), code="host")
    Seat.objects.filter(pk=seat.pk).delete()
    _without(evening)


@transaction.atomic
def show_out(*, member: User, seat: Seat) -> None:
    """The host asks somebody to leave; they cannot come back by this link. May be repeated."""
    evening = Evening.objects.select_for_update(no_key=True).get(pk=seat.evening_id)
    if evening.host_id != member.pk:
        raise PermissionDenied(_("Only the host asks somebody to leave."))
    if seat.member_id == member.pk:
        raise ValidationError(_("It is your evening: end it instead."), code="host")
    if Seat.objects.filter(pk=seat.pk).delete()[0]:
        ShownOut.objects.create(evening=evening, member=seat.member, secret_digest=seat.secret_digest)
        _without(evening)


@transaction.atomic
def part_at_tables(*, member: User, other: User) -> None:
    """Part two members who sit at the same tables, since `member` has blocked the other. Where one of them is the host,
    the other loses their seat; elsewhere `member` does, who wanted it so.
    """
    shared = Evening.objects.filter(seats__member=member).filter(seats__member=other).order_by("pk")
    for evening in shared.select_for_update(no_key=True, of=("self",)):
        goes = other if evening.host_id == member.pk else member
        if Attendance.objects.filter(seat__evening=evening).exists():
            continue  # it is over, and each sees only who is not apart from them
        Seat.objects.filter(evening=evening, member=goes).delete()
        _without(evening)


def _without(evening: Evening) -> None:
    """Go on without somebody who has gone: nobody need wait for them, or watch what they have not struck out."""
    count_without_the_gone(evening)
    go_on_if_all_are_ready(evening)
    touch(evening)
