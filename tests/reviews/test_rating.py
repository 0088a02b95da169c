"""Marking a film: stars, watched, like, watchlist."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from reviews.actions.rating import mark_film
from reviews.models import Mark
from tests import make


def film_now(film):
    film.refresh_from_db()
    return film


def test_it_rates_a_film_and_marks_it_watched(cast):
    film = make.film()
    mark = mark_film(member=cast.ana, film=film, half_stars=9)
    assert (mark.stars, mark.is_watched) == (4.5, True)
    film = film_now(film)
    assert (film.rating_count, film.rating_sum, film.watch_count) == (1, 9, 1)
    assert film.rating_histogram == [0, 0, 0, 0, 0, 0, 0, 0, 1, 0]


def test_it_changes_a_rating_without_counting_twice(cast):
    film = make.film()
    for half_stars in (9, 3, 3, 10):
        mark_film(member=cast.ana, film=film, half_stars=half_stars)
    film = film_now(film)
    assert (film.rating_count, film.rating_sum, film.watch_count) == (1, 10, 1)
    assert film.rating_histogram == [0] * 9 + [1]
    assert Mark.objects.count() == 1


def test_it_clears_a_rating_and_leaves_the_film_watched(cast):
    film = make.film()
    mark_film(member=cast.ana, film=film, half_stars=9)
    mark = mark_film(member=cast.ana, film=film, half_stars=None)
    assert (mark.half_stars, mark.rated_at, mark.is_watched) == (None, None, True)
    assert film_now(film).rating_histogram == [0] * 10


@pytest.mark.parametrize("half_stars", [0, 11, -1])
def test_it_refuses_stars_off_the_scale(cast, half_stars):
    film = make.film()
    with pytest.raises(ValidationError):
        mark_film(member=cast.ana, film=film, half_stars=half_stars)
    assert film_now(film).rating_count == 0


@pytest.mark.parametrize("half_stars", [0, 11])
def test_the_database_refuses_stars_off_the_scale_whoever_writes(cast, half_stars):
    film = make.film()
    mark = mark_film(member=cast.ana, film=film, half_stars=5)
    with pytest.raises(IntegrityError), transaction.atomic():
        Mark.objects.filter(pk=mark.pk).update(half_stars=half_stars)


def test_watching_takes_a_film_off_the_watchlist(cast):
    film = make.film()
    mark_film(member=cast.ana, film=film, in_watchlist=True)
    assert film_now(film).watchlist_count == 1
    assert not mark_film(member=cast.ana, film=film, watched=True).is_in_watchlist
    assert film_now(film).watchlist_count == 0


def test_a_watched_film_can_be_put_on_the_watchlist_again(cast):
    film = make.film()
    mark_film(member=cast.ana, film=film, half_stars=8)
    assert mark_film(member=cast.ana, film=film, in_watchlist=True).is_in_watchlist
    assert mark_film(member=cast.ana, film=film, half_stars=9).is_in_watchlist


def test_it_keeps_what_it_was_not_told_to_change(cast):
    film = make.film()
    mark_film(member=cast.ana, film=film, half_stars=8, liked=True)
    mark = mark_film(member=cast.ana, film=film, in_watchlist=True)
    assert (mark.half_stars, mark.is_liked) == (8, True)


@pytest.mark.parametrize("why", ["rated", "logged", "reviewed"])
def test_it_refuses_to_unwatch_what_a_rating_the_diary_or_a_review_says_was_seen(cast, why):
    film = make.film()
    if why == "rated":
        mark_film(member=cast.ana, film=film, half_stars=8)
    elif why == "logged":
        make.viewing(member=cast.ana, film=film)
    else:
        make.review(member=cast.ana, film=film, stars=None)
    with pytest.raises(ValidationError) as refusal:
        mark_film(member=cast.ana, film=film, watched=False)
    assert refusal.value.code == why
    assert film_now(film).watch_count == 1


def test_it_unwatches_a_film_when_the_rating_is_cleared_with_it(cast):
    film = make.film()
    mark_film(member=cast.ana, film=film, half_stars=8)
    assert not mark_film(member=cast.ana, film=film, half_stars=None, watched=False).is_watched
    assert film_now(film).watch_count == 0


def test_the_average_waits_for_enough_ratings(cast, settings):
    settings.RATINGS_FOR_AVERAGE = 2
    film = make.film()
    mark_film(member=cast.ana, film=film, half_stars=8)
    assert film_now(film).average is None
    mark_film(member=cast.bea, film=film, half_stars=5)
    assert film_now(film).average == 3.25


def test_deleting_a_member_takes_their_rating_out_of_the_count(cast):
    film = make.film()
    mark_film(member=cast.ana, film=film, half_stars=8)
    mark_film(member=cast.fay, film=film, half_stars=2)
    cast.ana.delete()
    film = film_now(film)
    assert (film.rating_count, film.rating_sum) == (1, 2)
