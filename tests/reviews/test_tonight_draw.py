"""An evening: what is drawn, who logs it, and what is forgotten."""

import hashlib
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from accounts.models import User
from reviews.actions.choosing import close_round, say
from reviews.actions.diary import delete_viewing
from reviews.actions.drawing import draw_again, log_evening
from reviews.actions.gathering import (
    end_evening,
    forget_evenings,
)
from reviews.actions.parting import block_member
from reviews.actions.rising import show_out
from reviews.lots import Entry, draw_from
from reviews.models import (
    Attendance,
    Candidate,
    Draw,
    Evening,
    Mark,
    Pick,
    Seat,
    ShownOut,
    Viewing,
)
from reviews.tonight import evenings_of, results_of, shortlist_of, sitting_at
from tests import make
from tests.cast import Cast
from tests.reviews.evenings import shortlisted

pytestmark = pytest.mark.django_db


def test_the_draw_goes_by_wants_then_score_then_lot():
    entries = [Entry(1, 2, Decimal(5)), Entry(2, 3, None), Entry(3, 3, Decimal("3.2")), Entry(4, 3, Decimal("3.2"))]
    outcome = draw_from(entries, lot="abc")
    winner = min((3, 4), key=lambda n: hashlib.sha256(f"abc:{n}".encode()).hexdigest())
    assert (outcome.entry.film_id, outcome.left, outcome.tied) == (winner, 4, 2)
    assert draw_from(entries[:2], lot="x").entry.film_id == 2, "wanted by more, though unrated"
    fair = {draw_from(entries, lot=str(n)).entry.film_id for n in range(20)}
    assert fair == {3, 4}


def test_the_host_draws_again_once(cast: Cast):
    evening = shortlisted(cast)
    ana = make.seat(evening, cast.ana)
    with pytest.raises(ValidationError):
        draw_again(seat=ana)
    close_round(seat=ana)
    with pytest.raises(PermissionDenied):
        draw_again(seat=make.seat(evening, cast.bea))
    draw_again(seat=ana)
    first, second = Draw.objects.filter(evening=evening)
    assert first.film != second.film and second.seat == ana and second.left == 11
    with pytest.raises(ValidationError):
        draw_again(seat=ana)


def test_the_lot_can_be_checked(cast: Cast):
    for n in range(5):
        make.film(title=f"Equal {n}")
    evening = make.evening(host=cast.ana, members=[cast.bea])
    close_round(seat=make.seat(evening, cast.ana))
    close_round(seat=make.seat(evening, cast.ana))
    drawn = evening.draws.get()
    ids = [one.film_id for one in shortlist_of(evening)]
    assert (drawn.tied, drawn.left) == (5, 5)
    assert drawn.film_id == min(ids, key=lambda n: hashlib.sha256(f"{drawn.lot}:{n}".encode()).hexdigest())


# What becomes of it


def test_each_logs_it_for_themselves(cast: Cast):
    evening = shortlisted(cast)
    ana, bea = make.seat(evening, cast.ana), make.seat(evening, cast.bea)
    with pytest.raises(ValidationError):
        log_evening(seat=ana)
    close_round(seat=ana)
    made = log_evening(seat=bea, visibility="followers", is_named=True)
    assert log_evening(seat=bea, is_named=True).viewing == made.viewing
    line = Viewing.objects.get()
    drawn = evening.draws.get()
    assert (line.member, line.film, line.visibility) == (cast.bea, drawn.film, "followers")
    assert line.watched_on == timezone.localdate(drawn.made_at)
    assert not Mark.objects.watched().filter(member=cast.ana).exists()
    with pytest.raises(ValidationError):
        draw_again(seat=ana)
    delete_viewing(member=cast.bea, viewing=line)
    assert not Attendance.objects.exists()


def test_guests_keep_no_diary(cast: Cast):
    make.film()
    evening = make.evening(host=cast.ana, guests=["Gil"])
    for _round in range(2):
        close_round(seat=make.seat(evening, cast.ana))
    with pytest.raises(PermissionDenied):
        log_evening(seat=make.seat(evening, "Gil"))


def test_company_is_named_as_far_as_it_allows(cast: Cast):
    make.film()
    evening = make.evening(host=cast.ana, members=[cast.bea, cast.fay, cast.dora], name="Friday")
    for _round in range(2):
        close_round(seat=make.seat(evening, cast.ana))
    for who, named in ((cast.ana, False), (cast.bea, True), (cast.fay, False)):
        log_evening(seat=make.seat(evening, who), is_named=named)

    def company(of: User) -> list[str]:
        return [member.username for one in results_of(of, 5) for member in one.company]

    assert company(cast.ana) == ["bea"] and company(cast.bea) == [] and company(cast.fay) == ["bea"]
    assert results_of(cast.dora, 5) == []
    assert results_of(cast.bea, 5)[0].called == "Friday"
    block_member(member=cast.bea, other=cast.ana)
    assert company(cast.ana) == [] and company(cast.fay) == ["bea"]
    assert results_of(cast.bea, 5)[0].called == "", "nor what Ana called it"
    assert list(evenings_of(cast.bea)) == [] and sitting_at(evening.key, cast.bea) is None


def test_all_is_forgotten_but_what_was_logged(cast: Cast):
    make.film()
    make.film()
    plain = make.evening(host=cast.ana, guests=["Gil"])
    running = make.evening(host=cast.ana, guests=["Gil"])
    kept = make.evening(host=cast.ana, members=[cast.bea], guests=["Gil"], name="Friday")
    ended = make.evening(host=cast.bea)
    say(seat=make.seat(kept, "Gil"), film=make.film(), says="seen")
    for _round in range(2):
        close_round(seat=make.seat(kept, cast.ana))
    draw_again(seat=make.seat(kept, cast.ana))
    log_evening(seat=make.seat(kept, cast.bea))
    show_out(member=cast.ana, seat=make.seat(kept, "Gil"))
    end_evening(member=cast.bea, evening=ended)
    Evening.objects.filter(pk__in=[plain.pk, kept.pk]).update(started_at=timezone.now() - timedelta(hours=48))
    assert forget_evenings() == 2
    assert set(Evening.objects.all()) == {running, kept}
    assert list(Seat.objects.filter(evening=kept).values_list("member__username", flat=True)) == ["bea"]
    assert Seat.objects.filter(member=None).count() == 1, "of the evening that still runs"
    assert list(kept.draws.values_list("number", flat=True)) == [2]
    assert not any(rows.objects.exists() for rows in (Pick, Candidate, ShownOut))
    assert [one.draw.film for one in results_of(cast.bea, 5)] == [kept.draws.get().film]
    assert forget_evenings() == 0
