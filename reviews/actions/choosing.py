"""What people say on an evening, until the shortlist is made and struck down. `seat` is who says it."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from films.models import Film, Service
from reviews.actions.drawing import draw_for
from reviews.actions.gathering import MOST_SERVICES, hold_evening, touch
from reviews.candidates import find_candidates
from reviews.models import Candidate, Evening, EveningStep, Pick, Ready, Seat, Veto
from reviews.tonight import FEWEST_PEOPLE, Phase, phase_of, round_of, shortlist_of, strikes_for

MOST_PICKS: Final = 100


@transaction.atomic
def say(*, seat: Seat, film: Film, says: str) -> Pick | None:
    """That one wants a film tonight, or has seen it; nothing takes back what one said. Once they strike films out,
    people can still say what they have seen."""
    evening = hold_evening(seat)
    phase = phase_of(evening)
    if says not in {"", *Pick.Says.values}:
        raise ValidationError({"says": [_("Say that you want it or have seen it.")]})
    if phase == Phase.DRAWN or (phase == Phase.STRIKING and says == Pick.Says.WANT):
        raise ValidationError(_("The shortlist is made. The host can go back to choosing."), code="made")
    mine = Pick.objects.filter(seat=seat)
    if not says:
        if mine.filter(film=film).delete()[0]:
            touch(evening)
        return None
    if not mine.filter(film=film).exists() and mine.count() >= MOST_PICKS:
        raise ValidationError(_("You have named %(most)d films. Take one back first.") % {"most": MOST_PICKS})
    said, _is_new = Pick.objects.update_or_create(seat=seat, film=film, defaults={"says": says})
    touch(evening)
    return said


@transaction.atomic
def have_services(*, seat: Seat, services: Sequence[Service], shelf: bool | None = None) -> None:
    """Where somebody can watch. What anybody has counts for all: they sit before one screen.

    `shelf`: whether a member brings what they own; None leaves that as it is, and guests have no shelf.
    """
    evening = hold_evening(seat)
    if phase_of(evening) != Phase.CHOOSING:
        raise ValidationError(_("The shortlist is made. The host can go back to choosing."), code="made")
    seat.services.set(services[:MOST_SERVICES])
    if shelf is not None:
        seat.brings_shelf = shelf and seat.member_id is not None
        seat.save(update_fields=["brings_shelf"])
    touch(evening)


@transaction.atomic
def be_ready(*, seat: Seat, ready: bool = True, phase: str = "") -> None:
    """Done with this round, or not yet. When all are, it goes on by itself: to the shortlist, then to the draw.

    `phase`: which the person saw; nothing happens if it has gone on since.
    """
    evening = hold_evening(seat)
    now = phase_of(evening)
    if phase and phase != now:
        return
    _refuse_when_drawn(now)
    if not ready:
        Ready.objects.filter(seat=seat, round=round_of(now)).delete()
    else:
        Ready.objects.get_or_create(seat=seat, round=round_of(now))
        if _all_are_ready(evening, now):
            _go_on(evening, now)
    touch(evening)


@transaction.atomic
def close_round(*, seat: Seat, phase: str = "") -> None:
    """The host does not wait for the rest: the shortlist is made now, or the film is drawn.

    `phase`: which the host saw; nothing happens if it has gone on since, so that a form sent twice does not draw.
    """
    evening = hold_evening(seat)
    _check_host(evening, seat)
    now = phase_of(evening)
    if phase and phase != now:
        return
    _refuse_when_drawn(now)
    people = _people(evening)
    if people < FEWEST_PEOPLE:
        raise ValidationError(_("Wait for one more: pass the link on."), code="alone")
    _go_on(evening, now, by=seat)
    touch(evening)


@transaction.atomic
def choose_again(*, seat: Seat) -> None:
    """The host goes back to choosing: the shortlist and what was struck out are forgotten, and nobody is ready."""
    evening = hold_evening(seat)
    _check_host(evening, seat)
    _refuse_when_drawn(phase_of(evening))
    Candidate.objects.filter(evening=evening).delete()
    EveningStep.objects.filter(evening=evening, kind=EveningStep.Kind.SHORTLIST).delete()
    Ready.objects.filter(seat__evening=evening).delete()
    touch(evening)


@transaction.atomic
def strike(*, seat: Seat, film: Film, struck: bool = True) -> None:
    """Strike a film out, or take one's own strike back. Who did it is nobody else's business."""
    evening = hold_evening(seat)
    if phase_of(evening) != Phase.STRIKING:
        raise ValidationError(_("There is no shortlist to strike films from now."), code="round")
    candidate = Candidate.objects.filter(evening=evening, film=film).first()
    if candidate is None:
        raise ValidationError({"film": [_("This film is not on the shortlist.")]})
    veto = Veto.objects.filter(candidate=candidate).first()
    if not struck:
        if veto and veto.seat_id == seat.pk:
            veto.delete()
            touch(evening)
        return
    if veto:
        return  # it is out already, and costs nobody a second strike
    most = strikes_for(_people(evening), len(shortlist_of(evening)))
    if Veto.objects.filter(seat=seat).count() >= most:
        told = ngettext(
            "You have %(most)d strike. Take one back first.", "You have %(most)d strikes. Take one back first.", most
        )
        raise ValidationError(told % {"most": most}, code="strikes")
    Veto.objects.create(candidate=candidate, seat=seat)
    touch(evening)


def go_on_if_all_are_ready(evening: Evening) -> None:
    """For whoever holds the evening, after somebody has gone. It stays where it is if no film is left."""
    phase = phase_of(evening)
    if phase == Phase.DRAWN or not _all_are_ready(evening, phase):
        return
    with suppress(ValidationError), transaction.atomic():
        _go_on(evening, phase)


def _go_on(evening: Evening, phase: str, by: Seat | None = None) -> None:
    if phase == Phase.STRIKING:
        draw_for(evening, by=by)
        return
    found = find_candidates(evening)
    if not found:
        raise ValidationError(
            _("No film is left that goes by all you asked for. Allow a longer one, or more services."), code="none"
        )
    Candidate.objects.bulk_create(
        Candidate(evening=evening, film_id=one.film_id, position=place, wants=one.wants, score=one.score)
        for place, one in enumerate(found, start=1)
    )
    EveningStep.objects.create(evening=evening, kind=EveningStep.Kind.SHORTLIST, seat=by)


def _people(evening: Evening) -> int:
    return Seat.objects.present().filter(evening=evening).count()


def _all_are_ready(evening: Evening, phase: str) -> bool:
    here = Seat.objects.present().filter(evening=evening)
    ready = here.filter(ready__round=round_of(phase)).count()
    return ready >= FEWEST_PEOPLE and ready == here.count()


def _refuse_when_drawn(phase: str) -> None:
    if phase == Phase.DRAWN:
        raise ValidationError(_("The film is drawn."), code="drawn")


def _check_host(evening: Evening, seat: Seat) -> None:
    if seat.member_id != evening.host_id:
        raise PermissionDenied(_("Only the host does this."))
