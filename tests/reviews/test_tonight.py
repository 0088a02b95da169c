"""An evening: who may sit there, what is on the shortlist, what is drawn, and what becomes of it."""

import hashlib
import threading
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from films.models import Film, Service
from reviews.actions.choosing import MOST_PICKS, be_ready, choose_again, close_round, have_services, say, strike
from reviews.actions.diary import delete_viewing
from reviews.actions.drawing import draw_again, log_evening
from reviews.actions.gathering import (
    NoSeat,
    end_evening,
    forget_evenings,
    join_as_guest,
    join_as_member,
    leave_evening,
    show_out,
)
from reviews.actions.hushing import mute_film
from reviews.actions.parting import block_member
from reviews.candidates import find_candidates
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
    Veto,
    Viewing,
    WordRule,
)
from reviews.tonight import evenings_of, phase_of, results_of, shortlist_of, sitting_at
from reviews.trust import LimitReached
from tests import make
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def found(evening: Evening) -> dict[str, int]:
    names = dict(Film.objects.values_list("pk", "title"))
    return {names[one.film_id]: one.wants for one in find_candidates(evening)}


def want(*members: User, film: Film) -> None:
    for member in members:
        make.mark(member=member, film=film, in_watchlist=True)


def shortlisted(cast: Cast, films: int = 13) -> Evening:
    """Of Ana and Bea, who both want the first of so many films."""
    first, *_rest = [make.film(title=f"Film {n}", renown=1000 - n) for n in range(films)]
    want(cast.ana, cast.bea, film=first)
    evening = make.evening(host=cast.ana, members=[cast.bea])
    close_round(seat=make.seat(evening, cast.ana))
    return evening


# The shortlist


def test_what_all_want_comes_first_and_what_somebody_has_seen_does_not_come(cast: Cast):
    everybodys, two, nobodys, seen, guessed = (make.film(title=t) for t in ("All", "Two", "None", "Seen", "Guessed"))
    for film in (everybodys, seen, two):
        want(cast.ana, cast.bea, film=film)
    want(cast.bea, film=guessed)
    make.mark(member=cast.fay, film=nobodys, watched=True)  # who is not there
    evening = make.evening(host=cast.ana, members=[cast.bea], guests=["Gil"])
    gil = make.seat(evening, "Gil")
    say(seat=gil, film=everybodys, says="want")
    say(seat=gil, film=guessed, says="want")
    say(seat=gil, film=seen, says="seen")
    assert found(evening) == {"All": 3, "Two": 2, "Guessed": 2, "None": 0}
    assert next(iter(found(evening))) == "All" and list(found(evening))[-1] == "None"
    make.mark(member=cast.bea, film=everybodys, watched=True)
    Mark.objects.filter(member=cast.bea, film=everybodys).update(visibility="private")
    assert "All" not in found(evening), "what is kept private counts, too"
    mute_film(member=cast.ana, film=two)
    assert "Two" not in found(evening), "nor what somebody will not hear of"


def test_the_cap_the_services_and_the_day_narrow_it(cast: Cast):
    today = timezone.localdate()
    short, long, unknown = (
        make.film(title=title, runtime_minutes=minutes)
        for title, minutes in (("Short", 90), ("Long", 200), ("Unknown", None))
    )
    coming = make.film(title="Coming", runtime_minutes=80, release_date=today + timedelta(days=1))
    for film in (short, long, unknown, coming):
        want(cast.ana, film=film)
    evening = make.evening(host=cast.ana, members=[cast.bea], most_minutes=90, country=make.countries("DE", "FR")[0])
    assert found(evening) == {"Short": 1}
    german = make.countries("DE")[0]
    make.availability(film=short, service="Mubi", country=german)
    mubi, netflix = Service.objects.get(slug="mubi"), make.availability(film=long).service
    have_services(seat=make.seat(evening, cast.bea), services=[netflix])
    assert found(evening) == {}
    have_services(seat=make.seat(evening, cast.ana), services=[mubi])
    assert found(evening) == {"Short": 1}, "what anybody has counts for all"
    for change in ({"country": make.countries("FR")[0]}, {"kind": "rent"}, {"ends_on": today - timedelta(days=1)}):
        before = short.availability.values(*change).get()
        short.availability.update(**change)
        assert found(evening) == {}, change
        short.availability.update(**before)


def test_equally_wanted_films_come_by_their_score(cast: Cast):
    films = [make.film(title=title, renown=n) for n, title in enumerate(("Best", "Worst", "Unrated"))]
    for film, stars in zip(films[:2], (5, 1), strict=True):
        for _n in range(3):
            make.mark(member=make.member(), film=film, stars=stars)
    want(cast.ana, film=films[0])
    want(cast.ana, film=films[1])
    want(cast.ana, film=films[2])
    evening = make.evening(host=cast.ana, members=[cast.bea])
    assert list(found(evening)) == ["Best", "Worst", "Unrated"]
    best = find_candidates(evening)[0]
    films[0].refresh_from_db()
    assert best.score == round(films[0].rating_weighted / 2, 2)


def test_it_costs_the_same_however_much_there_is(cast: Cast):
    evening = make.evening(host=cast.ana, members=[cast.bea])

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            find_candidates(evening)
        return len(queries)

    few = cost()
    films = Film.objects.bulk_create(Film(slug=f"f{n}", title=f"F {n}", sort_title=f"f {n}") for n in range(200))
    now = timezone.now()
    Mark.objects.bulk_create(Mark(member=cast.ana, film=film, watchlisted_at=now) for film in films)
    assert cost() == few <= 3


# Seats


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
    together, fates = threading.Barrier(12), []

    def join(n: int) -> None:
        try:
            together.wait()
            fates.append(join_as_guest(name=f"Guest {n}", key=evening.key, secret=str(n)).number)
        except NoSeat:
            fates.append(0)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=join, args=(n,)) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
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
    barred = make.evening(host=cast.ana, guests=["Gil"])
    assert join_as_member(member=cast.cem, key=barred.key, secret="Gil").member is None


def test_there_are_so_many_evenings_in_a_day(cast: Cast):
    for _n in range(15):
        make.evening(host=cast.ana)
    with pytest.raises(LimitReached):
        make.evening(host=cast.ana)


# Choosing and striking out


def test_people_say_what_they_want_and_take_it_back(cast: Cast):
    evening, film = make.evening(host=cast.ana), make.film()
    seat = make.seat(evening, cast.ana)
    for says in ("want", "want", "seen"):
        say(seat=seat, film=film, says=says)
    assert list(seat.picks.values_list("says", flat=True)) == ["seen"]
    assert not Mark.objects.exists(), "their marks are not touched"
    say(seat=seat, film=film, says="")
    assert not Pick.objects.exists()
    Pick.objects.bulk_create(Pick(seat=seat, film=make.film(), says="want") for _n in range(MOST_PICKS))
    with pytest.raises(ValidationError):
        say(seat=seat, film=film, says="want")
    with pytest.raises(ValidationError):
        say(seat=seat, film=film, says="maybe")


def test_when_all_are_ready_it_goes_on_by_itself(cast: Cast):
    make.film()
    evening = make.evening(host=cast.ana)
    be_ready(seat=make.seat(evening, cast.ana))
    assert phase_of(evening) == "choosing", "one alone is not a table"
    with pytest.raises(ValidationError):
        close_round(seat=make.seat(evening, cast.ana))
    bea = join_as_member(member=cast.bea, key=evening.key)
    with pytest.raises(PermissionDenied):
        close_round(seat=bea)
    be_ready(seat=bea)
    assert phase_of(evening) == "striking" and evening.steps.get().seat is None
    be_ready(seat=bea)
    be_ready(seat=bea, ready=False)
    be_ready(seat=make.seat(evening, cast.ana))
    assert phase_of(evening) == "striking"
    be_ready(seat=bea)
    assert phase_of(evening) == "drawn" and evening.draws.get().seat is None


def test_each_has_so_many_strikes_that_a_film_is_left(cast: Cast):
    evening = shortlisted(cast)
    ana, bea = make.seat(evening, cast.ana), make.seat(evening, cast.bea)
    films = [one.film for one in shortlist_of(evening)]
    assert len(films) == 12
    for film in films[:3]:
        strike(seat=ana, film=film)
    strike(seat=ana, film=films[0])  # struck already
    with pytest.raises(ValidationError):
        strike(seat=ana, film=films[3])
    strike(seat=bea, film=films[0])  # costs her none
    strike(seat=bea, film=films[0], struck=False)  # and is not hers to take back
    for film in films[3:6]:
        strike(seat=bea, film=film)
    strike(seat=ana, film=films[0], struck=False)
    assert Veto.objects.count() == 5
    with pytest.raises(ValidationError):
        strike(seat=ana, film=make.film())
    close_round(seat=ana)
    assert evening.draws.get().film == films[0] and evening.draws.get().left == 7
    with pytest.raises(ValidationError):
        strike(seat=ana, film=films[7])


def test_what_turns_out_to_be_seen_is_not_drawn(cast: Cast):
    evening = shortlisted(cast, films=3)
    first, second, third = (one.film for one in shortlist_of(evening))
    say(seat=make.seat(evening, cast.bea), film=first, says="seen")
    make.mark(member=cast.ana, film=second, watched=True)
    with pytest.raises(ValidationError):
        say(seat=make.seat(evening, cast.bea), film=third, says="want")
    close_round(seat=make.seat(evening, cast.ana))
    assert evening.draws.get().film == third


def test_where_nothing_is_left_it_says_so_and_can_be_undone(cast: Cast):
    empty = make.evening(host=cast.ana, members=[cast.bea])
    be_ready(seat=make.seat(empty, cast.ana))
    with pytest.raises(ValidationError):
        be_ready(seat=make.seat(empty, cast.bea))
    assert phase_of(empty) == "choosing"
    evening = shortlisted(cast, films=1)
    only = shortlist_of(evening)[0].film
    say(seat=make.seat(evening, cast.bea), film=only, says="seen")
    with pytest.raises(ValidationError):
        close_round(seat=make.seat(evening, cast.ana))
    with pytest.raises(PermissionDenied):
        choose_again(seat=make.seat(evening, cast.bea))
    choose_again(seat=make.seat(evening, cast.ana))
    assert phase_of(evening) == "choosing" and not Candidate.objects.filter(evening=evening).exists()


# The draw


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
