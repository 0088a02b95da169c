"""The weighted mean and the spread of a film: right with the next rating, whichever path writes."""

from decimal import Decimal
from statistics import pvariance

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from films.actions.weighing import weigh_films
from films.models import Film, Prior
from films.scores import prior, weighted
from reviews.models import Mark
from tests import make
from tests.api import Api
from tests.tallies import wrong_tallies

pytestmark = pytest.mark.django_db


def scores(film):
    film.refresh_from_db()
    return film.rating_weighted, film.rating_spread


@given(st.lists(st.integers(1, 10), min_size=1, max_size=6))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_both_follow_from_the_ratings_at_once(half_stars):
    film = make.film()
    for number in half_stars:
        make.mark(member=make.member(), film=film, stars=number / 2)
    mean, spread = scores(film)
    assert mean == round((70 + Decimal(sum(half_stars))) / (10 + len(half_stars)), 6)
    assert float(spread) == pytest.approx(pvariance(half_stars), abs=1e-6)
    assert wrong_tallies() == []
    Mark.objects.filter(film=film).delete()
    assert scores(film) == (None, None)


def test_the_rating_is_in_the_weighted_mean_of_the_next_answer():
    film = make.film()
    for stars in (5, 5, 5):
        make.mark(member=make.member(), film=film, stars=stars)
    assert Api().get(f"films/{film.slug}/").json()["rating"]["weighted"] == round((35 + 15) / 13, 2)
    make.mark(member=make.member(), film=film, stars=1)
    rating = Api().get(f"films/{film.slug}/").json()["rating"]
    assert rating["weighted"] == Api().get(f"films/{film.slug}/score/").json()["weighted"] == round((35 + 16) / 14, 2)


def test_the_prior_is_counted_again_and_every_film_follows(settings):
    few, many = make.film(), make.film()
    make.mark(member=make.member(), film=few, stars=5)
    for _ in range(3):
        make.mark(member=make.member(), film=many, stars=1)
    assert weigh_films() == 2 and prior().mean == 4, "(10 + 3 × 2) ÷ 4 half-stars"
    assert scores(few)[0] == round(Decimal(10 * 4 + 10) / 11, 6)
    assert wrong_tallies() == [] and weigh_films() == 0, "nothing moved since, so nothing is written"
    settings.WEIGHTED_PRIOR = 2
    assert weigh_films() == 2 and scores(many)[0] == round(Decimal(2 * 4 + 6) / 5, 6)
    assert wrong_tallies() == []


def test_a_film_stays_as_it_is_while_the_mean_hardly_moves():
    Prior.objects.create(mean=Decimal("7.009"), weight=10)
    film = make.film()
    make.mark(member=make.member(), film=film, stars=3.5)
    assert weigh_films() == 0 and prior().mean == Decimal("7.009000")


def test_check_integrity_knows_what_does_not_follow():
    film = make.film()
    make.mark(member=make.member(), film=film, stars=4)
    Film.objects.filter(pk=film.pk).update(rating_weighted=1, rating_spread=None)
    found = {difference.column: (difference.stored, difference.true) for difference in wrong_tallies()}
    assert found == {"rating_weighted": (1, Decimal("7.090909")), "rating_spread": (None, 0)}


def test_too_few_ratings_tell_no_weighted_mean(settings):
    settings.RATINGS_FOR_AVERAGE = 2
    film = make.film()
    make.mark(member=make.member(), film=film, stars=4)
    film.refresh_from_db()
    assert weighted(film) is None and film.rating_weighted is not None
