"""Pages with lists that fill themselves are kept, and nobody sees what they would not see if they were not."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from films.models import Genre
from reviews.actions.listing import Details, change_list, delete_list, like_list
from reviews.actions.rating import mark_film
from reviews.actions.refinding import change_finds
from reviews.searches import filters_in
from tests import make
from tests.reviews.test_kept_for_members import seen
from tests.reviews.town import Town

pytestmark = pytest.mark.django_db(transaction=True)
FINDS = ("genre=drama&min_rating=3.5", "genre=drama", "genre=drama&sort=title", "min_ratings=3&sort=rating")


@pytest.fixture
def town(transactional_db) -> Town:
    return Town()


def filters(query: str):
    return filters_in([query])[0][0]


def looks(lists, viewers) -> dict[str, bytes]:
    pages = [
        *(made.get_absolute_url() for made in lists), "/lists/", "/members/ana/", "/members/ana/lists/",
        "/search/?q=found&kind=lists", "/api/v1/lists/", *(f"/api/v1/lists/{made.pk}/entries/" for made in lists),
    ]  # fmt: skip
    return {f"{name} at {page}": seen(page, one) for name, one in viewers.items() for page in pages}


@pytest.mark.slow
def test_everybody_sees_what_they_would_see_if_nothing_were_kept(town, settings):
    """Dora hides scores."""
    six, films = town.people, [make.film(title=f"Drama {n}", genres=["Drama"]) for n in range(5)]
    User.objects.filter(pk=six.dora.pk).update(hides_scores=True)
    settings.API_REQUESTS_ANONYMOUS = settings.API_REQUESTS_MEMBER = 10_000
    lists = [make.film_list(member=six.ana, title=f"Found {q}", finds=q, most_found=3) for q in FINDS]
    viewers = {name: Client() for name in ("nobody", "ana", "bea", "dora")}
    for name in [*viewers][1:]:
        viewers[name].force_login(getattr(six, name))
    raters = [make.member() for _each in range(6)]
    steps = [
        ("nothing", lambda: None),
        *((f"rating {n}", lambda rater=rater: mark_film(member=rater, film=films[4], half_stars=9))
          for n, rater in enumerate(raters)),
        ("a low one", lambda: mark_film(member=six.eli, film=films[4], half_stars=1)),
        ("bea watches", lambda: mark_film(member=six.bea, film=films[0], watched=True)),
        ("dora rates", lambda: mark_film(member=six.dora, film=films[4], half_stars=6)),
        ("eli wants one", lambda: mark_film(member=six.eli, film=films[3], in_watchlist=True)),
        ("another drama", lambda: make.film(title="A drama", genres=["Drama"])),
        ("ana changes it", lambda: change_finds(member=six.ana, film_list=lists[1], filters=filters("from=2017"))),
        ("ana shows less", lambda: change_list(
            member=six.ana, film_list=lists[1], details=Details(title="Found less", most_found=1))),
        ("bea likes it", lambda: like_list(member=six.bea, film_list=lists[0])),
        ("no drama any more", lambda: films[4].genres.clear()),
        ("the genre goes", lambda: Genre.objects.filter(slug="drama").delete()),
        ("ana deletes it", lambda: delete_list(member=six.ana, film_list=lists.pop())),
    ]  # fmt: skip
    for name, act in steps:
        act()
        kept = looks(lists, viewers)
        settings.PAGES_KEPT_MB = 0
        fresh = looks(lists, viewers)
        settings.PAGES_KEPT_MB = 64
        assert [viewer for viewer, content in kept.items() if content != fresh[viewer]] == [], name


def test_a_rating_that_brings_a_film_over_the_bar_shows_on_the_next_request(town):
    film, visitor = make.film(title="Locke", genres=["Drama"]), Client()
    made = make.film_list(member=town.people.ana, finds="genre=drama&min_rating=3.5")
    assert "Locke" not in visitor.get(made.get_absolute_url()).text and "0 films" in visitor.get("/lists/").text
    for _each in range(5):
        mark_film(member=make.member(), film=film, half_stars=9)
        visitor.get(made.get_absolute_url())
    assert "Locke" in visitor.get(made.get_absolute_url()).text
    assert "1 film" in visitor.get("/lists/").text and "1 film" in visitor.get("/members/ana/lists/").text
    for _each in range(9):
        mark_film(member=make.member(), film=film, half_stars=1)
    assert "Locke" not in visitor.get(made.get_absolute_url()).text
    assert "0 films" in visitor.get("/lists/").text


def test_what_leaves_a_service_leaves_the_list(town):
    there = make.availability(film=town.film, service="Mubi")
    made, visitor = make.film_list(member=town.people.ana, finds="service=mubi"), Client()
    assert "Baby Driver" in visitor.get(made.get_absolute_url()).text
    there.ends_on = timezone.localdate() - timedelta(days=1)
    there.save()
    assert "Baby Driver" not in visitor.get(made.get_absolute_url()).text
