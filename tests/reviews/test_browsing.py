"""The catalogue by what one made of it, what friends did, and tags: only through what the reader may see."""

import pytest
from django.http import QueryDict

from accounts.models import Block, Follow
from films.catalogue import Reading
from films.choices import Choices, resting_films
from films.models import Film
from films.picking import load, pick
from reviews.actions.owning import add_copy
from reviews.browsing import MemberFilters, legs_for, narrowing_for
from reviews.models import Mark
from tests import make
from tests.api import Api

pytestmark = pytest.mark.django_db


def titles(query: str, viewer=None) -> list[str]:
    filters, _notices = MemberFilters.read(QueryDict(query), Choices.load())
    page = pick(Reading(resting_films()), narrowing_for(filters, viewer), legs_for(filters, viewer), size=60)
    return [film.title for film in load(page)]


@pytest.fixture
def films(db) -> dict[str, Film]:
    """A is the most popular, and so on."""
    return {title: make.film(title=title, year=2000, renown=100_000 - n) for n, title in enumerate("ABCDEF")}


def test_it_filters_by_each_state_and_by_its_opposite(films, cast):
    ana = cast.ana
    make.mark(member=ana, film=films["A"], stars=4)
    make.mark(member=ana, film=films["B"], watched=True, liked=True)
    make.mark(member=ana, film=films["C"], in_watchlist=True)
    for title in "BDD":
        add_copy(member=ana, film=films[title], kind="dvd")
    add_copy(member=cast.bea, film=films["F"], kind="dvd")
    states = {"seen": "AB", "watchlist": "C", "liked": "B", "rated": "A", "owned": "BD"}
    for state, has in states.items():
        assert set(titles(f"yours={state}", ana)) == set(has)
        assert set(titles(f"not_yours={state}", ana)) == set("ABCDEF") - set(has)
    assert set(titles("yours=unseen", ana)) == set("CDEF")
    assert titles("yours=seen&not_yours=rated", ana) == ["B"]
    assert titles("yours=seen&yours=liked", ana) == ["B"]
    assert titles("yours=owned&yours=unseen", ana) == ["D"]
    assert len(titles("yours=seen", None)) == 6, "somebody signed out has no films of their own"


def test_it_knows_of_friends_what_the_reader_may_see(films):
    reader, friend, muted, blocker, private, stranger = (make.member() for _n in range(6))
    for followed in (friend, muted, blocker):
        Follow.objects.create(follower=reader, followed=followed)
    private.is_private = True
    private.save()
    make.mark(member=friend, film=films["A"], stars=5)
    Mark.objects.filter(member=friend).update(visibility="followers")
    make.mark(member=friend, film=films["B"], stars=1)
    Mark.objects.filter(member=friend, film=films["B"]).update(visibility="private")
    make.mark(member=blocker, film=films["C"], stars=5)
    Block.objects.create(blocker=blocker, blocked=reader)
    make.mark(member=private, film=films["D"], stars=5)
    make.mark(member=stranger, film=films["E"], stars=5)
    assert titles("yours=friends", reader) == ["A"]
    assert set(titles("not_yours=friends", reader)) == set("BCDEF")
    assert titles("sort=friends", reader)[0] == "A"
    assert titles("yours=friends", stranger) == []
    suspended = friend
    suspended.is_active = False
    suspended.save()
    assert titles("yours=friends", reader) == []
    assert titles("sort=friends", reader) == titles("", reader)


def test_it_sorts_by_ones_own_rating_and_by_that_of_friends(films):
    reader, friends = make.member(), [make.member() for _n in range(2)]
    for friend in friends:
        Follow.objects.create(follower=reader, followed=friend)
    for title, stars in (("C", 3), ("E", 5), ("F", 3)):
        make.mark(member=reader, film=films[title], stars=stars)
    for friend, title, stars in ((0, "B", 5), (1, "B", 2), (0, "D", 4), (1, "F", 4.5)):
        make.mark(member=friends[friend], film=films[title], stars=stars)
    assert titles("sort=mine", reader)[:3] == ["E", "F", "C"]
    assert titles("sort=friends", reader)[:3] == ["F", "D", "B"]
    for sort in ("mine", "friends"):
        filters, _notices = MemberFilters.read(QueryDict(f"sort={sort}"), Choices.load())
        found, after = [], ""
        while True:
            legs = legs_for(filters, reader)
            page = pick(Reading(), narrowing_for(filters, reader), legs, size=2, after=after)
            found += [film.title for film in load(page)]
            if not (after := page.after):
                break
        assert found == titles(f"sort={sort}", reader) and sorted(found) == list("ABCDEF")
    assert titles("sort=mine") == titles("sort=popular")


def test_a_covered_film_is_not_found_by_its_rating(films):
    """To a reader who hides scores it is as if nobody had rated it, until they have."""
    blind = make.member(hides_scores=True)
    for title, stars in (("E", 5), ("F", 4.5)):
        for _n in range(3):
            make.mark(member=make.member(), film=films[title], stars=stars)
    assert titles("sort=rating")[:2] == ["E", "F"]
    assert titles("sort=rating", blind) == titles("", blind)
    for query in ("min_rating=4", "min_ratings=3"):
        assert set(titles(query)) == {"E", "F"} and titles(query, blind) == []
    Follow.objects.create(follower=blind, followed=Mark.objects.filter(film=films["F"]).first().member)
    assert titles("sort=friends", blind) == titles("", blind)
    make.mark(member=blind, film=films["F"], stars=1)
    assert titles("sort=rating", blind)[0] == "F" and titles("min_rating=3", blind) == ["F"]
    assert titles("sort=friends", blind)[0] == "F"
    counts = Api(as_=blind).get("films/?counts=1").json()["counts"]
    assert "min_rating" not in counts and "min_ratings" not in counts


def test_it_finds_by_the_tags_of_reviews_that_the_reader_may_read(films):
    reader, writer, blocker = (make.member() for _n in range(3))
    make.review(member=writer, film=films["A"], tags=["Heist", "cars"])
    make.review(member=writer, film=films["B"], tags=["heist"], visibility="private")
    make.review(member=blocker, film=films["C"], tags=["heist"])
    Block.objects.create(blocker=blocker, blocked=reader)
    assert titles("tag=HEIST", reader) == ["A"]
    assert titles("tag=heist") == ["A", "C"]
    assert titles("tag=heist&tag=cars") == ["A"] and titles("tag=heist&not_tag=cars") == ["C"]
    assert set(titles("not_tag=heist", reader)) == set("BCDEF")
    assert titles("tag=%00") == titles("")


def test_a_program_asks_for_the_same(films, cast):
    make.mark(member=cast.ana, film=films["C"], stars=4)
    for number, title in enumerate("AB"):
        films[title].genres.add(*make.film(genres=["Noir", "Heist"]).genres.all()[: number + 1])
    answer = Api().get("films/?genre=heist&not_genre=noir&counts=1&ordering=title").json()
    assert [film["title"] for film in answer["results"]] == ["A"]
    assert answer["counts"]["films"] == 1
    assert answer["counts"]["genre"] == {"heist": 1} and answer["counts"]["decade"] == {"2000": 1}
    mine = Api(as_=cast.ana)
    assert [film["title"] for film in mine.get("films/?yours=rated").json()["results"]] == ["C"]
    assert mine.get("films/?ordering=-my_rating").json()["results"][0]["title"] == "C"
    ofbea = Api(as_=cast.bea)  # who follows Ana
    make.mark(member=cast.ana, film=films["E"], stars=5)
    for followed, stars in ((cast.ana, 3), (cast.fay, 5)):
        make.mark(member=followed, film=films["D"], stars=stars)
    ordered = [film["title"] for film in ofbea.get("films/?ordering=-friends_rating").json()["results"]]
    assert ordered[:3] == ["E", "C", "D"], "a stranger’s five stars count for nothing"
    make.mark(member=cast.ana, film=films["E"], stars=5, visibility="private")
    ordered = [film["title"] for film in ofbea.get("films/?ordering=-friends_rating").json()["results"]]
    assert ordered[:2] == ["C", "D"]
    for query in ("yours=seen", "not_yours=liked", "ordering=-friends_rating"):
        refused = Api().get(f"films/?{query}")
        assert refused.status_code == 400 and "token" in str(refused.json())
    for query in ("yours=maybe", "min_ratings=0", "min_runtime=x", "length=endless", "certificate=" + "x" * 60):
        assert mine.get(f"films/?{query}").status_code == 400
