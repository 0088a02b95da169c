"""What a member makes of a film, and the diary, by the API."""

from datetime import timedelta

import pytest
from django.utils import timezone

from films.models import FormerSlug
from reviews.actions.owning import add_copy
from reviews.models import Mark
from tests import make
from tests.api import Api, assert_golden, program

pytestmark = pytest.mark.django_db


@pytest.fixture
def film():
    return make.film(title="Baby Driver")


# What I make of a film


def test_it_marks_a_film(cast, film):
    api = program(cast.ana)
    path = f"films/{film.slug}/me/"
    nothing = {"stars": None, "held": False, "watched": False, "liked": False, "in_watchlist": False}
    nothing |= {"visibility": "public", "owned": False}
    assert api.get(path).json() == nothing
    assert not Mark.objects.exists()
    assert api.patch(path, {"in_watchlist": True}).json() == nothing | {"in_watchlist": True}
    answer = api.patch(path, {"stars": 4.5, "liked": True})
    assert_golden("mark", answer)
    assert answer.json() == nothing | {"stars": 4.5, "watched": True, "liked": True}
    assert api.patch(path, {"stars": None}).json()["stars"] is None
    assert api.patch(path, {"watched": False}).json()["watched"] is False
    add_copy(member=cast.ana, film=film, kind="dvd")
    answer = api.patch(path, {}).json()
    assert answer["liked"] is True and answer["owned"] is True and api.get("me/marks/").json()["results"][0]["owned"]
    assert api.patch(path, {"liked": False}).json()["owned"] is True, "also where nothing is said of the film"
    assert program(cast.bea).get(path).json()["owned"] is False


def test_it_marks_nothing_for_visitors_and_nowhere(cast, film):
    assert Api().get(f"films/{film.slug}/me/").status_code == 401
    assert Api().patch(f"films/{film.slug}/me/", {"stars": 4}).status_code == 401
    assert program(cast.ana).patch("films/none-1900/me/", {"stars": 4}).status_code == 404
    FormerSlug.objects.create(slug="old", film=film)
    moved = program(cast.ana).patch("films/old/me/", {"stars": 4})
    assert (moved.status_code, moved["Location"]) == (308, f"http://testserver/api/v1/films/{film.slug}/me/")


def test_it_lists_what_i_made_of_films_in_a_steady_order(cast, film):
    heat, other = make.film(title="Heat"), make.film(title="Alien")
    api = program(cast.ana)
    for each in (other, film, heat):
        api.patch(f"films/{each.slug}/me/", {"stars": 4.5, "liked": True})
    make.mark(member=cast.bea, film=film, stars=1)
    first = api.get("me/marks/?page_size=2").json()
    api.patch(f"films/{film.slug}/me/", {"in_watchlist": False, "stars": 5})
    rest = api.get(first["next"]).json()
    assert [row["film"]["slug"] for row in first["results"] + rest["results"]] == [film.slug, heat.slug, other.slug]
    assert_golden("own_marks", api.get(f"me/marks/?film={film.slug}"))
    FormerSlug.objects.create(slug="old", film=film)
    asked = api.get(f"me/marks/?film=old&film={heat.slug}&film=none-1900").json()["results"]
    assert [row["film"]["slug"] for row in asked] == [film.slug, heat.slug]
    assert program(cast.bea).get("me/marks/").json()["results"][0]["stars"] == 1
    assert Api().get("me/marks/").status_code == 401


def test_what_was_taken_back_is_told_to_who_asks_since_when(cast, film):
    api = program(cast.ana)
    api.patch(f"films/{make.film(title='Heat').slug}/me/", {"liked": True})
    since = timezone.now().isoformat().replace("+00:00", "Z")
    api.patch(f"films/{film.slug}/me/", {"liked": True})
    api.patch(f"films/{film.slug}/me/", {"liked": False})
    (told,) = api.get(f"me/marks/?updated_since={since}").json()["results"]
    assert (told["film"]["slug"], told["liked"], told["watched"]) == (film.slug, False, False)
    assert len(api.get("me/marks/").json()["results"]) == 1
    assert api.get("me/marks/?updated_since=lately").status_code == 400


@pytest.mark.parametrize("stars", [0, 5.5, 3.3, -1, "4", "", True, [4], {}, 1e300, 0.25])
def test_it_says_which_ratings_there_are(cast, film, stars):
    answer = program(cast.ana).patch(f"films/{film.slug}/me/", {"stars": stars})
    assert answer.status_code == 400
    assert "0.5" in answer.json()["stars"][0]


def test_it_keeps_a_film_watched_that_is_rated(cast, film):
    api = program(cast.ana)
    api.patch(f"films/{film.slug}/me/", {"stars": 4})
    answer = api.patch(f"films/{film.slug}/me/", {"watched": False})
    assert (answer.status_code, answer.json()["code"]) == (400, "rated")


# The diary


def test_it_keeps_my_diary(cast, film):
    api = program(cast.ana)
    made = api.post("diary/", {"film": film.slug, "watched_on": "2024-01-28", "stars": 3.5})
    assert made.status_code == 201
    assert_golden("viewing", made)
    path = f"diary/{made.json()['id']}/"
    assert api.get(path).json() == made.json()
    assert api.patch(path, {"rewatch": True}).json()["stars"] == 3.5
    assert api.patch(path, {"stars": None}).json() | {"updated_at": ""} == made.json() | {
        "rewatch": True, "stars": None, "updated_at": "",
    }  # fmt: skip
    for refused in (program(cast.bea).get(path), program(cast.bea).delete(path), program(cast.bea).patch(path, {})):
        assert refused.status_code == 404
    assert Api().get(path).status_code == Api().get("diary/").status_code == 401
    assert "watched_on" in api.post("diary/", {"film": film.slug}).json()
    future = {"watched_on": (timezone.localdate() + timedelta(days=2)).isoformat()}
    wrong = {"watched_on": ["That day has not come yet. Give the day on which you saw the film."]}
    for refused in (api.post("diary/", {"film": film.slug, **future}), api.patch(path, future)):
        assert (refused.status_code, refused.json()) == (400, wrong)
    assert api.delete(path).status_code == 204
    assert api.get("diary/").json()["results"] == []


def test_a_diary_names_only_reviews_that_the_reader_may_read(cast, film):
    secret = make.review(member=cast.ana, film=film, watched_on=timezone.localdate(), visibility="followers")
    assert Api(as_=cast.bea).get("members/ana/diary/").json()["results"][0]["review"] == secret.pk
    assert Api().get("members/ana/diary/").json()["results"] == [], "the evening of a review is seen with it"
    secret.viewing.visibility = "public"
    secret.viewing.save()
    assert Api().get("members/ana/diary/").json()["results"][0]["review"] is None
