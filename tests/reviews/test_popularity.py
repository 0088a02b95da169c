"""How many turned to a film in the last week, month and year: of those whom everybody may see."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from films.models import Film
from reviews.actions.popularity import count_popularity
from reviews.models import Incident, Mark, Review
from tests import make

pytestmark = pytest.mark.django_db


def popularity(film):
    film.refresh_from_db()
    return film.popularity_week, film.popularity_month, film.popularity_year


def rated(film, *, days, member=None):
    """A mark of some days ago."""
    then = timezone.now() - timedelta(days=days)
    mark = make.mark(member=member or make.member(), film=film, stars=4)
    Mark.objects.filter(pk=mark.pk).update(rated_at=then, watched_at=then)
    return mark


def test_it_counts_members_by_the_latest_that_they_did():
    film = make.film()
    twice = make.member()
    rated(film, days=200, member=twice)
    make.viewing(member=twice, film=film, watched_on=timezone.localdate() - timedelta(days=2))
    Mark.objects.filter(member=twice).update(watched_at=timezone.now() - timedelta(days=200))
    for days in (20, 300, 400):
        rated(film, days=days)
    review = make.review(member=make.member(), film=film)
    Mark.objects.filter(member=review.member).delete()
    assert count_popularity() == 1
    assert popularity(film) == (2, 3, 4)
    assert count_popularity() == 0, "nothing moved, so nothing is written"
    later = timezone.now() + timedelta(days=8)
    assert count_popularity(now=later) == 1 and popularity(film) == (0, 3, 4)


@pytest.mark.parametrize("hidden", ["private", "followers", "suspended", "account", "held", "removed"])
def test_what_a_visitor_may_not_see_does_not_count(hidden):
    film = make.film()
    mark = rated(film, days=1)
    review = make.review(member=mark.member, film=film)
    member, marks = User.objects.filter(pk=mark.member_id), Mark.objects.filter(pk=mark.pk)
    reviews = Review.objects.filter(pk=review.pk)
    {
        "private": lambda: (marks.update(visibility="private"), reviews.update(visibility="private")),
        "followers": lambda: (marks.update(visibility="followers"), reviews.update(visibility="followers")),
        "suspended": lambda: member.update(is_active=False),
        "account": lambda: member.update(is_private=True),
        "held": lambda: (
            marks.update(incident=Incident.objects.create(film=film, began_at=timezone.now())),
            reviews.delete(),
        ),
        "removed": lambda: (marks.delete(), reviews.update(removed_at=timezone.now())),
    }[hidden]()
    count_popularity()
    assert popularity(film) == (0, 0, 0)


def test_a_film_that_fell_out_of_every_window_loses_its_numbers():
    film = make.film()
    Film.objects.filter(pk=film.pk).update(popularity_week=5, popularity_month=5, popularity_year=5)
    assert count_popularity() == 1 and popularity(film) == (0, 0, 0)
