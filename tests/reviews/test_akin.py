"""Films close to one that nothing was learnt of yet, by the facts of both."""

import pytest
from django.db import connection

from films.models import Film, Franchise
from films.narrowing import Sizes
from reviews.actions.dismissing import dismiss_film
from reviews.actions.hushing import mute_film
from reviews.akin import OF_A_KIND, akin_to, kind_of
from reviews.models import Kindred
from tests import make, staff
from tests.api import Api

pytestmark = pytest.mark.django_db
Why = Kindred.Why


@pytest.fixture
def shelf() -> dict[str, Film]:
    """What shares something with Baby Driver, in the order of how much, and what shares nothing that says anything."""
    series = Franchise.objects.create(name="Baby", slug="baby")
    kind = {"genres": ["Action", "Crime"], "countries": ["GB"]}
    return {
        "Baby Driver": make.film(
            title="Baby Driver", year=2017, directors=["Edgar Wright"], cast=[("Ansel Elgort", "Baby")],
            franchise=series, **kind,
        ),
        "Baby Rider": make.film(title="Baby Rider", year=2019, franchise=series, genres=["Crime"]),
        "Hot Fuzz": make.film(title="Hot Fuzz", year=2007, directors=["Edgar Wright"], **kind),
        "Spaced": make.film(title="Spaced", year=1999, directors=["Edgar Wright"]),
        "Divergent": make.film(title="Divergent", year=2014, cast=[("Ansel Elgort", "Caleb")]),
        "Drive": make.film(title="Drive", year=2011, renown=900, **kind),
        "Getaway": make.film(title="Getaway", year=2011, renown=100, **kind),
        "Bullitt": make.film(title="Bullitt", year=1968, **kind),
        "Paddington": make.film(title="Paddington", year=2014, genres=["Family"], countries=["GB"]),
    }  # fmt: skip


def of(film, viewer=None):
    return [(one.title, one.reason) for one in akin_to(film.pk, viewer)]


def test_it_says_of_each_what_it_shares_the_closest_first(shelf):
    assert of(shelf["Baby Driver"]) == [
        ("Baby Rider", Why.FRANCHISE), ("Hot Fuzz", Why.DIRECTOR), ("Spaced", Why.DIRECTOR),
        ("Drive", Why.KIND), ("Getaway", Why.KIND), ("Divergent", Why.PEOPLE),
    ]  # fmt: skip


def test_neither_an_extra_nor_somebody_who_is_thanked_makes_films_alike(shelf):
    for job, position in (("actor", 6), ("thanks", 0)):
        person = make.person()
        make.credit(film=shelf["Baby Driver"], person=person, job=job, position=position)
        make.credit(film=shelf["Paddington"], person=person, job=job, position=position)
    assert "Paddington" not in dict(of(shelf["Baby Driver"]))


def test_a_director_who_only_acts_elsewhere_is_one_of_the_people(shelf):
    make.credit(film=shelf["Paddington"], person=shelf["Spaced"].credits.get().person, position=1)
    assert dict(of(shelf["Baby Driver"]))["Paddington"] == Why.PEOPLE


def test_without_a_genre_country_and_time_speak_and_without_a_year_nothing_of_that(shelf):
    bare = make.film(title="Bare", year=2012, countries=["GB"])
    assert dict(of(bare)) == dict.fromkeys(["Drive", "Getaway", "Paddington", "Baby Driver"], Why.PLACE)
    assert of(make.film(year=None, genres=["Crime"])) == []


def test_what_is_learnt_takes_its_place(shelf):
    film = shelf["Baby Driver"]
    Kindred.objects.create(film=film, others=[shelf["Bullitt"].pk], weights=[9], why="t")
    assert of(film) == []
    assert [row["film"]["title"] for row in Api().get(f"films/{film.slug}/similar/").json()["results"]] == ["Bullitt"]


def test_the_page_and_programs_show_it_without_what_one_dismissed_or_mutes(shelf, cast):
    film = shelf["Baby Driver"]
    rows = Api().get(f"films/{film.slug}/similar/").json()["results"]
    assert rows[1] == {"film": rows[1]["film"], "shared": "director", "why": "By the same director", "warned": []}
    dismiss_film(member=cast.fay, film=shelf["Hot Fuzz"])
    mute_film(member=cast.fay, film=shelf["Spaced"])
    left = [row["film"]["title"] for row in Api(as_=cast.fay).get(f"films/{film.slug}/similar/").json()["results"]]
    assert left == ["Baby Rider", "Drive", "Getaway", "Divergent"]
    words = staff.logged_in(cast.fay).get(film.get_absolute_url()).content.decode()
    assert "Films like this" in words and "From the same series" in words and "Hot Fuzz" not in words


def test_it_costs_the_same_at_one_film_as_at_fifty(shelf, cast, django_assert_num_queries):
    film = shelf["Baby Driver"]
    with django_assert_num_queries(3):
        akin_to(film.pk, cast.fay)
    person = film.credits.get(job="director").person
    for _number in range(50):
        other = make.film(year=2015, genres=["Action", "Crime"], countries=["GB"])
        make.credit(film=other, person=person, job="director")
    with django_assert_num_queries(3):
        assert len(akin_to(film.pk, cast.fay)) == 12


def test_words_are_added_until_few_enough_films_are_left():
    own = ["g1", "g2", "cGB", "d2010", "y2017", "tmedium"]
    few = {"a": 9_000, "g1": 4_000, "g2": 900, "cGB": 2_000, "d2010": 3_000, "k1": 5_000}
    assert kind_of(own, Sizes(few)) == (("g2", "d2010"), Why.KIND)
    many = {"a": 1_000_000, "g1": 400_000, "g2": 90_000, "cGB": 200_000, "d2010": 300_000, "k1": 90_000, "k3": 60_000}
    assert kind_of(own, Sizes(many)) == (("g2", "d2010", "g1", "cGB"), Why.KIND)
    huge = many | {"g1": 900_000, "g2": 800_000, "cGB": 900_000, "k10": 10_000, "k100": 500}
    assert kind_of(own, Sizes(huge)) == (("g2", "d2010", "g1", "cGB", "k10"), Why.KIND)
    assert kind_of(["d2010", "cGB"], Sizes(few)) == (("cGB", "d2010"), Why.PLACE)
    assert kind_of(["g1"], Sizes(few)) == kind_of(["d2010"], Sizes(few)) == ((), Why.KIND)


def test_the_films_of_a_kind_are_found_by_the_index_of_words(shelf):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN SELECT film_id FROM films_filmfacets WHERE words @> '{{g1,d2010}}' LIMIT {OF_A_KIND}")
        assert "facets_words" in str(cursor.fetchall())
