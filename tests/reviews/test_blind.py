"""Members who hide scores: nothing of what others gave, anywhere, until they have rated the film or asked to see it."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache

from films.models import Film
from reviews.actions.rating import mark_film
from reviews.models import Mark
from tests import make
from tests.api import Api
from tests.base import cost_of, rows_for_a_module
from tests.house import House, furnish
from tests.staff import logged_in
from tests.walk import PAGES, address_of

pytestmark = pytest.mark.django_db
TELLS = re.compile(r'class="avg"|data-r="|of 5</small>|class="critic-score"|aggregateRating|"reviewRating"|of 100')


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: Any) -> Iterator[House]:
    with rows_for_a_module(django_db_blocker):
        yield furnish()


@pytest.mark.slow
def test_no_page_tells_what_others_gave(house):
    """Every page of the walk, for somebody who has rated nothing, and then for somebody who hides nothing."""
    iris, open_eyed = house["iris"], make.member()
    places = {address_of(page, house) for page in PAGES if page.status == 200 and "/admin" not in page.address}
    places |= {"/search/?q=baby", "/search/?q=baby&kind=films", "/search/?q=voice&kind=reviews", "/members/ana/diary/"}
    told, plain = [], []
    for client, found in ((logged_in(iris), told), (logged_in(open_eyed), plain)):
        for place in sorted(places):
            answer = client.get(place)
            if answer.status_code == 200 and (hit := TELLS.search(answer.text)):
                found.append(f"{place}: {answer.text[max(0, hit.start() - 80) : hit.end() + 40]}")
    assert told == []
    assert len(plain) > 8, "the pattern finds them where they are"


def test_no_answer_to_a_program_tells_it_either(house):
    api, film = Api(as_=house["iris"]), house["film"]
    whole = api.get(f"films/{film.slug}/").json()
    assert whole["rating"] is None and whole["hidden"] is True and whole["external_scores"] == []
    cards = api.get("films/").json()["results"]
    assert cards and all(card["rating"] is None and card["hidden"] for card in cards)
    sheet = api.get(f"films/{film.slug}/score/").json()
    assert sheet["hidden"] is True and sheet["count"] == 0 and sheet["average"] is None and sheet["months"] == []
    for path in ("reviews/", f"films/{film.slug}/reviews/", "members/ana/reviews/", "members/ana/diary/"):
        rows = api.get(path).json()["results"]
        assert rows and all(row["stars"] is None for row in rows), path
    assert api.get(f"reviews/{house['public'].pk}/").json()["stars"] is None
    assert all(article["score"] is None for article in api.get("articles/").json()["results"])
    assert Api().get(f"films/{film.slug}/").json()["hidden"] is False
    assert Api().get(f"films/{film.slug}/").json()["rating"]["count"] > 0


def test_the_front_page_asks_no_more_for_who_hides_scores():
    make.collection(films=[make.film() for _each in range(3)], on_front_page=True)
    wide, blind = make.member(), make.member(hides_scores=True)
    assert cost_of(logged_in(blind), "/") == cost_of(logged_in(wide), "/")


def test_a_rating_lifts_the_cover_and_is_a_blind_one(house):
    iris, film = house["iris"], house["film"]
    client = logged_in(iris)
    watched = client.post(f"/films/{film.slug}/mark/", {"watched": "1"}, headers={"HX-Request": "true"})
    assert "of 5</small>" not in watched.text and "Covered" in watched.text
    rated = client.post(f"/films/{film.slug}/mark/", {"stars": "4"}, headers={"HX-Request": "true"})
    assert "of 5</small>" in rated.text and "Covered" not in rated.text
    assert Mark.objects.get(member=iris, film=film).rated_blind is True
    assert "How the ratings fall" in client.get(f"/films/{film.slug}/score/").text
    assert Api(as_=iris).get(f"films/{film.slug}/").json()["rating"]["count"] > 0
    assert client.get(f"/films/{house['other'].slug}/score/").text.count("Covered until you have rated it") == 1


def test_only_the_first_rating_is_blind():
    iris, film = make.member(hides_scores=True), make.film()
    assert mark_film(member=iris, film=film, half_stars=7).rated_blind is True
    assert mark_film(member=iris, film=film, half_stars=7).rated_blind is True, "the same again changes nothing"
    assert mark_film(member=iris, film=film, half_stars=8).rated_blind is False
    cleared = mark_film(member=iris, film=film, half_stars=None)
    assert cleared.rated_blind is False
    assert mark_film(member=iris, film=film, half_stars=8).rated_blind is False, "the first had shown the score"
    assert mark_film(member=make.member(), film=film, half_stars=8).rated_blind is False


def test_whoever_asked_to_see_it_does_not_rate_blind(house):
    iris, film = house["iris"], house["film"]
    client = logged_in(iris)
    page = client.get(f"/films/{film.slug}/score/")
    assert "Show the scores of this film" in page.text and not TELLS.search(page.text)
    assert client.get(f"/films/{film.slug}/score/shown/").status_code == 302
    assert not Mark.objects.filter(member=iris).exists(), "only the button asks"
    answer = client.post(f"/films/{film.slug}/score/shown/")
    assert answer.status_code == 302 and "The sum" in client.get(answer["Location"]).text
    assert TELLS.search(client.get(f"/films/{film.slug}/").text)
    assert mark_film(member=iris, film=film, half_stars=8).rated_blind is False


def test_own_stars_stay(house):
    iris, film = house["iris"], house["film"]
    make.review(member=iris, film=film, stars=3.5)
    rows = Api(as_=iris).get("members/iris/reviews/").json()["results"]
    assert [row["stars"] for row in rows] == [3.5]
    assert 'data-r="3.5"' in logged_in(iris).get("/members/iris/").text


def test_those_who_hide_nothing_pay_nothing(house):
    cache.clear()
    hidden, open_eyed = (cost_of(logged_in(member), "/films/") for member in (house["iris"], make.member()))
    assert hidden == open_eyed, "the marks of a wall are there already"


def test_covering_writes_nothing(house):
    before = Film.objects.values_list("rating_count", "rating_sum").get(pk=house["film"].pk)
    logged_in(house["iris"]).get(f"/films/{house['film'].slug}/")
    assert Film.objects.values_list("rating_count", "rating_sum").get(pk=house["film"].pk) == before
