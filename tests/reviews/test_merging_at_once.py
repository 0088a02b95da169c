"""Two films become one while members speak of both."""

from datetime import date
from functools import partial

import pytest

from accounts.models import User
from films.actions.merging import merge_films
from films.models import Film
from reviews.actions.reviewing import delete_review, post_review
from reviews.actions.writing import Writing
from reviews.models import Mark
from tests import make
from tests.base import all_at_once
from tests.staff import curator
from tests.tallies import wrong_tallies


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_what_members_say_at_the_same_moment_is_not_lost_and_nobody_gets_an_error():
    for _round in range(4):
        cora = curator()
        kept, gone = make.film(title="Twins", year=1988), make.film(title="Twins", year=1988)
        members = [make.member() for _number in range(10)]
        for member in members:
            make.mark(member=member, film=kept, stars=1)
            make.review(member=member, film=gone, stars=2)
        old = [make.review(film=gone) for _number in range(2)]
        acts = [
            *(partial(speak, member, (kept, gone)[number % 2], number) for number, member in enumerate(members)),
            partial(merge_films, curator=cora, kept=kept, gone=gone),
            *(partial(delete_review, member=review.member, review=review) for review in old),
        ]
        assert all_at_once(acts) == []
        kept.refresh_from_db()
        assert not Film.objects.filter(pk=gone.pk).exists()
        stars = dict(Mark.objects.filter(film=kept, member__in=members).values_list("member", "half_stars"))
        assert stars == {member.pk: 6 + number % 5 for number, member in enumerate(members)}
        assert (kept.review_count, kept.viewings.count(), kept.rating_count) == (20, 10, 12)
        assert wrong_tallies() == []


def speak(member: User, film: Film, number: int) -> None:
    """As a page does that fetched the film before the merge."""
    make.mark(member=member, film=film, stars=0.5, liked=True)
    words = Writing(body=f"Again, {number}.", half_stars=6 + number % 5, watched_on=date(2024, 2, 1))
    post_review(member=member, film=film, writing=words)
