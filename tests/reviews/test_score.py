"""How a film's score is made: the page, and the figures behind it."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.core.cache import cache
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.actions import follow
from accounts.groups import CRITICS
from accounts.models import User
from reviews.curve import drawn
from reviews.models import Mark
from reviews.scoring import sheet_of
from reviews.voices import percentages
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
    answer = Api(as_=ana).get(f"films/{film.slug}/score/").json()["circle"]
    assert answer == {"count": 2, "mean": None, "histogram": None}, "of two, each could tell the other's"


def test_the_circle_is_what_the_viewer_may_see(film):
    ana, bea = make.member(), make.member()
    follow(member=ana, other=bea)
    make.mark(member=bea, film=film, stars=2)
    Mark.objects.filter(member=bea).update(visibility="private")
    assert sheet_of(film, ana).circle.count == 0 and sheet_of(film, bea).circle.count == 1


def test_first_viewings_and_rewatches_stand_apart(film):
    ana = make.member()
    make.viewing(member=ana, film=film, stars=3)
    make.viewing(member=ana, film=film, stars=5, rewatch=True)
    sheet = sheet_of(film, ana)
    assert (sheet.counts.first.mean, sheet.counts.again.mean) == (3, 5)


def test_the_curve_is_the_mean_until_each_month():
    film = make.film()
    rated(film, year=2025, month=11, stars=5)
    rated(film, year=2026, month=1, stars=2)
    rated(film, year=2026, month=1, stars=2)
    film.refresh_from_db()
    cache.clear()
    months = sheet_of(film, AnonymousUser()).counts.months
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


def seen_twice(film, members):
    for member in members:
        for number in range(2):
            make.viewing(member=member, film=film, stars=4 + number / 2, rewatch=bool(number))


def test_diaries_of_fewer_than_three_people_tell_no_mean(client, film):
    people = [make.member() for _n in range(3)]
    seen_twice(film, people[:2])
    seen_twice(film, people[:1])
    path = f"films/{film.slug}/score/"
    assert Api().get(path).json()["rewatches"] == {"count": 3, "mean": None, "histogram": None}
    assert "Of fewer than three people" in client.get(f"/{path}").text
    seen_twice(film, people[2:])
    assert Api().get(path).json()["rewatches"]["mean"] == 4.5


def test_critics_and_seasoned_members_stand_apart(film):
    critics = [make.member(username=f"critic{n}") for n in range(3)]
    for member in critics:
        member.groups.add(Group.objects.get(name=CRITICS))
        make.mark(member=member, film=film, stars=2)
    User.objects.filter(pk__in=[member.pk for member in critics[:2]]).update(rating_count=50)
    answer = Api().get(f"films/{film.slug}/score/").json()
    assert answer["critics"] == {"count": 3, "mean": 2.0, "histogram": [0, 0, 0, 3, 0, 0, 0, 0, 0, 0]}
    assert answer["seasoned"] == {"count": 2, "mean": None, "histogram": None}
    assert not Group.objects.get(name=CRITICS).permissions.exists()


def test_outside_critics_keep_their_scale(client, film):
    make.article(title="Nearly", kind="review", films=[film], outlet="The Reel", score_value=4, score_scale=5)
    make.article(title="No stars", kind="review", films=[film])
    answer = Api().get(f"films/{film.slug}/score/").json()
    assert [(c["outlet"], c["value"], c["scale"]) for c in answer["outside_critics"]] == [("The Reel", 4, 5)]
    assert "Each on its own scale" in client.get(f"/films/{film.slug}/score/").text


def test_what_the_rules_set_aside_is_told_and_in_the_raw_bars(client, film):
    gone = make.member()
    make.mark(member=gone, film=film, stars=0.5)
    User.objects.filter(pk=gone.pk).update(is_active=False)
    answer = Api().get(f"films/{film.slug}/score/").json()
    assert answer["aside"] == {"held": 0, "suspended": 1} and answer["count"] == 3
    assert answer["raw"]["count"] == 4 and answer["raw"]["histogram"][0] == 1
    assert sum(answer["percentages"]) == sum(answer["raw"]["percentages"]) == 100
    page = client.get(f"/films/{film.slug}/score/").text
    assert "Its member is suspended: 1 rating" in page and "of 4 ratings" in page
    assert answer["months"][0]["count"] == 3, "the curve counts what counts"


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.integers(0, 10**6), min_size=10, max_size=10))
def test_percentages_make_a_hundred(histogram):
    shares = percentages(histogram)
    assert sum(shares) == (100 if any(histogram) else 0)
    assert all(abs(share - 100 * n / max(1, sum(histogram))) < 1 for share, n in zip(shares, histogram, strict=True))


def test_the_blind_mean_is_told_from_the_third_on(client, film):
    path = f"films/{film.slug}/score/"
    for number in range(3):
        make.mark(member=make.member(hides_scores=True), film=film, stars=2)
        told = Api().get(path).json()["blind"]
        assert told == {"count": number + 1, "mean": 2.0 if number == 2 else None}
    assert "3 blind ratings" in client.get(f"/{path}").text
