"""How many notices are unread stands on every page: counted once, and again when it may be another number."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts import actions as people
from reviews.actions.following import follow_member
from reviews.actions.hearing import mark_all_read, mark_read
from reviews.actions.rating import mark_film
from reviews.actions.reviewing import edit_review, like_review, unlike_review
from reviews.actions.talking import delete_comment
from reviews.actions.writing import Writing
from reviews.models import Notification, Review
from tests import make
from tests.reviews.town import Town, ask

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def town(transactional_db) -> Town:
    return Town()


@pytest.fixture
def ana(town) -> Client:
    client = Client()
    client.force_login(town.people.ana)
    return client


def unread(client: Client) -> int:
    found = re.search(r'class="unread-count" aria-hidden="true">(\d+)<', ask("/rules/", client).text)
    return int(found[1]) if found else 0


def asked(client: Client) -> int:
    """How often notices are looked through for it, but for whether there are any."""
    with CaptureQueriesContext(connection) as queries:
        unread(client)
    return sum('FROM "reviews_notification"' in query["sql"] and "has_unread" not in query["sql"] for query in queries)


def test_it_is_counted_once_until_somebody_concerned_does_something(town, ana):
    like_review(member=town.people.bea, review=town.review)
    assert unread(ana) == 1
    assert asked(ana) == 0
    mark_film(member=town.people.dora, film=town.other, half_stars=3)  # does not concern it
    assert asked(ana) == 0
    like_review(member=town.people.fay, review=town.review)
    assert asked(ana) == 1 and unread(ana) == 2


def test_it_follows_everything_that_changes_it(town, ana):
    six, review = town.people, town.review
    theirs = make.review(member=six.fay, film=town.film, body="Words. " * 9)
    stranger = make.member()
    mine = make.comment(review=theirs, member=six.ana, body="Well said.")

    def becomes(number: int, act) -> None:
        act()
        assert unread(ana) == number

    becomes(1, lambda: like_review(member=six.bea, review=review))
    becomes(0, lambda: unlike_review(member=six.bea, review=review))
    becomes(1, lambda: like_review(member=six.bea, review=review))
    becomes(2, lambda: make.comment(review=review, member=six.dora, body="No."))
    becomes(3, lambda: make.comment(review=theirs, member=six.eli, body="It is.", reply_to=mine))
    becomes(4, lambda: follow_member(member=stranger, other=six.ana))
    hidden, shown = (Writing(body="Words. " * 9, visibility=sight) for sight in ("private", "public"))
    becomes(3, lambda: edit_review(member=six.fay, review=Review.objects.get(pk=theirs.pk), writing=hidden))
    becomes(4, lambda: edit_review(member=six.fay, review=Review.objects.get(pk=theirs.pk), writing=shown))
    said = Notification.objects.get(kind="comment", member=six.ana).comment
    becomes(3, lambda: delete_comment(member=six.dora, comment=said))
    becomes(2, lambda: people.unfollow(member=stranger, other=six.ana))
    becomes(1, lambda: people.block(member=six.ana, other=six.bea))
    reply = Notification.objects.get(kind="reply")
    becomes(0, lambda: mark_read(member=six.ana, notification=reply))
    becomes(1, lambda: mark_read(member=six.ana, notification=reply, read=False))
    becomes(0, lambda: mark_all_read(member=six.ana))
