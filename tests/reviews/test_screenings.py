"""Screenings of the house: announced and changed by curators, with seats for as many as there are."""

from datetime import timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from accounts.models import User
from reviews.actions.coming import come, log_screened, step_back
from reviews.actions.seating import fill_free_seats
from reviews.actions.showing import arrange_programme, call_off, delete_screening, save_screening
from reviews.models import Coming, Screening, Viewing
from tests import make
from tests.base import all_at_once
from tests.tallies import wrong_tallies

pytestmark = pytest.mark.django_db


def waiting(screening) -> list[str]:
    return list(Coming.objects.waiting().filter(screening=screening).values_list("member__username", flat=True))


def test_only_curators_announce(cast):
    with pytest.raises(PermissionDenied):
        save_screening(editor=cast.ana, starts_at=timezone.now(), place="The Ritz")
    with pytest.raises(PermissionDenied):
        call_off(editor=cast.eli, screening=make.screening(), because="Rain.")
    made = save_screening(editor=cast.dora, starts_at=timezone.now(), place="  The   Ritz ", words="*Quiet*, please.")
    assert (made.place, made.made_by) == ("The Ritz", cast.dora)
    assert "<em>Quiet</em>" in made.words_html


def test_it_lasts_as_long_as_its_films_or_as_somebody_said(cast):
    films = [make.film(runtime_minutes=100), make.film(runtime_minutes=None)]
    made = make.screening(films=films)
    assert made.ends_at - made.starts_at == timedelta(minutes=220)
    made = save_screening(editor=cast.dora, screening=made, minutes=300)
    assert made.ends_at - made.starts_at == timedelta(minutes=300)
    assert str(made) == f"{films[0].title} + {films[1].title}"


def test_a_screening_has_a_film(cast):
    made = make.screening()
    with pytest.raises(ValidationError, match="at least one film"):
        arrange_programme(editor=cast.dora, screening=made, kept=[], dropped=made.shown)
    assert len(made.shown) == 1


def test_who_may_see_it(cast):
    public, own = make.screening(), make.screening(audience="members")
    make.screening(published_at=None)
    make.screening(published_at=timezone.now() + timedelta(hours=1))
    assert set(Screening.objects.visible_to(None)) == {public}
    assert set(Screening.objects.visible_to(cast.fay)) == {public, own}


def test_somebody_comes_changes_their_mind_and_steps_back(cast):
    made = make.screening(seats=4)
    first = come(member=cast.ana, screening=made, guests=2)
    assert come(member=cast.ana, screening=made, guests=1, is_named=True) == first
    made.refresh_from_db()
    assert (made.taken, made.left) == (2, 2)
    step_back(member=cast.ana, screening=made)
    step_back(member=cast.ana, screening=made)
    made.refresh_from_db()
    assert made.taken == 0
    assert wrong_tallies() == []


@pytest.mark.parametrize("guests", [-1, 6])
def test_nobody_brings_too_many(cast, guests):
    with pytest.raises(ValidationError, match="at most 5 guests"):
        come(member=cast.ana, screening=make.screening(), guests=guests)


def test_who_comes_too_late_waits_in_order_and_moves_up(cast):
    made = make.screening(seats=3)
    come(member=cast.ana, screening=made, guests=2)
    come(member=cast.bea, screening=made, guests=1)
    come(member=cast.fay, screening=made)
    assert waiting(made) == ["bea", "fay"]
    come(member=cast.ana, screening=made, guests=1)  # one seat is free: Bea needs two, and nobody passes her
    assert waiting(made) == ["bea", "fay"]
    come(member=cast.cem, screening=made)
    assert waiting(made) == ["bea", "fay", "cem"]
    come(member=cast.bea, screening=made, guests=0)
    assert waiting(made) == ["fay", "cem"]
    step_back(member=cast.ana, screening=made)
    assert waiting(made) == []
    made.refresh_from_db()
    assert made.taken == 3
    assert wrong_tallies() == []


def test_more_guests_need_seats(cast):
    made = make.screening(seats=3)
    come(member=cast.ana, screening=made)
    with pytest.raises(ValidationError, match="2 seats are left"):
        come(member=cast.ana, screening=made, guests=3)
    assert come(member=cast.ana, screening=made, guests=2).guests == 2


def test_more_seats_let_more_in_and_fewer_than_are_taken_there_cannot_be(cast):
    made = make.screening(seats=1)
    for member in (cast.ana, cast.bea, cast.fay):
        come(member=member, screening=made)
    save_screening(editor=cast.dora, screening=made, seats=2)
    assert waiting(made) == ["fay"]
    with pytest.raises(ValidationError, match="2 seats are given away"):
        save_screening(editor=cast.dora, screening=made, seats=1)
    save_screening(editor=cast.dora, screening=made, seats=None)
    assert waiting(made) == []


def test_the_database_gives_no_seat_twice(cast):
    made = make.screening(seats=1)
    come(member=cast.ana, screening=made)
    with pytest.raises(IntegrityError, match="screening_has_the_seats"), transaction.atomic():
        Coming.objects.create(screening=made, member=cast.bea)


def test_seats_of_who_left_the_house_are_given_away(cast):
    made = make.screening(seats=1)
    for member in (cast.ana, cast.cem, cast.fay):
        come(member=member, screening=made)
    User.objects.filter(pk=cast.cem.pk).update(is_active=False)
    cast.ana.delete()
    assert fill_free_seats() == 1
    assert waiting(made) == ["cem"]  # whoever is suspended keeps the place, and gets no seat


def test_the_time_to_say_so_ends(cast):
    closed = make.screening(answers_until=timezone.now() - timedelta(minutes=1))
    with pytest.raises(ValidationError, match="Ask at the door"):
        come(member=cast.ana, screening=closed)
    hidden = make.screening(published_at=None)
    with pytest.raises(Screening.DoesNotExist):
        come(member=cast.ana, screening=hidden)


def test_who_comes_may_still_be_fewer_once_the_time_is_over(cast):
    made = make.screening()
    come(member=cast.ana, screening=made, guests=2)
    Screening.objects.filter(pk=made.pk).update(answers_until=timezone.now() - timedelta(minutes=1))
    assert come(member=cast.ana, screening=made, guests=1).guests == 1
    with pytest.raises(ValidationError, match="Ask at the door"):
        come(member=cast.ana, screening=made, guests=3)


def test_it_is_called_off_with_a_sentence_and_never_deleted_once_people_come(cast):
    made = make.screening()
    come(member=cast.ana, screening=made)
    with pytest.raises(ValidationError, match="Call it off"):
        delete_screening(editor=cast.dora, screening=made)
    with pytest.raises(ValidationError, match="stays announced"):
        save_screening(editor=cast.dora, screening=made, published_at=None)
    with pytest.raises(ProtectedError):
        made.delete()
    with pytest.raises(ValidationError, match="Say why"):
        call_off(editor=cast.dora, screening=made, because="  ")
    off = call_off(editor=cast.dora, screening=made, because="The projector is broken.")
    assert call_off(editor=cast.dora, screening=made, because="Again.").called_off_because == off.called_off_because
    with pytest.raises(ValidationError, match="called off"):
        come(member=cast.bea, screening=made)
    free = make.screening()
    delete_screening(editor=cast.dora, screening=free)
    assert not Screening.objects.filter(pk=free.pk).exists()


def test_what_is_over_is_not_called_off(cast):
    with pytest.raises(ValidationError, match="took place"):
        call_off(editor=cast.dora, screening=make.let_it_pass(make.screening()), because="Rain.")


def test_who_was_there_logs_it_once_as_it_was_shown(cast):
    film = make.film()
    made = make.screening(films=[film], versions=[{"cut": "restored", "format": "35mm"}])
    come(member=cast.ana, screening=made)
    with pytest.raises(ValidationError, match="once it is over"):
        log_screened(member=cast.ana, film=film, screening=made)
    made = make.let_it_pass(made)
    line = log_screened(member=cast.ana, film=film, screening=made)
    assert (line.watched_on, line.cut, line.format, line.place) == (made.day, "restored", "35mm", made.place)
    assert (line.context_shown, line.rewatch, line.half_stars) == (False, False, None)
    assert log_screened(member=cast.ana, film=film, screening=made) == line
    assert Viewing.objects.count() == 1
    with pytest.raises(ValidationError, match="Those who said"):
        log_screened(member=cast.fay, film=film, screening=made)
    with pytest.raises(ValidationError, match="not shown"):
        log_screened(member=cast.ana, film=make.film(), screening=made)


def test_the_day_is_that_of_the_house(cast, settings):
    settings.HOUSE_TIME_ZONE = ZoneInfo("Pacific/Auckland")
    made = make.screening(starts_at=timezone.now().replace(hour=18, minute=0) + timedelta(days=3))
    assert made.day == (made.starts_at + timedelta(hours=13)).date()
    assert "NZ" in made.when


def test_who_has_a_seat_brings_nobody_more_while_others_wait(cast):
    made = make.screening(seats=2)
    come(member=cast.ana, screening=made)
    come(member=cast.bea, screening=made, guests=1)
    with pytest.raises(ValidationError, match="Others wait"):
        come(member=cast.ana, screening=made, guests=1)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_64_at_once_never_get_more_seats_than_there_are():
    made = make.screening(seats=20)
    members = [make.member() for _number in range(64)]

    def say(member: User, guests: int) -> None:
        come(member=member, screening=made, guests=guests)
        if guests == 2:
            step_back(member=member, screening=made)

    assert all_at_once([partial(say, member, n % 3) for n, member in enumerate(members)]) == []
    made.refresh_from_db()
    seated = Coming.objects.with_a_seat().filter(screening=made)
    assert made.taken == sum(one.people for one in seated) <= 20
    first = Coming.objects.waiting().filter(screening=made).first()
    assert first is not None and made.left is not None and made.left < first.people
    assert wrong_tallies() == []
