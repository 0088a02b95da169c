"""Screenings, and saying that one comes, as programs read and say it."""

import pytest

from reviews.actions.showing import call_off
from reviews.models import Coming
from tests import make
from tests.api import Api, program, queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def heat(cast):
    film = make.film(title="Heat", year=1995, languages=["English"])
    how = {"cut": "restored", "format": "35mm"}
    return make.screening(films=[film], versions=[how], seats=2, access=["captions"], words="*Quiet*.")


def names(api: Api, path: str = "screenings/") -> list[str]:
    return [row["name"] for row in api.get(path).json()["results"]]


def test_it_lists_what_comes_and_what_was(cast, heat):
    make.let_it_pass(make.screening(title="Long ago"))
    make.screening(title="For us alone", audience="members", starts_at=heat.starts_at.replace(year=2050))
    make.screening(title="A draft", published_at=None)
    assert names(Api()) == ["Heat", "Long ago"]
    assert names(program(cast.fay, "read")) == ["Heat", "For us alone", "Long ago"]
    assert names(Api(), "screenings/?when=upcoming") == ["Heat"]
    assert names(Api(), "screenings/?when=past") == ["Long ago"]
    assert names(Api(), f"screenings/?film={heat.shown[0].film.slug}") == ["Heat"]
    assert Api().get("screenings/?when=soon").status_code == 400
    assert Api().get("screenings/?sort=1").status_code == 400


def test_one_says_all_of_it(cast, heat):
    said = Api().get(f"screenings/{heat.pk}/").json()
    assert said["films"] == [{
        "film": {"slug": "heat-1995", "title": "Heat", "year": 1995}, "cut": "restored", "format": "35mm",
        "language": None, "subtitles": None,
    }]  # fmt: skip
    assert (said["seats"], said["seats_left"], said["access"], said["time_zone"]) == (2, 2, ["captions"], "UTC")
    assert "<em>Quiet</em>" in said["words_html"] and said["url"].endswith(heat.get_absolute_url())
    call_off(editor=cast.dora, screening=heat, because="Rain.")
    assert Api().get(f"screenings/{heat.pk}/").json()["called_off_because"] == "Rain."


def test_a_list_costs_as_much_for_one_as_for_many(cast, heat):
    one = queries_of("GET", "screenings/?when=upcoming", as_=cast.fay)
    for _number in range(10):
        make.screening(films=[make.film(), make.film()])
    assert queries_of("GET", "screenings/?when=upcoming", as_=cast.fay) == one


def test_a_member_comes_waits_and_steps_back(cast, heat):
    mine = f"screenings/{heat.pk}/me/"
    ana, bea = program(cast.ana), program(cast.bea)
    assert ana.get(mine).json() == {"state": "none", "guests": 0, "named": False, "place": None}
    assert ana.put(mine, {"guests": 1, "named": True}).json() == {
        "state": "coming", "guests": 1, "named": True, "place": None,
    }  # fmt: skip
    assert bea.put(mine, {}).json() == {"state": "waiting", "guests": 0, "named": False, "place": 1}
    assert [ana.delete(mine).status_code, ana.delete(mine).status_code] == [204, 204]
    assert bea.get(mine).json()["state"] == "coming"
    assert Coming.objects.count() == 1


def test_what_cannot_be_is_refused_in_words(cast, heat):
    ana, mine = program(cast.ana), f"screenings/{heat.pk}/me/"
    assert "guests" in ana.put(mine, {"guests": 6}).json()
    ana.put(mine, {})
    assert ana.put(mine, {"guests": 4}).json() == {"guests": ["1 seat is left."]}
    call_off(editor=cast.dora, screening=heat, because="Rain.")
    answer = program(cast.bea).put(mine, {})
    assert answer.status_code == 400 and answer.json()["detail"] == "This screening is called off."


def test_it_minds_scopes_and_visitors(cast, heat):
    mine = f"screenings/{heat.pk}/me/"
    assert Api().get(mine).status_code == 401
    assert program(cast.ana, "read").put(mine, {}).status_code == 403
    assert program(cast.ana, "read").get(mine).status_code == 200
    hidden = make.screening(published_at=None)
    assert program(cast.ana).put(f"screenings/{hidden.pk}/me/", {}).status_code == 404
