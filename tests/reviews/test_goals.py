"""How many films a member means to see in a year: on the page of that year, for whom it is meant, and in the API."""

from datetime import date

import pytest
from django.test import Client

from reviews.actions.aiming import set_goal
from reviews.goals import Way
from reviews.models import Goal
from tests import make, staff
from tests.api import Api, program
from tests.base import cost_of

pytestmark = pytest.mark.django_db
YEAR = "/members/ana/stats/2024/"


@pytest.fixture
def seen(cast):
    for day in (3, 4):
        make.viewing(member=cast.ana, film=make.film(title=f"Film {day}"), watched_on=date(2024, 1, day))
    make.viewing(member=cast.ana, film=make.film(title="Alone"), watched_on=date(2024, 1, 5), visibility="private")


def test_a_goal_is_set_counted_and_given_up(cast, seen):
    ana = staff.logged_in(cast.ana)
    assert 'href="/accounts/goals/2024/"' in ana.get(YEAR).text
    assert "Set a goal" not in ana.get("/members/ana/stats/").text
    sent = ana.post("/accounts/goals/2024/", {"films": "5", "visibility": "public"})
    assert sent["Location"] == YEAR
    assert "3 of 5 films that 2024 is to have · 2 short." in ana.get(YEAR).text
    assert 'value="5"' in ana.get("/accounts/goals/2024/").text
    assert "2 of 5 films that 2024 is to have · 3 short." in staff.logged_in(cast.bea).get(YEAR).text, "hers is private"
    assert ana.post("/accounts/goals/2024/", {"do": "drop"})["Location"] == YEAR
    assert not Goal.objects.exists() and "to have" not in ana.get(YEAR).text


@pytest.mark.parametrize(("visibility", "readers"), [("public", "abdv"), ("followers", "ab"), ("private", "a")])
def test_it_is_shown_to_whom_it_is_meant_for(cast, seen, visibility, readers):
    set_goal(member=cast.ana, year=2024, films=5, visibility=visibility)
    clients = {"a": staff.logged_in(cast.ana), "b": staff.logged_in(cast.bea), "d": staff.logged_in(cast.dora)}
    clients["v"] = Client()
    assert "".join(name for name, reader in clients.items() if "of 5 films" in reader.get(YEAR).text) == readers
    told = {"a": program(cast.ana), "b": Api(as_=cast.bea), "d": Api(as_=cast.dora), "v": Api()}
    stats = {name: api.get("members/ana/stats/?year=2024").json()["goal"] for name, api in told.items()}
    assert "".join(name for name, goal in stats.items() if goal == 5) == readers
    assert set(stats.values()) <= {5, None}
    assert cost_of(clients["b"], YEAR) <= 12


@pytest.mark.parametrize(
    ("year", "films", "status", "told"),
    [
        (2024, "", 422, "Say how many films."),
        (2024, "0", 422, "Give a number from 1 to 5000."),
        (2024, "1e9", 422, "Give a whole number."),
        (2024, "99999", 422, "Give a number from 1 to 5000."),
        (1492, "5", 404, ""),
    ],
)
def test_what_makes_no_sense_comes_back_with_a_sentence(cast, year, films, status, told):
    page = staff.logged_in(cast.ana).post(f"/accounts/goals/{year}/", {"films": films, "visibility": "public"})
    assert (page.status_code, Goal.objects.count()) == (status, 0) and told in page.text
    assert status == 404 or not films or f'value="{films}"' in page.text


@pytest.mark.parametrize(
    ("today", "seen", "words"),
    [
        (date(2024, 7, 1), 50, "Right on time."),
        (date(2024, 7, 1), 51, "1 film ahead."),
        (date(2024, 7, 1), 40, "10 films behind."),
        (date(2024, 7, 1), 100, "Reached."),
        (date(2025, 1, 1), 99, "1 short."),
        (date(2023, 12, 31), 0, ""),
    ],
)
def test_it_says_how_the_year_stands(today, seen, words):
    assert Way(Goal(year=2024, films=100), seen, today).words == words


def test_programs_set_it_and_give_it_up(cast):
    api, at = program(cast.ana), "me/goals/2026/"
    assert api.get(at).status_code == 404
    for films in (52, 104):
        assert api.put(at, {"films": films}).json() == {"year": 2026, "films": films, "visibility": "public"}
    assert api.get(at).json()["films"] == 104 and Goal.objects.count() == 1
    assert (
        "films" in api.put(at, {"films": 0}).json()
        and "visibility" in api.put(at, {"films": 1, "visibility": "x"}).json()
    )
    assert api.put("me/goals/1492/", {"films": 5}).status_code == 404
    assert program(cast.ana, "read").put(at, {"films": 5}).status_code == 403
    assert Api(as_=cast.bea).get(at).status_code == 404 and Api().get(at).status_code == 401
    assert [api.delete(at).status_code for _twice in range(2)] == [204, 204]
