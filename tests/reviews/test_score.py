"""How a film's score is made: the page, and the figures behind it."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache

from accounts.actions import follow
from reviews.curve import drawn
from reviews.models import Mark
from reviews.scoring import sheet_of
from tests import make
from tests.api import Api, assert_golden, queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def film():
    film = make.film(title="Baby Driver")
    for stars in (3.5, 4.5, 5):
        make.mark(member=make.member(), film=film, stars=stars)
    make.mark(member=make.member(), film=make.film(), stars=1)
    film.refresh_from_db()
    return film


def rated(film, *, year, month, stars):
    mark = make.mark(member=make.member(), film=film, stars=stars)
    Mark.objects.filter(pk=mark.pk).update(rated_at=datetime(year, month, 15, tzinfo=UTC))


def test_the_sum_on_the_page_is_the_sum(client, film, settings):
    settings.WEIGHTED_PRIOR = 10
    page = client.get(f"/films/{film.slug}/score/").text
    # 13 stars of three; the site's four ratings make 14 ÷ 4 = 3.5; (10 × 3.5 + 13) ÷ 13 = 3.69.
    assert "<b>4.33</b>" in page and "13 stars ÷ 3 ratings" in page
    assert "<b>3.69</b>" in page and "(10 × 3.50 + 13) ÷ (10 + 3)" in page


def test_a_changed_rating_shows_at_once(client, film):
    client.get(f"/films/{film.slug}/score/")
    make.mark(member=make.member(), film=film, stars=0.5)
    assert "13.5 stars ÷ 4 ratings" in client.get(f"/films/{film.slug}/score/").text


def test_the_circle_is_the_viewer_and_whom_they_follow(film):
    ana, bea, cem = make.member(), make.member(), make.member(is_active=False)
    for member in (ana, bea, cem):
        make.mark(member=member, film=film, stars=2)
    follow(member=ana, other=bea)
    film.refresh_from_db()
    assert sheet_of(film, ana).circle.histogram == [0, 0, 0, 2, 0, 0, 0, 0, 0, 0]
    assert sheet_of(film, bea).circle.count == 1
    assert sheet_of(film, AnonymousUser()).circle is None


def test_first_viewings_and_rewatches_stand_apart(film):
    ana = make.member()
    make.viewing(member=ana, film=film, stars=3)
    make.viewing(member=ana, film=film, stars=5, rewatch=True)
    sheet = sheet_of(film, ana)
    assert (sheet.first.mean, sheet.again.mean) == (3, 5)


def test_the_curve_is_the_mean_until_each_month():
    film = make.film()
    rated(film, year=2025, month=11, stars=5)
    rated(film, year=2026, month=1, stars=2)
    rated(film, year=2026, month=1, stars=2)
    film.refresh_from_db()
    cache.clear()
    months = sheet_of(film, AnonymousUser()).months
    assert [(f"{month.month:%Y-%m}", month.count, month.mean) for month in months] == [
        ("2025-11", 1, 5.0),
        ("2026-01", 2, 3.0),
    ]
    curve = drawn(months)
    assert len(curve.bars) == 2 and curve.line == "106.7,0.0 533.3,71.1", "the month between has its place"
    assert drawn(months[:1]) is None


def test_a_film_nobody_rated_says_so(client):
    film = make.film()
    page = client.get(f"/films/{film.slug}/score/")
    assert page.status_code == 200 and "Nothing to add up yet" in page.text


def test_the_mean_of_a_few_is_not_told(client, film, settings):
    settings.RATINGS_FOR_AVERAGE = 4
    page = client.get(f"/films/{film.slug}/score/").text
    assert "Too few ratings" in page and "<b>4.33</b>" not in page.partition("Who gave what")[0]


def test_programs_read_the_same_sheet(film):
    member = make.member()
    make.viewing(member=member, film=film, stars=4)
    Mark.objects.rated().update(rated_at=datetime(2026, 10, 3, tzinfo=UTC))
    film.refresh_from_db()
    assert_golden("film_score", Api(as_=member).get(f"films/{film.slug}/score/"))
    assert Api().get(f"films/{film.slug}/score/").json()["circle"] is None


def test_its_queries_do_not_grow(film):
    ana = make.member()
    one = queries_of("get", f"films/{film.slug}/score/", as_=ana)
    for _more in range(20):
        make.mark(member=make.member(), film=film, stars=3)
    assert queries_of("get", f"films/{film.slug}/score/", as_=ana) == one
