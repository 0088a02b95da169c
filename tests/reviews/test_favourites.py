"""Four favourites: choosing them, who sees them, and what a film says of them."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from accounts.actions import follow
from accounts.models import User
from films.models import Film
from reviews.actions.favourites import change_favourites, choose_favourites
from reviews.favourites import favourites_of
from reviews.models import Favourite
from tests import make
from tests.api import Api, assert_golden, program
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def films(db: None) -> list[Film]:
    names = ("Playtime", "Yi Yi", "Close-Up", "Ronin", "Tampopo")
    return [make.film(title=name, year=1990 + n) for n, name in enumerate(names)]


def chosen_by(member: User) -> list[str]:
    return [film.title for film in favourites_of(member, member)]


def test_a_choice_replaces_the_one_before_in_its_order(cast: Cast, films: list[Film]):
    choose_favourites(member=cast.ana, films=films[:4])
    rows = choose_favourites(member=cast.ana, films=[films[4], films[1], films[0]])
    assert [(row.position, row.film.title) for row in rows] == [(1, "Tampopo"), (2, "Yi Yi"), (3, "Playtime")]
    again = choose_favourites(member=cast.ana, films=[films[4], films[1], films[0]])
    assert [row.pk for row in again] == [row.pk for row in rows]
    counts = dict(Film.objects.values_list("title", "fan_count"))
    assert counts == {"Playtime": 1, "Yi Yi": 1, "Close-Up": 0, "Ronin": 0, "Tampopo": 1}


def test_five_films_and_one_film_twice_are_refused(cast: Cast, films: list[Film]):
    choose_favourites(member=cast.ana, films=films[:4])
    for refused in (films, [films[0], films[0]]):
        with pytest.raises(ValidationError):
            choose_favourites(member=cast.ana, films=refused)
    with pytest.raises(ValidationError):
        change_favourites(member=cast.ana, film=films[4], change="add")
    with pytest.raises(ValidationError):
        change_favourites(member=cast.ana, film=films[0], change="burn")
    assert chosen_by(cast.ana) == ["Playtime", "Yi Yi", "Close-Up", "Ronin"]


@pytest.mark.parametrize(
    ("change", "title", "expected"),
    [
        ("add", "Ronin", "Playtime, Yi Yi, Close-Up, Ronin"),
        ("add", "Yi Yi", "Playtime, Yi Yi, Close-Up"),
        ("remove", "Playtime", "Yi Yi, Close-Up"),
        ("remove", "Ronin", "Playtime, Yi Yi, Close-Up"),
        ("up", "Close-Up", "Playtime, Close-Up, Yi Yi"),
        ("up", "Playtime", "Playtime, Yi Yi, Close-Up"),
        ("down", "Playtime", "Yi Yi, Playtime, Close-Up"),
        ("down", "Close-Up", "Playtime, Yi Yi, Close-Up"),
    ],
)
def test_the_page_adds_removes_and_moves(cast: Cast, films: list[Film], change: str, title: str, expected: str):
    choose_favourites(member=cast.ana, films=films[:3])
    client = Client()
    client.force_login(cast.ana)
    film = next(film for film in films if film.title == title)
    answer = client.post("/accounts/favourites/", {"film": film.slug, "do": change, "q": "yi"})
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/favourites/?q=yi")
    assert ", ".join(chosen_by(cast.ana)) == expected


def test_the_page_finds_films_and_says_why_not(cast: Cast, films: list[Film]):
    choose_favourites(member=cast.ana, films=films[:4])
    client = Client()
    client.force_login(cast.ana)
    assert "Tampopo" in client.get("/accounts/favourites/?q=tampop").text
    full = client.post("/accounts/favourites/", {"film": films[4].slug, "do": "add", "q": "tampopo"})
    assert full.status_code == 422
    assert "Take one off to make room" in full.text and 'value="tampopo"' in full.text
    assert client.post("/accounts/favourites/", {"film": "never-was", "do": "add"}).status_code == 422
    assert chosen_by(cast.ana) == ["Playtime", "Yi Yi", "Close-Up", "Ronin"]


def test_a_private_account_shows_them_to_its_followers_only(cast: Cast, films: list[Film]):
    gus = make.member(username="gus")
    for member in (cast.ana, gus):
        choose_favourites(member=member, films=films[:1])
    assert [len(favourites_of(cast.ana, viewer)) for viewer in (None, cast.fay, cast.bea, cast.cem)] == [1, 1, 1, 0]
    User.objects.filter(pk=cast.ana.pk).update(is_private=True)
    seen = [len(favourites_of(cast.ana, viewer)) for viewer in (None, cast.fay, cast.bea, cast.cem, cast.ana)]
    assert seen == [0, 0, 1, 0, 1]
    assert Api().get("members/ana/").json()["favourites"] == []
    assert Api(as_=cast.bea).get("members/ana/").json()["favourites"][0]["title"] == "Playtime"
    assert "Four favourites" not in Client().get("/members/ana/").text
    User.objects.filter(pk=gus.pk).update(is_active=False)
    assert favourites_of(gus, cast.fay) == []
    assert Film.objects.get(pk=films[0].pk).fan_count == 1, "the suspended count no more"


def test_the_member_page_and_the_film_page_show_them(cast: Cast, films: list[Film]):
    make.review(member=cast.ana, film=films[0])
    assert "Four favourites" not in Client().get("/members/ana/").text
    assert "four favourites" not in Client().get("/films/playtime-1990/").text
    choose_favourites(member=cast.ana, films=films[:2])
    page = Client().get("/members/ana/").text
    assert "Four favourites" in page and "spill four" in page
    assert "member has it among their four favourites" in Client().get("/films/playtime-1990/").text
    follow(member=cast.fay, other=cast.bea)
    choose_favourites(member=cast.bea, films=films[:1])
    assert "members have it among their four favourites" in Client().get("/films/playtime-1990/").text


def test_programs_choose_them(cast: Cast, films: list[Film]):
    api = program(cast.ana)
    chosen = api.request("PUT", "me/favourites/", {"films": ["yi-yi-1991", "playtime-1990"]})
    assert chosen.status_code == 200
    assert_golden("favourites", api.get("me/favourites/"))
    assert chosen.json() == api.get("me/favourites/").json()
    for refused in (["playtime-1990", "playtime-1990"], ["never-was"], [film.slug for film in films], "yi-yi-1991"):
        assert api.request("PUT", "me/favourites/", {"films": refused}).status_code == 400
    assert program(cast.ana, "read").request("PUT", "me/favourites/", {"films": []}).status_code == 403
    assert chosen_by(cast.ana) == ["Yi Yi", "Playtime"]
    assert api.request("PUT", "me/favourites/", {"films": []}).json() == {"films": []}
    assert not Favourite.objects.exists()
