"""An evening: who may sit there, and until when."""

from datetime import timedelta
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from accounts.models import User
from reviews.actions.choosing import be_ready, choose_again, close_round, say
from reviews.actions.gathering import (
    NoSeat,
    end_evening,
    join_as_guest,
    join_as_member,
)
from reviews.actions.parting import block_member
from reviews.actions.rising import leave_evening, show_out
from reviews.models import (
    Draw,
    Evening,
    Seat,
    WordRule,
)
from reviews.tonight import phase_of, shortlist_of
from reviews.trust import LimitReached
from tests import make
from tests.base import all_at_once
from tests.cast import Cast
from tests.reviews.evenings import found, shortlisted, want

pytestmark = pytest.mark.django_db


def test_there_are_eight_seats(cast: Cast):
    evening = make.evening(host=cast.ana, members=[cast.bea], guests=[f"Guest {n}" for n in range(6)])
    with pytest.raises(NoSeat):
        join_as_member(member=cast.fay, key=evening.key)
    with pytest.raises(NoSeat):
        join_as_guest(name="Late", key=evening.key, secret="late")
    assert join_as_member(member=cast.bea, key=evening.key).number == 2, "who has a seat keeps it"
    leave_evening(seat=make.seat(evening, "Guest 0"))
    assert join_as_member(member=cast.fay, key=evening.key).number == 3


@pytest.mark.django_db(transaction=True)
def test_twelve_at_once_get_eight_seats():
    evening = make.evening()
    fates = []

    def join(n: int) -> None:
        try:
            fates.append(join_as_guest(name=f"Guest {n}", key=evening.key, secret=str(n)).number)
        except NoSeat:
            fates.append(0)

    assert all_at_once([partial(join, n) for n in range(12)]) == []
    assert sorted(fates) == [0] * 5 + [2, 3, 4, 5, 6, 7, 8]
    assert sorted(Seat.objects.filter(evening=evening).values_list("number", flat=True)) == list(range(1, 9))


def test_members_who_are_apart_do_not_sit_together(cast: Cast):
    evening = make.evening(host=cast.bea, members=[cast.ana])  # Ana blocks Cem
    with pytest.raises(NoSeat):
        join_as_member(member=cast.cem, key=evening.key)
    make.evening(host=cast.cem)
    with pytest.raises(NoSeat):
        join_as_member(member=cast.ana, key=Evening.objects.get(host=cast.cem).key)


@pytest.mark.parametrize(("blocker", "goes"), [("ana", "bea"), ("bea", "bea"), ("fay", "fay")])
def test_a_block_parts_a_table(cast: Cast, blocker: str, goes: str):
    """The host stays; of two others, whoever wanted to be apart goes."""
    evening = make.evening(host=cast.ana, members=[cast.bea, cast.fay])
    other = {"ana": cast.bea, "bea": cast.ana, "fay": cast.bea}[blocker]
    block_member(member=getattr(cast, blocker), other=other)
    left = {"ana", "bea", "fay"} - {goes}
    assert set(Seat.objects.filter(evening=evening).values_list("member__username", flat=True)) == left


def test_whoever_was_shown_out_does_not_come_back(cast: Cast):
    evening = make.evening(host=cast.ana, members=[cast.bea], guests=["Gil"])
    with pytest.raises(PermissionDenied):
        show_out(member=cast.bea, seat=make.seat(evening, "Gil"))
    for seat in (make.seat(evening, cast.bea), make.seat(evening, "Gil")):
        show_out(member=cast.ana, seat=seat)
        show_out(member=cast.ana, seat=seat)
    with pytest.raises(NoSeat):
        join_as_member(member=cast.bea, key=evening.key)
    with pytest.raises(NoSeat):
        join_as_guest(name="Gilbert", key=evening.key, secret="Gil")
    with pytest.raises(ValidationError):
        show_out(member=cast.ana, seat=make.seat(evening, cast.ana))


@pytest.mark.parametrize("how", ["leaves", "is shown out", "blocks"])
def test_nobody_waits_for_somebody_who_has_gone(cast: Cast, how: str):
    """Who stays and is ready goes on, to the shortlist and to the draw; where no film is left they still choose."""
    evening = make.evening(host=cast.ana, members=[cast.bea, cast.fay, cast.dora])

    def goes(who: User) -> str:
        for ready in (cast.ana, cast.bea):
            be_ready(seat=make.seat(evening, ready))
        if how == "leaves":
            leave_evening(seat=make.seat(evening, who))
        elif how == "is shown out":
            show_out(member=cast.ana, seat=make.seat(evening, who))
        else:
            block_member(member=who, other=cast.bea)
        return str(phase_of(evening))

    make.film(title="Long", runtime_minutes=None)
    Evening.objects.update(most_minutes=90)
    assert goes(cast.dora) == "choosing", "Fay is not ready."
    assert goes(cast.fay) == "choosing", "There is no film."
    assert Seat.objects.filter(evening=evening).count() == 2
    for n in range(4):
        make.film(title=f"Short {n}", runtime_minutes=80)
    join_as_member(member=cast.eli, key=evening.key)
    assert goes(cast.eli) == "striking"
    gus = make.member()
    Seat.objects.create(evening=evening, number=3, member=gus)
    assert goes(gus) == "drawn"


def test_wishes_of_who_has_gone_do_not_count_in_the_draw(cast: Cast):
    """Neither of a guest who leaves nor of a member who is suspended; who watched for the others stays out of it."""
    theirs, ours, listed = (make.film(title=title, renown=5) for title in ("Theirs", "Ours", "Listed"))
    evening = make.evening(host=cast.ana, members=[cast.bea, cast.dora, cast.fay], guests=["Gil"])
    make.evening(host=cast.bea, members=[cast.ana])
    for who in (cast.bea, "Gil", cast.dora):
        say(seat=make.seat(evening, who), film=theirs, says="want")
    for who in (cast.ana, cast.dora):
        say(seat=make.seat(evening, who), film=ours, says="want")
    want(cast.ana, cast.bea, film=listed)
    close_round(seat=make.seat(evening, cast.ana))
    wants = {"Theirs": 3, "Ours": 2, "Listed": 2}
    assert {one.film.title: one.wants for one in shortlist_of(evening)} == wants
    want(cast.ana, film=theirs)
    leave_evening(seat=make.seat(evening, "Gil"))
    assert {one.film.title: one.wants for one in shortlist_of(evening)} == wants, "Ana wants it, too, now"
    leave_evening(seat=make.seat(evening, cast.dora))
    assert {one.film.title: one.wants for one in shortlist_of(evening)} == {"Theirs": 2, "Ours": 1, "Listed": 2}
    User.objects.filter(pk=cast.bea.pk).update(is_active=False)
    close_round(seat=make.seat(evening, cast.ana))
    assert Draw.objects.get().wants == 1, "of Ana alone; Bea is suspended"


def test_nobody_joins_once_the_shortlist_is_made(cast: Cast):
    evening = shortlisted(cast)
    with pytest.raises(NoSeat):
        join_as_member(member=cast.fay, key=evening.key)
    choose_again(seat=make.seat(evening, cast.ana))
    assert join_as_member(member=cast.fay, key=evening.key)


@pytest.mark.parametrize("over", ["ended", "late", "suspended", "unknown"])
def test_what_is_over_is_over_for_all(cast: Cast, over: str):
    evening = make.evening(host=cast.ana, members=[cast.bea])
    if over == "ended":
        with pytest.raises(PermissionDenied):
            end_evening(member=cast.bea, evening=evening)
        end_evening(member=cast.ana, evening=evening)
        end_evening(member=cast.ana, evening=evening)
    elif over == "late":
        Evening.objects.update(started_at=timezone.now() - timedelta(hours=49))
    elif over == "suspended":
        User.objects.filter(pk=cast.ana.pk).update(is_active=False)
    key = "nosuchkey" if over == "unknown" else evening.key
    with pytest.raises(NoSeat):
        join_as_guest(name="Gil", key=key, secret="Gil")
    if over != "unknown":
        with pytest.raises(NoSeat):
            be_ready(seat=make.seat(evening, cast.bea))


def test_a_suspended_member_does_not_count(cast: Cast):
    film = make.film(title="Seen by Bea")
    make.mark(member=cast.bea, film=film, watched=True)
    evening = make.evening(host=cast.ana, members=[cast.bea], guests=["Gil"])
    seat = make.seat(evening, cast.bea)
    assert found(evening) == {}
    User.objects.filter(pk=cast.bea.pk).update(is_active=False)
    assert found(evening) == {"Seen by Bea": 0}
    with pytest.raises(NoSeat):
        be_ready(seat=seat)
    be_ready(seat=make.seat(evening, cast.ana))
    be_ready(seat=make.seat(evening, "Gil"))
    assert phase_of(evening) == "striking", "nobody waits for them"


@pytest.mark.parametrize(
    "name",
    [
        "",
        "  ",
        "\u200b\u202e",
        "...",
        "x" * 31,
        "Ana",
        "gil",
        "Moderator",
        "www.example.org",
        "You DONKEY",
        "d\u00f6nkey",
    ],
)
def test_guests_have_names_that_the_house_allows(cast: Cast, name: str):
    WordRule.objects.create(pattern="donkey", made_by=cast.eli)
    evening = make.evening(host=cast.ana, guests=["Gil"])
    with pytest.raises(ValidationError) as refusal:
        join_as_guest(name=name, key=evening.key, secret="another")
    assert list(refusal.value.message_dict) == ["name"]


def test_names_are_cleaned(cast: Cast):
    evening = make.evening(host=cast.ana, name=" Friday\u202e \n night ")
    assert evening.name == "Friday night"
    join_as_guest(name=" G\u200bil\t Zoë ", key=evening.key, secret="a")
    assert Seat.objects.get(member=None).guest_name == "Gil Zoë"
    WordRule.objects.create(pattern="donkey", made_by=cast.eli)
    with pytest.raises(ValidationError) as refusal:
        make.evening(host=cast.ana, name="Donkey night")
    assert list(refusal.value.message_dict) == ["name"]


def test_a_guest_who_logs_in_keeps_the_seat(cast: Cast):
    evening = make.evening(host=cast.ana, guests=["Gil"])
    say(seat=make.seat(evening, "Gil"), film=make.film(), says="want")
    seat = join_as_member(member=cast.fay, key=evening.key, secret="Gil")
    assert (seat.member, seat.guest_name, seat.number, seat.picks.count()) == (cast.fay, "", 2, 1)
    barred = make.evening(host=cast.bea, members=[cast.ana], guests=["Gil"])
    assert join_as_member(member=cast.cem, key=barred.key, secret="Gil").member is None


def test_there_are_so_many_evenings_in_a_day(cast: Cast):
    for _n in range(15):
        make.evening(host=cast.ana)
    with pytest.raises(LimitReached):
        make.evening(host=cast.ana)
