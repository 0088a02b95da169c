"""What comes out, and what a member chooses for their calendar, as programs read and say it."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from reviews.actions.hushing import mute_film
from reviews.models import CalendarChoice
from tests import make
from tests.api import Api, assert_golden, program, queries_of

pytestmark = pytest.mark.django_db
MARCH = "calendar/?first=2027-03-01&last=2027-03-31"


@pytest.fixture
def march(cast):
    heat, drive = make.film(title="Heat", year=1995), make.film(title="Drive", year=2011)
    make.release(film=heat, released_on=date(2027, 3, 4), certificate="15")
    make.release(film=heat, country="FR", released_on=date(2027, 3, 4))
    make.release(film=drive, country="FR", kind="limited", released_on=date(2027, 3, 10))
    make.release(film=drive, kind="premiere", released_on=date(2027, 3, 1), note="Festival of Hull")
    return {"heat": heat, "drive": drive}


def found(api: Api, path: str) -> list[tuple[str, str]]:
    return [(row["film"]["title"], row["country"]) for row in api.get(path).json()["results"]]


def test_it_lists_what_comes_out(march):
    assert_golden("calendar", Api().get(MARCH))
    assert found(Api(), f"{MARCH}&country=fr&kind=cinema") == [("Heat", "FR"), ("Drive", "FR")]
    assert found(Api(), f"{MARCH}&kind=premiere&kind=tv") == [("Drive", "GB")]
    first = Api().get(f"{MARCH}&page_size=1").json()
    assert [row["kind"] for row in first["results"]] == ["premiere"] and first["next"]
    assert [row["kind"] for row in Api().get(first["next"]).json()["results"]] == ["cinema"]


def test_it_begins_today_and_ends_in_a_month(cast):
    for days in (-1, 0, 30, 31):
        make.release(film=make.film(title=f"{days}"), released_on=timezone.localdate() + timedelta(days=days))
    assert [title for title, _country in found(Api(), "calendar/")] == ["0", "30"]


def test_it_minds_who_asks(cast, march):
    make.mark(member=cast.ana, film=march["drive"], in_watchlist=True)
    ana = program(cast.ana, "read")
    assert found(ana, f"{MARCH}&watchlist=true") == [("Drive", "GB"), ("Drive", "FR")]
    mute_film(member=cast.ana, film=march["drive"])
    assert found(ana, MARCH) == [("Heat", "GB"), ("Heat", "FR")] and found(ana, f"{MARCH}&watchlist=true") == []
    assert Api().get(f"{MARCH}&watchlist=true").status_code == 401
    assert len(found(Api(), MARCH)) == 4


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("country=ZZ", "country"), ("kind=vhs", "kind"), ("first=soon", "first"), ("last=2020-01-01", "last"),
        ("first=2027-01-01&last=2029-01-01", "last"), ("watchlist=perhaps", "watchlist"), ("sort=1", "sort"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_refused(query, name):
    answer = Api().get(f"calendar/?{query}")
    assert answer.status_code == 400 and name in answer.json()


def test_the_last_day_of_all_is_no_trouble():
    assert Api().get("calendar/?first=9999-12-31").json()["results"] == []


def test_it_costs_few_queries(cast, march):
    assert queries_of("GET", MARCH, as_=cast.ana) <= 5


def test_a_member_reads_and_says_what_they_chose(cast, march):
    ana = program(cast.ana)
    assert ana.get("me/calendar/").json() == {"country": None, "ways": [], "has_address": False}
    answer = ana.put("me/calendar/", {"country": "GB", "ways": ["tv", "cinema"]})
    assert answer.json() == ana.get("me/calendar/").json() == {
        "country": "GB", "ways": ["cinema", "tv"], "has_address": False,
    }  # fmt: skip
    for said, name in (
        ({"country": None, "ways": ["tv"]}, "country"), ({"country": "ZZ", "ways": []}, "country"),
        ({"country": "GB", "ways": ["premiere"]}, "ways"), ({"country": "GB"}, "ways"),
    ):  # fmt: skip
        answer = ana.put("me/calendar/", said)
        assert answer.status_code == 400 and name in answer.json(), said
    assert CalendarChoice.objects.get().country_id == "GB"
    assert program(cast.ana, "read").put("me/calendar/", {"country": None, "ways": []}).status_code == 403
    assert Api().get("me/calendar/").status_code == 401
