"""What members say that films contain on their first day counts when that is over."""

from datetime import timedelta

import pytest
from django.utils import timezone

from reviews.actions.guiding import count_votes_that_waited, say_what_it_contains
from reviews.actions.moderating import reinstate, suspend
from reviews.guidance import guidance_on
from reviews.models import ContentVote
from tests import make, staff
from tests.api import program
from tests.reviews.imports import bring, take_in
from tests.reviews.test_round_trip import copy_of
from tests.reviews.votes import ask_for_five, say
from tests.tallies import wrong_tallies

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _five_notes(db):
    ask_for_five()


@pytest.fixture
def film():
    return make.film(title="Heat", year=1995)


def answers(film, category: str) -> list[int]:
    return list(next(said for said in guidance_on(film).categories if said.category == category).answers)


def a_day_later() -> None:
    ContentVote.objects.exclude(waits_until=None).update(waits_until=timezone.now() - timedelta(seconds=1))
    count_votes_that_waited()


def test_it_waits_for_a_day_and_its_member_is_told(film):
    ana = make.member(date_joined=timezone.now() - timedelta(hours=23))
    say(make.member(), film, violence=3)
    make.mark(member=ana, film=film, watched=True)
    browser, page = staff.logged_in(ana), f"{film.get_absolute_url()}guidance/"
    told = browser.post(f"{page}votes/", {"violence": "2", "note-spiders": "1"}, follow=True).text
    assert "What you say is kept, and counts once you have been here for a day." in told
    assert "What you said counts from" in told and answers(film, "violence") == [0, 0, 0, 1]
    yours = program(ana).get(f"films/{film.slug}/guidance/").json()["yours"]
    assert yours["levels"] == {"violence": "moderate"} and yours["counts_from"]
    say_what_it_contains(member=ana, film=film, levels={"violence": 1}, notes={})
    count_votes_that_waited()
    assert answers(film, "violence") == [0, 0, 0, 1] and wrong_tallies() == [], "its day is not over"
    a_day_later()
    assert answers(film, "violence") == [0, 1, 0, 1] and wrong_tallies() == []
    assert "What you said counts from" not in browser.get(page).text
    assert program(ana).get(f"films/{film.slug}/guidance/").json()["yours"]["counts_from"] is None


def test_of_whoever_was_suspended_meanwhile_it_does_not_count(cast, film):
    ana = make.member(date_joined=timezone.now())
    say(ana, film, violence=2)
    suspend(moderator=make.member(is_staff=True, is_superuser=True), member=ana, reason="x", rule="spam")
    a_day_later()
    assert answers(film, "violence") == [0, 0, 0, 0] and wrong_tallies() == []
    reinstate(moderator=make.member(is_staff=True, is_superuser=True), member=ana)
    assert answers(film, "violence") == [0, 0, 1, 0] and wrong_tallies() == []


def test_what_is_brought_on_the_first_day_waits_as_well(cast, film):
    say(cast.ana, film, violence=2)
    new = make.member(date_joined=timezone.now())
    take_in(bring(new, {"copy": copy_of(cast.ana)}, name="copy.ZIP"))
    assert ContentVote.objects.filter(member=new).count() == 1 and answers(film, "violence") == [0, 0, 1, 0]
    a_day_later()
    assert answers(film, "violence") == [0, 0, 2, 0]
