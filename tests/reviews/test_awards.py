"""Pages of awards: what shares an address, who won, and that what hangs on it leads there."""

import pytest
from django.core.cache import cache
from django.test import Client

from films.models import Award
from tests import make, staff
from tests.api import Api, assert_golden

pytestmark = pytest.mark.django_db
PAGE = "/awards/cesar-awards/2008/"


def prize(film, category="Best Film", year=2008, outcome="won", award="César Awards", people=(), **lost):
    made = Award.objects.create(film=film, award=award, category=category, year=year, outcome=outcome, **lost)
    made.people.set(people)
    return made


@pytest.fixture
def house(db):
    fuzz = make.film(title="Hot Fuzz", year=2007, directors=["Edgar Wright"])
    heat, ronin = make.film(title="Heat", year=1995), make.film(title="Ronin", year=1998, renown=9)
    wright = fuzz.credits.get(job="director").person
    prize(heat, outcome="nominated", lost_to_film=fuzz)
    prize(fuzz)
    prize(ronin, "Editing", outcome="nominated", lost_to="Sans Soleil")
    prize(fuzz, "Directing", people=[wright])
    prize(fuzz, "Best Film", 2006, award="Cesar awards!")
    prize(ronin, "Best Film", 2009, "nominated", award="CÉSAR — Awards")
    prize(heat, "Best Film", 2001, award="Prix d’Été № 1")
    prize(heat, "Best Film", 2002, award="!!!")
    return {"fuzz": fuzz, "heat": heat, "ronin": ronin, "wright": wright}


def page(address, client=None):
    answer = (client or Client()).get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Academy Awards", "academy-awards"), ("César du cinéma", "cesar-du-cinema"), ("CE\u0301SAR", "cesar"),
        ("Critics’ Choice / TV", "critics-choice-tv"), ("日本アカデミー賞", "日本アカデミー賞"), ("ÅØŁ%?#", "aol"),
        ("  Ours --", "ours"), ("***", ""), ("Золотой орёл", "Золотой-орёл"),
    ],
)  # fmt: skip
def test_a_name_makes_an_address(name, slug):
    made = prize(make.film(), award=name)
    made.refresh_from_db()
    assert made.slug == slug
    assert Client().get(made.year_url).status_code == 200 if slug else not made.year_url


def test_names_that_share_an_address_are_one_award(house):
    overview = page("/awards/")
    assert overview.count('href="/awards/cesar-awards/"') == 1 and "2006 – 2009, 3 films" in overview
    assert "/awards/prix-dete-1/" in overview and "!!!" not in overview  # a name of signs has no page
    award = page("/awards/cesar-awards/")
    assert "<h1>CÉSAR — Awards</h1>" in award  # its name of the latest year
    places = [award.index(f'href="/awards/cesar-awards/{year}/"') for year in (2009, 2008, 2006)]
    assert places == sorted(places)
    assert "3 films, 2 prizes won" in award
    assert [Client().get(f"/awards/{path}/").status_code for path in ("never", "cesar-awards/1999", "%20")] == [404] * 3


def test_a_year_has_winners_first_and_leads_to_films_people_and_other_years(house):
    words = page(PAGE)
    best = words[words.index(">Best Film<") : words.index(">Directing<")]
    assert best.index(">Hot Fuzz</a>") < best.index(">Heat</a>") and "It went to" not in best
    assert f'href="/people/{house["wright"].slug}/">Edgar Wright' in words
    assert "It went to <cite>Sans Soleil</cite>." in words
    assert 'href="/awards/cesar-awards/2006/"' in words and 'href="/awards/cesar-awards/2009/"' in words
    assert f'href="{PAGE}"' in page(house["fuzz"].get_absolute_url())
    assert f'href="{PAGE}"' in page(house["wright"].get_absolute_url())
    assert "!!!" in page(house["heat"].get_absolute_url())
    # What is gone from the catalogue is gone from here, at the next request.
    house["fuzz"].delete()
    words = page(PAGE)
    assert ">Hot Fuzz</a>" not in words and "Directing" not in words


def test_the_reader_finds_what_they_have_seen_and_no_score_that_they_hide(house, cast):
    for number in range(3):
        make.mark(member=make.member(), film=house["heat"], stars=4 + number / 2)
    client = staff.logged_in(cast.ana)
    assert "0 of 3" in page(PAGE, client) and "4.5" in page(PAGE, client)
    make.mark(member=cast.ana, film=house["fuzz"], watched=True)
    assert "1 of 3" in page(PAGE, client) and "You have watched this" in page(PAGE, client)
    cast.ana.hides_scores = True
    cast.ana.save()
    assert "4.5" not in page(PAGE, client)


def test_programs_and_search_engines_read_the_same(house):
    assert_golden("awards", Api().get("awards/?page_size=1"))
    assert [row["slug"] for row in Api().get("awards/").json()["results"]] == ["cesar-awards", "prix-dete-1"]
    following = Api().get(Api().get("awards/?page_size=1").json()["next"]).json()
    assert [row["slug"] for row in following["results"]] == ["prix-dete-1"]
    assert_golden("award", Api().get("awards/cesar-awards/"))
    assert_golden("award_year", Api().get("awards/cesar-awards/2008/"))
    assert Api().get("awards/cesar-awards/1999/").status_code == Api().get("awards/never/").status_code == 404
    found = b"".join(Client().get("/sitemaps/awards-1.xml").streaming_content).decode()
    assert found.count("/awards/cesar-awards/2008/") == 1 and found.count("<url>") == 4


def test_it_costs_the_same_for_many_prizes_and_pages_end(house, django_assert_max_num_queries):
    for number in range(130):
        film = make.film(title=f"Reel {number}")
        prize(film, f"Category {number}", 2008)
        prize(film, "Best Film", 1890 + number)
        prize(film, award=f"Prize {number:03}")
    cache.clear()
    for address in ("/awards/", "/awards/cesar-awards/", PAGE):
        with django_assert_max_num_queries(8):
            page(address)
    words = page("/awards/")
    assert "Prize 090" in words and "Prize 129" not in words and "?after=" in words
