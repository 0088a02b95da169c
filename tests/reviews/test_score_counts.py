"""Whose ratings are whose, of films with so many that no reader can wait while they are counted."""

import pytest
from django.core.cache import cache

from reviews import jobs, score_counts
from tests import make
from tests.api import Api

pytestmark = pytest.mark.django_db


@pytest.fixture
def film(monkeypatch):
    """One with more than EXACT ratings."""
    cache.clear()
    monkeypatch.setattr(score_counts, "EXACT", 2)
    film = make.film()
    for stars in (3, 4, 5):
        rated(film, stars)
    yield film
    cache.clear()


def rated(film, stars):
    make.mark(member=make.member(rating_count=60), film=film, stars=stars)


def sheet(film):
    return Api().get(f"films/{film.slug}/score/").json()


def test_the_mean_is_of_now_and_voices_are_of_when_they_were_counted(client, film):
    first = sheet(film)
    assert (first["count"], first["seasoned"]["count"], first["months"][0]["count"]) == (3, 3, 3)
    rated(film, 1)
    then = sheet(film)
    assert (then["count"], then["seasoned"]["count"], then["months"][0]["count"]) == (4, 3, 3)
    assert then["counted_at"] == first["counted_at"]
    page = client.get(f"/films/{film.slug}/score/").text
    assert "13 stars ÷ 4 ratings" in page and "and the curve, are of" in page


def test_the_job_counts_what_was_rated_since(film):
    first = sheet(film)
    jobs.count_scores()
    assert sheet(film)["counted_at"] == first["counted_at"], "nobody rated it"
    rated(film, 1)
    jobs.count_scores()
    then = sheet(film)
    assert then["seasoned"]["count"] == then["months"][0]["count"] == 4
    assert then["counted_at"] > first["counted_at"]


def test_the_job_counts_what_nobody_has_read_yet(film):
    rated(make.film(), 5)
    assert score_counts.count_again() == 1, "not the one with few"
    rated(film, 1)
    assert sheet(film)["seasoned"]["count"] == 3, "the first reader finds what the job counted"


def test_it_ends_in_time_and_goes_on_with_the_oldest(film):
    other = make.film()
    for _number in range(3):
        rated(other, 4)
    first, second = sheet(film)["counted_at"], sheet(other)["counted_at"]
    rated(film, 2)
    rated(other, 2)
    assert score_counts.count_again(patience=-1) == 0
    assert sheet(film)["counted_at"] == first and sheet(other)["counted_at"] == second
    assert score_counts.count_again() == 2
    assert first < second < sheet(film)["counted_at"] < sheet(other)["counted_at"]


def test_of_a_film_with_few_ratings_all_is_of_now(client, film, monkeypatch):
    monkeypatch.setattr(score_counts, "EXACT", 5000)
    assert (sheet(film)["counted_at"], sheet(film)["seasoned"]["count"]) == (None, 3)
    rated(film, 1)
    assert sheet(film)["seasoned"]["count"] == 4
    assert "and the curve, are of" not in client.get(f"/films/{film.slug}/score/").text
