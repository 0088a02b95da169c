"""The page of a shelf: parts of it, in any order, a page at a time."""

import pytest

from films.models import Genre
from reviews.actions.following import choose_privacy
from reviews.actions.owning import add_copy
from reviews.shelf import RUNS, SORTS
from tests import make, staff
from tests.base import cost_of

pytestmark = pytest.mark.django_db
OWN = "/members/ana/shelf/"


def titles(client, **query) -> list[str]:
    return [copy.film.title for copy in client.get(OWN, query).context["rows"]]


@pytest.fixture
def shelf(cast):
    """Heat, Alien, Playtime and Baby Driver twice, in this order."""
    film = make.film(title="Baby Driver", year=2017)
    crime = Genre.objects.get_or_create(slug="crime", defaults={"name": "Crime"})[0]
    heat, alien, playtime = (make.film(title=title, year=year) for title, year in
                             (("Heat", 1995), ("Alien", 1979), ("Playtime", None)))  # fmt: skip
    for one in (heat, film):
        one.genres.add(crime)
    add_copy(member=cast.ana, film=heat, kind="dvd", since="2019")
    add_copy(member=cast.ana, film=alien, kind="vhs", since="1999-05-05", lent_to="Tom")
    add_copy(member=cast.ana, film=playtime, kind="print")
    add_copy(member=cast.ana, film=film, kind="dvd")
    add_copy(member=cast.ana, film=film, kind="bluray", since="2021")
    return cast.ana


def test_it_is_narrowed_down_and_put_in_order(shelf):
    ana = staff.logged_in(shelf)
    driver = "Baby Driver"
    assert titles(ana) == [driver, driver, "Playtime", "Alien", "Heat"]
    assert titles(ana, kind="dvd") == [driver, "Heat"]
    assert titles(ana, genre="crime", kind="dvd", sort="title") == [driver, "Heat"]
    assert titles(ana, decade="1970") == ["Alien"]
    assert titles(ana, lent="yes") == ["Alien"] and "Alien" not in titles(ana, lent="no")
    assert titles(ana, sort="title") == ["Alien", driver, driver, "Heat", "Playtime"]
    assert titles(ana, sort="newest") == [driver, driver, "Heat", "Alien", "Playtime"]
    assert titles(ana, sort="oldest") == ["Alien", "Heat", driver, driver, "Playtime"]
    assert titles(ana, sort="since") == [driver, "Heat", "Alien", driver, "Playtime"]
    assert titles(ana, sort="longest") == ["Alien", "Heat", driver, driver, "Playtime"]
    page = ana.get(OWN, {"kind": "dvd"})
    assert "Only: DVD." in page.text and "2 copies" in page.text
    page = ana.get(OWN)
    assert "5 copies" in page.text and "4 films" in page.text and "yours=owned&amp;yours=unseen" in page.text
    for wrong in ("kind=papyrus", "lent=maybe", "sort=weight", "genre=none", "decade=x", "after=x"):
        assert len(ana.get(f"{OWN}?{wrong}").context["rows"]) == 5
    assert "There is nothing of that here." in ana.get(OWN, {"kind": "uhd"}).text
    assert ana.get("/members/ANA/shelf/")["Location"] == OWN


@pytest.mark.parametrize("sort", SORTS)
def test_it_has_pages_that_cost_the_same(cast, sort, monkeypatch):
    monkeypatch.setattr("reviews.views.shelf.A_PAGE", 2)
    ana = staff.logged_in(cast.ana)
    add_copy(member=cast.ana, film=make.film(title="First", year=2001), kind="dvd", since="2020")
    one = cost_of(ana, f"{OWN}?sort={sort}")
    for number, year in enumerate((1990, None, 1995)):
        add_copy(member=cast.ana, film=make.film(title=f"Reel {number}", year=year), kind="dvd")
    seen, address = list[int](), f"?sort={sort}"
    while address:
        page = ana.get(OWN + address)
        seen += [copy.pk for copy in page.context["rows"]]
        address = page.context["next_url"]
    assert sorted(seen) == sorted(cast.ana.owned_copies.values_list("pk", flat=True)) and len(seen) == 4
    assert ana.get(OWN + page.context["previous_url"]).context["rows"]
    assert cost_of(ana, f"{OWN}?sort={sort}") <= one <= 12
    assert set(RUNS) == set(SORTS)


def test_a_visitor_pays_little_for_it(shelf, client):
    choose_privacy(member=shelf, shelf_policy="public")
    assert cost_of(client, OWN) <= 8 and "Alien" in client.get(OWN).text
    assert "It is back" not in client.get(OWN).text and "On loan" not in client.get(OWN).text
