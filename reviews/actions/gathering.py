"""Evenings: starting one, taking a seat, and how all of it ends. Who gets up from the table: rising.py."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.legible import one_line
from accounts.models import User
from accounts.names import RESERVED
from films.models import Country, Service
from reviews.actions.limiting import LINK, check_may_post
from reviews.models import (
    Attendance,
    Candidate,
    Draw,
    Evening,
    EveningStep,
    Pick,
    Posting,
    Ready,
    Seat,
    ShownOut,
    WordRule,
)
from reviews.models.tonight import LASTS, LONGEST_GUEST, LONGEST_NAME, MOST_SEATS
from reviews.tonight import CLOSED, Sitting, digest, has_room_for, is_barred, sitting_at
from reviews.words import rules_met

MOST_SERVICES: Final = 40


class NoSeat(ValidationError):
    """There is no seat for whoever asks, for a reason that stays unsaid."""

    def __init__(self) -> None:
        super().__init__(str(CLOSED), code="closed")


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """What an evening is to be like."""

    name: str = ""
    most_minutes: int | None = None
    country: Country | None = None
    services: tuple[Service, ...] = ()
    shelf: bool = False  # whether the host brings what they own


@transaction.atomic
def start_evening(*, member: User, wishes: Wishes) -> Evening:
    """The host has the first seat. Raises ValidationError by field, and LimitReached."""
    name = one_line(wishes.name)
    if len(name) > LONGEST_NAME:
        raise ValidationError(
            {"name": [_("Shorten the name to %(most)d characters or fewer.") % {"most": LONGEST_NAME}]}
        )
    if _is_unfit(name):
        raise ValidationError({"name": [_("Give it another name: this one does not go by the rules of the house.")]})
    check_may_post(member=member, kind=Posting.Kind.EVENING)
    evening = Evening(host=member, name=name, most_minutes=wishes.most_minutes, country=wishes.country)
    evening.full_clean(exclude=["key", "host", "country"])
    evening.save()
    seat = Seat.objects.create(evening=evening, number=1, member=member, brings_shelf=wishes.shelf)
    seat.services.set(wishes.services[:MOST_SERVICES])
    return evening


@transaction.atomic
def join_as_member(*, member: User, key: str, secret: str = "") -> Seat:
    """Take a seat, or keep the one that the member has, the guest's with this secret included. Raises NoSeat."""
    sitting = _hold(key, member, secret)
    if sitting.seat_id is not None:
        seat = Seat.objects.get(pk=sitting.seat_id)
        if seat.member_id == member.pk or is_barred(sitting.evening, member):
            return seat
        seat.member, seat.guest_name, seat.secret_digest = member, "", ""
        seat.save(update_fields=["member", "guest_name", "secret_digest"])
        return _told(seat)
    if not has_room_for(sitting, member, secret):
        raise NoSeat
    return _told(Seat.objects.create(evening=sitting.evening, number=_free_number(sitting.evening), member=member))


@transaction.atomic
def join_as_guest(*, name: str, key: str, secret: str) -> Seat:
    """Take a seat without an account; whoever has the secret has the seat. Raises NoSeat, ValidationError by field."""
    sitting = _hold(key, None, secret)
    if sitting.seat_id is not None:
        return Seat.objects.get(pk=sitting.seat_id)
    if not has_room_for(sitting, None, secret):
        raise NoSeat
    name = one_line(name)
    check_guest_name(name, sitting.evening)
    number = _free_number(sitting.evening)
    seat = Seat(evening=sitting.evening, number=number, guest_name=name, secret_digest=digest(secret))
    seat.save()
    return _told(seat)


@transaction.atomic
def end_evening(*, member: User, evening: Evening) -> None:
    """End the evening for everybody. What was logged stays; the rest is deleted within the hour. May be repeated."""
    if evening.host_id != member.pk:
        raise PermissionDenied(_("Only the host ends an evening."))
    seat = Seat.objects.filter(evening=evening, member=member).first()
    EveningStep.objects.get_or_create(evening=evening, kind=EveningStep.Kind.END, defaults={"seat": seat})


def forget_evenings() -> int:
    """Delete what is over, and of evenings with a result all but that and who logged it. Returns how many ended."""
    ended = EveningStep.objects.filter(evening=OuterRef("pk"), kind=EveningStep.Kind.END)
    over = Evening.objects.filter(Q(Exists(ended)) | Q(started_at__lte=timezone.now() - LASTS))
    kept = Exists(Attendance.objects.filter(draw__evening=OuterRef("pk")))
    number = over.filter(~kept).delete()[1].get("reviews.Evening", 0)
    with transaction.atomic():
        results = list(over.filter(kept).values_list("pk", flat=True))
        Seat.objects.filter(evening__in=results, attendance=None).delete()
        Pick.objects.filter(seat__evening__in=results).delete()
        Ready.objects.filter(seat__evening__in=results).delete()
        Candidate.objects.filter(evening__in=results).delete()
        ShownOut.objects.filter(evening__in=results).delete()
        Draw.objects.filter(evening__in=results, attendances=None).delete()
    return number


def check_guest_name(name: str, evening: Evening) -> None:
    """Raise ValidationError, by field, with what to do."""
    taken = {seat.name.casefold() for seat in Seat.objects.filter(evening=evening).select_related("member")}
    if not any(map(str.isalnum, name)):
        wrong = _("Say what the others call you.")
    elif len(name) > LONGEST_GUEST:
        wrong = _("Shorten it to %(most)d characters or fewer.") % {"most": LONGEST_GUEST}
    elif name.casefold() in taken:
        wrong = _("Somebody at the table is called so already. Add a letter.")
    elif name.casefold() in RESERVED or LINK.search(name) or _is_unfit(name):
        wrong = _("Choose another name: this one does not go by the rules of the house.")
    else:
        return
    raise ValidationError({"name": [wrong]})


def _is_unfit(words: str) -> bool:
    """Whether it meets a word rule, or is a link. Nobody looks after an evening as after a text, so it is refused."""
    return bool(words) and bool(LINK.search(words) or rules_met(words, WordRule.objects.filter(is_on=True)))


def _hold(key: str, member: User | None, secret: str) -> Sitting:
    """The evening, nobody else changing it, with the place of whoever asks. Raises NoSeat."""
    list(Evening.objects.select_for_update(no_key=True).filter(key=key).values_list("pk"))
    if (sitting := sitting_at(key, member, secret)) is None:
        raise NoSeat
    return sitting


def hold_evening(seat: Seat) -> Evening:
    """The evening, running, nobody else changing it, with this person still at the table. Raises NoSeat."""
    rows = Evening.objects.running().filter(Exists(Seat.objects.present().filter(pk=seat.pk, evening=OuterRef("pk"))))
    evening = rows.select_for_update(no_key=True).filter(pk=seat.evening_id).first()
    if evening is None:
        raise NoSeat
    return evening


def touch(evening: Evening) -> None:
    """Tell the others that something has changed; the evening is held."""
    evening.version += 1
    evening.save(update_fields=["version"])


def _told(seat: Seat) -> Seat:
    touch(Evening.objects.get(pk=seat.evening_id))
    return seat


def _free_number(evening: Evening) -> int:
    taken: Collection[int] = set(Seat.objects.filter(evening=evening).values_list("number", flat=True))
    number = next((number for number in range(1, MOST_SEATS + 1) if number not in taken), None)
    if number is None:
        raise NoSeat
    return number
