"""The shelf by the API: one's own, and those of others where they show them."""

import pytest

from films.models import Genre
from reviews.actions.following import choose_privacy
from reviews.actions.owning import add_copy
from reviews.models import OwnedCopy
from tests import make
from tests.api import Api, assert_golden, program

pytestmark = pytest.mark.django_db


@pytest.fixture
def film():
    return make.film(title="Baby Driver", year=2017)


def test_programs_put_correct_and_take_off(cast, film):
    api = program(cast.ana)
    said = {"kind": "bluray", "cut": "directors", "details": "Shelf 3", "since": "2019", "lent_to": "Tom"}
    made = api.post("me/shelf/", said | {"film": film.slug, "lent_on": "2024-01-28"})
    assert made.status_code == 201
    one = f"me/shelf/{made.json()['id']}/"
    assert made["Location"].endswith(one) and api.get(one).json() == made.json()
    assert said.items() <= made.json().items()
    assert_golden("shelf", api.get("me/shelf/"))
    answer = api.patch(one, {"lent_to": "", "since": "2019-03-05"}).json()
    assert (answer["lent_to"], answer["lent_on"], answer["since"], answer["details"]) == (
        "", None, "2019-03-05", "Shelf 3",
    )  # fmt: skip
    for wrong in ({"kind": "papyrus"}, {"since": "soon"}, {"since": "2999"}, {"details": "m" * 121}, {"cut": "long"},
                  {"lent_on": "2024-01-01"}, {"lent_to": "T", "lent_on": "2999-01-01"}):  # fmt: skip
        refused = api.patch(one, wrong)
        assert refused.status_code == 400 and set(refused.json()) <= {*wrong, "lent_to"}, wrong
    assert api.post("me/shelf/", {"film": film.slug}).json() == {"kind": ["This is missing."]}
    assert "film" in api.post("me/shelf/", {"film": "none-1900", "kind": "dvd"}).json()
    twice = [api.post("me/shelf/", {"film": film.slug, "kind": "dvd"}).json()["id"] for _copy in range(2)]
    assert twice[0] != twice[1], "two are two"
    assert api.delete(one).status_code == 204 and api.get(one).status_code == 404
    assert program(cast.ana, "read").post("me/shelf/", said).status_code == 403


def test_it_is_asked_for_in_parts_and_orders(cast, film):
    api, alien = program(cast.ana), make.film(title="Alien", year=1979)
    alien.genres.add(Genre.objects.get_or_create(slug="horror", defaults={"name": "Horror"})[0])
    add_copy(member=cast.ana, film=film, kind="dvd", since="2020")
    add_copy(member=cast.ana, film=alien, kind="vhs", since="1999", lent_to="Tom")

    def found(query: str) -> list[str]:
        return [row["film"]["title"] for row in api.get(f"me/shelf/?{query}").json()["results"]]

    assert found("") == ["Alien", "Baby Driver"]
    for query in ("kind=vhs", "lent=true", "genre=horror", "genre=Horror", "decade=1970s", f"film={alien.slug}"):
        assert found(query) == ["Alien"], query
    assert found("lent=false") == ["Baby Driver"] and found("updated_since=2100-01-01T00:00:00Z") == []
    for order in ("title", "release_date", "since"):
        assert found(f"ordering={order}") == ["Alien", "Baby Driver"], order
    for order in ("-release_date", "-since", "updated_at"):
        assert found(f"ordering={order}") == ["Baby Driver", "Alien"], order
    first = api.get("me/shelf/?page_size=1&ordering=title").json()
    assert [row["film"]["title"] for row in api.get(first["next"]).json()["results"]] == ["Baby Driver"]
    for wrong in ("kind=papyrus", "lent=maybe", "genre=none", "decade=x", "ordering=weight", "film=none", "shelf=3"):
        assert api.get(f"me/shelf/?{wrong}").status_code == 400, wrong


def test_those_of_others_are_shown_as_they_chose(cast, film):
    add_copy(member=cast.ana, film=film, kind="dvd", details="Third door", lent_to="Tom", since="2019")
    copy = OwnedCopy.objects.get()
    path = "members/ana/shelf/"
    asks = {"ana": Api(as_=cast.ana), "bea": Api(as_=cast.bea), "cem": Api(as_=cast.cem), "fay": Api(as_=cast.fay)}
    for policy, see in (("private", {"ana"}), ("followers", {"ana", "bea"}), ("public", {"ana", "bea", "fay"})):
        assert asks["ana"].patch("me/", {"shelf_policy": policy}).json()["shelf_policy"] == policy
        for name, api in asks.items():
            assert api.get(path).status_code == (200 if name in see else 404), (policy, name)
            assert api.get(f"me/shelf/{copy.pk}/").status_code == (200 if name == "ana" else 404)
    assert_golden("member_shelf", asks["fay"].get(path))
    assert "Third door" not in asks["fay"].get(path).content.decode()
    assert Api().get(path).status_code == 200 and Api().get("me/shelf/").status_code == 401
    assert asks["fay"].get(f"{path}?lent=true").status_code == 400, "which is not for others to ask"
    choose_privacy(member=cast.ana, is_private=True)
    assert asks["fay"].get(path).status_code == 404 and asks["bea"].get(path).status_code == 200
    assert asks["ana"].patch("me/", {"shelf_policy": "some"}).status_code == 400
