"""Films for one member and why, films like another, and what one does not want any more."""

import pytest
from django.urls import reverse

from accounts.actions import block, follow, mute
from films.models import Film
from reviews.actions.dismissing import dismiss_film
from reviews.actions.following import choose_privacy
from reviews.actions.hushing import mute_film
from reviews.actions.rating import mark_film
from reviews.circle import from_circle
from reviews.for_you import for_you
from reviews.models import Dismissal, Kindred, Mark
from reviews.similar import similar_to, with_similar
from tests import make
from tests.api import Api, assert_golden

pytestmark = pytest.mark.django_db


def kindred(film, *others, why="t", weight=1000):
    """The first of the others is the likest."""
    weights = [weight - place for place in range(len(others))]
    return Kindred.objects.create(
        film=film, others=[other.pk for other in others], weights=weights, why=why * len(others)
    )


@pytest.fixture
def heat():
    """Three films that a member rates, two that belong to them."""
    films = {name: make.film(title=name, year=1995) for name in ("Heat", "Ronin", "Collateral", "Thief", "Sonatine")}
    for name in ("Heat", "Ronin", "Collateral"):
        kindred(films[name], films["Thief"], films["Sonatine"])
    return films


def rate_three(member, films, stars=(5, 4, 1)):
    for name, given in zip(("Heat", "Ronin", "Collateral"), stars, strict=True):
        mark_film(member=member, film=films[name], half_stars=int(2 * given))


def like(film, viewer):
    return similar_to(with_similar(Film.objects.all(), viewer).get(pk=film.pk))


def titles(films):
    return [film.title for film in films]


def test_three_ratings_are_enough_and_say_why(cast, heat, django_assert_num_queries):
    rate_three(cast.fay, heat)
    mark_film(member=cast.ana, film=heat["Heat"], half_stars=10)
    mark_film(member=cast.ana, film=heat["Ronin"], half_stars=10)
    mark_film(member=cast.ana, film=heat["Collateral"], in_watchlist=True)
    with django_assert_num_queries(1):
        found = for_you(cast.fay)
    assert titles(found) == ["Thief", "Sonatine"]
    assert [str(film.because) for film in found] == ["Because you gave Heat 5 stars", "Because you gave Ronin 4 stars"]
    assert for_you(cast.ana) == []
    mark_film(member=cast.ana, film=heat["Collateral"], liked=True)
    assert titles(for_you(cast.ana)) == ["Thief", "Sonatine"]


class TestReasons:
    """Each of five films is recommended for all that the member rated: Heat first, and last of all."""

    @pytest.fixture(autouse=True)
    def films(self, heat):
        self.rated = {name: heat[name] for name in ("Collateral", "Ronin", "Heat")}
        self.others = [make.film(title=f"Other {number}") for number in range(5)]
        Kindred.objects.all().delete()

    def rate(self, member, *, weights, stars=(5, 5, 5), visibility="public"):
        for film, weight, given in zip(self.rated.values(), weights, stars, strict=True):
            kindred(film, *self.others, weight=weight)
            mark_film(member=member, film=film, half_stars=int(2 * given))
        Mark.objects.filter(member=member).update(visibility=visibility)

    def named(self, member):
        found = for_you(member)
        assert titles(found) == [film.title for film in self.others]
        return [film.because and film.because.title for film in found]

    def test_those_that_explain_a_film_about_as_well_take_turns(self, cast):
        self.rate(cast.fay, weights=(1150, 1090, 1000))  # 958, 991 and 1000 at last: the latest weighs most
        assert self.named(cast.fay) == ["Heat", "Ronin", "Collateral", "Heat", "Ronin"]
        assert self.named(cast.fay) == self.named(cast.fay)

    def test_what_explains_a_film_much_less_is_not_named(self, cast):
        self.rate(cast.fay, weights=(930, 1090, 1000))  # Collateral adds 775
        assert self.named(cast.fay) == ["Heat", "Ronin", "Heat", "Ronin", "Heat"]
        Kindred.objects.filter(film=self.rated["Ronin"]).delete()
        assert self.named(cast.fay) == ["Heat"] * 5

    @pytest.mark.parametrize("ronin", [{"weight": -1090, "given": 5}, {"weight": 1090, "given": 3}])
    def test_neither_what_speaks_against_it_nor_what_was_not_liked(self, cast, ronin):
        weights, stars = (1150, ronin["weight"], 1000), (5, ronin["given"], 5)
        self.rate(cast.fay, weights=weights, stars=stars)
        assert self.named(cast.fay) == ["Heat", "Collateral", "Heat", "Collateral", "Heat"]

    def test_without_anything_that_was_liked_nothing_is_named(self, cast):
        self.rate(cast.fay, weights=(1150, 1090, 1000), stars=(3, 3, 3))
        assert self.named(cast.fay) == [None] * 5

    def test_what_is_private_is_named_to_its_member_alone(self, cast):
        self.rate(cast.fay, weights=(1150, 1090, 1000), visibility="private")
        for film in (self.rated["Collateral"], *(make.film() for _two in range(2))):
            mark_film(member=cast.bea, film=film, half_stars=10)
        assert set(self.named(cast.fay)) == {"Heat", "Ronin", "Collateral"}
        assert set(self.named(cast.bea)) == {"Collateral"}


def test_what_was_liked_or_is_wanted_speaks_too(cast, heat):
    rate_three(cast.fay, heat, stars=(1, 1, 1))
    assert [film.because for film in for_you(cast.fay)] == [None, None]
    for name, change in (("Wanted", {"in_watchlist": True}), ("Hearted", {"liked": True})):
        film = make.film(title=name)
        kindred(film, heat["Thief"], weight=9000)
        mark_film(member=cast.fay, film=film, **change)
        said = str(for_you(cast.fay)[0].because)
        assert said == {"Wanted": "Because Wanted is on your watchlist", "Hearted": "Because you liked Hearted"}[name]


def test_a_film_that_speaks_against_another(cast, heat):
    bad = make.film(title="Bad")
    kindred(bad, heat["Thief"], weight=-9000)
    rate_three(cast.fay, heat)
    mark_film(member=cast.fay, film=bad, half_stars=10)
    assert titles(for_you(cast.fay)) == ["Sonatine"]


@pytest.mark.parametrize("known", ["watched", "in_watchlist", "dismissed", "muted"])
def test_what_one_knows_or_does_not_want_is_not_recommended(cast, heat, known):
    rate_three(cast.fay, heat)
    follow(member=cast.fay, other=cast.ana)
    thief = heat["Thief"]
    mark_film(member=cast.ana, film=thief, half_stars=10)
    assert "Thief" in titles(for_you(cast.fay)) and "Thief" in titles(from_circle(cast.fay, 9))
    if known == "dismissed":
        dismiss_film(member=cast.fay, film=thief)
    elif known == "muted":
        mute_film(member=cast.fay, film=thief)
    else:
        mark_film(member=cast.fay, film=thief, **{known: True})
    assert titles(for_you(cast.fay)) == ["Sonatine"]
    assert titles(from_circle(cast.fay, 9)) == []
    shown = titles(like(heat["Heat"], cast.fay))
    assert ("Thief" in shown) is (known in {"watched", "in_watchlist"})


def test_switched_off_nothing_is_recommended(client, cast, heat):
    rate_three(cast.bea, heat)
    mark_film(member=cast.ana, film=heat["Thief"], half_stars=10)
    client.force_login(cast.bea)
    assert "Because you gave Heat 5 stars" in client.get("/for-you/").text and "recommended" in client.get("/").text
    choose_privacy(member=cast.bea, wants_recommendations=False)
    assert for_you(cast.bea) == from_circle(cast.bea, 9) == []
    page = client.get("/for-you/").text
    assert "You have switched that off" in page and "Thief" not in page
    assert 'id="recommended"' not in client.get("/").text
    assert Api(as_=cast.bea).get("me/recommendations/").json()["results"] == []
    choose_privacy(member=cast.bea, wants_recommendations=True)
    assert titles(for_you(cast.bea)) == ["Thief", "Sonatine"]


def test_the_circle_by_how_many_loved_it(cast, heat):
    for other in (cast.ana, cast.dora, cast.eli):
        follow(member=cast.fay, other=other)
        mark_film(member=other, film=heat["Thief"], half_stars=9)
    mark_film(member=cast.ana, film=heat["Sonatine"], half_stars=8)
    mark_film(member=cast.bea, film=heat["Ronin"], half_stars=10)  # not followed
    mark_film(member=cast.dora, film=heat["Heat"], half_stars=7)  # not loved

    def said():
        return [(film.title, film.because) for film in from_circle(cast.fay, 9)]

    assert said() == [("Thief", "3 people you follow loved it"), ("Sonatine", "Somebody you follow loved it")]
    Mark.objects.filter(member=cast.ana, film=heat["Sonatine"]).update(visibility="private")
    mute(member=cast.fay, other=cast.dora)
    block(member=cast.eli, other=cast.fay)
    assert said() == [("Thief", "Somebody you follow loved it")]
    Mark.objects.filter(member=cast.ana).update(visibility="followers")
    assert len(said()) == 2
    choose_privacy(member=cast.fay, hides_scores=True)
    assert said() == [(film, "Somebody you follow has seen it") for film in ("Thief", "Sonatine")]


def test_too_little_said_shows_where_to_begin(client, cast):
    make.film(title="Well Known", renown=900_000)
    client.force_login(cast.fay)
    page = client.get("/for-you/").text
    assert "Rate 3 films, and we can begin" in page and "Well Known" in page
    mark_film(member=cast.fay, film=make.film(), half_stars=9)
    mark_film(member=cast.fay, film=make.film(), liked=True)
    assert "One more film, and we can begin" in client.get("/for-you/").text


def test_dismissing_and_taking_it_back(client, cast, heat):
    rate_three(cast.fay, heat)
    client.force_login(cast.fay)
    address = reverse("films:dismiss", args=[heat["Thief"].slug])
    for _twice in range(2):
        answer = client.post(address, {"dismissed": "1"}, follow=True)
        assert answer.redirect_chain == [("/for-you/", 302)]
        assert "Thief (1995) will not be recommended to you again." in answer.text
    assert Dismissal.objects.get().film == heat["Thief"]
    assert "Thief" in client.get("/for-you/dismissed/").text
    part = client.post(address, {"dismissed": "0"}, headers={"HX-Request": "true"}).text
    assert part.strip().startswith("<li") and "may be recommended to you again" in part
    assert Dismissal.objects.count() == 0
    client.post(address, {"dismissed": "1"})
    answer = client.post(address, {"dismissed": "0", "list": "1"}, follow=True)
    assert answer.redirect_chain == [("/for-you/dismissed/", 302)] and "Nothing dismissed" in answer.text


def test_a_films_page_shows_what_is_like_it(client, cast, heat, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = like(heat["Heat"], cast.fay)
    assert [(film.title, film.reason.label) for film in found] == [
        ("Thief", "Loved by the same members"),
        ("Sonatine", "Loved by the same members"),
    ]
    Kindred.objects.filter(film=heat["Heat"]).update(why="d")  # only the first is to be shown
    Film.objects.filter(title="Sonatine").delete()
    page = client.get(heat["Heat"].get_absolute_url()).text
    assert "Films like this" in page and "By the same director" in page
    assert "Films like this" not in client.get(heat["Thief"].get_absolute_url()).text


def test_programs(cast, heat):
    rate_three(cast.bea, heat)
    mark_film(member=cast.ana, film=heat["Thief"], half_stars=10)
    anyone, bea = Api(), Api(as_=cast.bea)
    assert_golden("film_similar", anyone.get(f"films/{heat['Heat'].slug}/similar/"))
    assert_golden("recommendations", bea.get("me/recommendations/"))
    assert_golden("recommendations_of_circle", bea.get("me/recommendations/circle/"))
    assert bea.put(f"me/recommendations/dismissed/{heat['Thief'].slug}/").status_code == 204
    assert_golden("dismissals", bea.get("me/recommendations/dismissed/"))
    assert len(bea.get("me/recommendations/").json()["results"]) == 1
    assert bea.delete(f"me/recommendations/dismissed/{heat['Thief'].slug}/").status_code == 204
    assert Dismissal.objects.count() == 0
