"""Evenings by the API: a member by a token, a guest by what joining gave them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reviews.models import Evening, Viewing
from tests import make
from tests.api import Api, assert_golden, program
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_an_evening_by_programs(cast: Cast):
    """Ana starts it; Bea and a guest join; they choose, strike out, draw and log."""
    make.availability(film=make.film(title="Ran", year=1985, runtime_minutes=162), service="Mubi")
    film = make.film(title="Paprika", year=2006, runtime_minutes=90)
    make.availability(film=film, service="Mubi")
    make.mark(member=cast.ana, film=film, in_watchlist=True)
    ana, bea, door = program(cast.ana), program(cast.bea), Api()
    wrong = ana.post("tonight/", {"most_minutes": 0, "services": ["muby"], "country": "??"}).json()
    assert wrong.pop("most_minutes") and wrong == {
        "services": ["There is no service “muby” here. Did you mean “mubi”?"],
        "country": ["There is no country “??” here."],
    }
    made = ana.post("tonight/", {"name": "Friday", "most_minutes": 170, "services": ["mubi"]})
    assert made.status_code == 201 and made["Location"].startswith("http://testserver/api/v1/tonight/")
    key = Evening.objects.get().key
    at = f"tonight/{key}/"

    shown = door.get(at).json()
    assert (shown["name"], shown["your_seat"], shown["seats"], shown["services"]) == ("Friday", None, [], [])
    assert door.post(f"{at}picks/", {"film": film.slug, "says": "want"}).status_code == 404
    assert list(door.post(f"{at}join/", {"name": "Ana"}).json()) == ["name"]
    seated = door.post(f"{at}join/", {"name": "Gil"}).json()
    assert (seated["seat"], seated["evening"]) == (2, f"http://testserver/tonight/{key}/")
    gil = Api(**{"X-Seat": seated["seat_token"]})
    assert gil.post(f"{at}join/").json() == seated, "joining may be repeated"
    assert bea.post(f"{at}join/").json()["seat_token"] is None

    assert gil.post(f"{at}picks/", {"film": film.slug, "says": "maybe"}).status_code == 400
    for says in ("seen", None, "want"):
        picks = gil.post(f"{at}picks/", {"film": film.slug, "says": says}).json()["picks"]
        assert [pick["says"] for pick in picks] == ([says] if says else [])
    assert bea.put(f"{at}services/", {"services": ["mubi"]}).json()["services"] == [{"slug": "mubi", "name": "Mubi"}]
    assert gil.put(f"{at}ready/").json()["seats"][1]["is_ready"] is True
    assert gil.delete(f"{at}ready/").json()["seats"][1]["is_ready"] is False
    assert ana.post(f"{at}draw/").json()["code"] == "round"
    assert bea.put(f"{at}shortlist/").status_code == 403
    assert gil.put(f"{at}shortlist/").status_code == 401
    assert ana.put(f"{at}shortlist/").json()["phase"] == "striking"
    assert ana.delete(f"{at}shortlist/").json()["phase"] == "choosing"
    ana.put(f"{at}shortlist/")
    ana.put(f"{at}shortlist/")
    assert_golden("evening", gil.get(at))
    assert gil.post(f"{at}vetoes/", {"film": "ran-1985"}).json()["code"] == "strikes", "two films, three people"

    assert ana.post(f"{at}draw/").json()["phase"] == "drawn"
    assert_golden("evening_drawn", gil.get(at))
    again = ana.post(f"{at}draw/").json()["draws"]
    assert [draw["film"]["title"] for draw in again] == ["Paprika", "Ran"]
    assert ana.post(f"{at}draw/").json()["code"] == "twice"
    assert gil.post(f"{at}watched/").status_code == 401
    assert bea.post(f"{at}watched/", {"visibility": "private", "is_named": True, "watched_on": "2024-01-28"}).json()[
        "logged_by"
    ] == ["bea"]
    assert str(Viewing.objects.get().watched_on) == "2024-01-28"
    assert ana.post(f"{at}watched/").json()["logged_by"] == ["ana", "bea"]
    assert gil.get(at).json()["logged_by"] == ["bea"], "Ana is named to nobody"
    assert Viewing.objects.filter(film__title="Ran").count() == 2
    assert bea.delete(f"{at}seats/2/").status_code == 403
    assert ana.delete(f"{at}seats/2/").status_code == 204
    assert gil.get(at).status_code == 404
    assert ana.delete(f"{at}join/").json()["code"] == "host"
    assert bea.delete(f"{at}join/").status_code == 204
    assert ana.put(f"{at}end/").status_code == 204
    assert ana.get(at).status_code == 404


def test_it_strikes_out(cast: Cast):
    for n in range(5):
        make.film(title=f"Film {n}")
    evening = make.evening(host=cast.ana, members=[cast.bea])
    ana, at = Api(as_=cast.ana), f"tonight/{evening.key}/"
    first = ana.put(f"{at}shortlist/").json()
    assert first["strikes_left"] == 2
    slug = first["shortlist"][0]["film"]["slug"]
    after = ana.post(f"{at}vetoes/", {"film": slug}).json()
    assert after["strikes_left"] == 1
    assert after["shortlist"][0] | {"film": slug} == {
        "film": slug, "wants": 0, "struck": True, "struck_by_you": True, "seen": False, "on_shelf": False,
        "warned": [],
    }  # fmt: skip
    theirs = Api(as_=cast.bea).get(at).json()["shortlist"][0]
    assert (theirs["struck"], theirs["struck_by_you"]) == (True, False)
    assert ana.post(f"{at}vetoes/", {"film": slug, "struck": False}).json()["strikes_left"] == 2


def test_doors_are_closed_alike(cast: Cast):
    """To who is blocked, and where there is nothing: as on the pages."""
    evening = make.evening(host=cast.ana)
    cem = Api(as_=cast.cem)
    for method, path in (("GET", ""), ("POST", "join/"), ("PUT", "ready/"), ("POST", "watched/")):
        blocked = cem.request(method, f"tonight/{evening.key}/{path}", {})
        nothing = cem.request(method, f"tonight/{'a' * 24}/{path}", {})
        assert (blocked.status_code, blocked.json()) == (nothing.status_code, nothing.json())
        assert blocked.status_code == 404


def test_a_reading_token_takes_no_seat(cast: Cast):
    evening = make.evening(host=cast.ana)
    reader = program(cast.bea, "read")
    assert reader.get(f"tonight/{evening.key}/").status_code == 200
    assert reader.client.post(f"/api/v1/tonight/{evening.key}/join/", headers=reader.headers).status_code == 403


def test_it_reads_in_few_queries(cast: Cast):
    for n in range(8):
        make.film(title=f"Film {n}")
    evening = make.evening(host=cast.ana, guests=["Gil", "Una"])
    ana, at = Api(as_=cast.ana), f"tonight/{evening.key}/"
    ana.put(f"{at}shortlist/")
    answer = ana.get(at)
    with CaptureQueriesContext(connection) as queries:
        assert ana.get(at).status_code == 200
    assert len(queries) <= 9
    assert ana.get(at, **{"If-None-Match": answer["ETag"]}).status_code == 304
