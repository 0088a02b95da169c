"""A member of very many films is suspended: out of sight in the moderator's own request, by a job out of tallies."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import Sum
from django.utils import timezone

from accounts.models import Follow, User
from films.models import Film
from reviews.actions.moderating import reinstate, suspend
from reviews.actions.setting_aside import _some_are_set_aside, set_aside, take_up
from reviews.models import Comment, Mark, Review, SettingAside
from reviews.tallies import AT_ONCE
from tests import make
from tests.tallies import wrong_tallies

pytestmark = pytest.mark.django_db
FILMS = AT_ONCE + 20


@pytest.fixture
def eager(cast) -> User:
    """A member who has rated more films than are counted anew in one statement, and written about one."""
    films = Film.objects.bulk_create(
        Film(title=f"Reel {n}", sort_title=f"reel {n}", slug=f"reel-{n}", year=1990) for n in range(FILMS)
    )
    member, now = make.member(username="eager"), timezone.now()
    Mark.objects.bulk_create(
        Mark(member=member, film=film, half_stars=9, rated_at=now, watched_at=now) for film in films
    )
    make.review(member=member, film=films[0])
    return member


def counted() -> tuple[int, int]:
    """Ratings and reviews in the tallies of all films; and nothing is counted wrong."""
    assert wrong_tallies() == []
    numbers = Film.objects.aggregate(ratings=Sum("rating_count"), reviews=Sum("review_count"))
    return numbers["ratings"], numbers["reviews"]


def waiting_jobs() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'reviews.set_aside'")
        return cursor.fetchone()[0]


def test_nobody_sees_the_member_while_a_job_takes_thousands_of_ratings_away(cast, eager, client):
    eli = make.allow(cast.eli, "accounts.suspend_user")
    assert counted() == (FILMS, 1)
    suspend(moderator=eli, member=eager, rule="spam", reason="Bots")
    assert not Mark.objects.filter(set_aside=True).exists(), "the request counts no film anew but a few"
    assert (counted(), waiting_jobs()) == ((FILMS, 0), 1)
    assert not Mark.objects.visible_to(cast.bea).exists() and not Review.objects.visible_to(cast.bea).exists()
    assert client.get("/members/eager/").status_code == 404
    assert _some_are_set_aside(eager.pk)  # and the worker is killed
    assert counted() == (FILMS - AT_ONCE, 0)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    take_up()
    assert waiting_jobs() == 0, "its job may still be at it"
    SettingAside.objects.update(since=timezone.now() - timedelta(minutes=2))
    take_up()
    assert waiting_jobs() == 1
    set_aside(eager.pk)
    assert (counted(), SettingAside.objects.count()) == ((0, 0), 0)


def test_a_member_who_is_let_in_again_meanwhile_counts_whole(cast, eager):
    eli = make.allow(cast.eli, "accounts.suspend_user")
    suspend(moderator=eli, member=eager, rule="spam", reason="Bots")
    assert _some_are_set_aside(eager.pk)
    reinstate(moderator=eli, member=eager)
    assert counted() == (FILMS, 1), "what is little comes back at once"
    suspend(moderator=eli, member=eager, rule="spam", reason="Bots")
    set_aside(eager.pk)
    reinstate(moderator=eli, member=eager)
    assert (counted(), waiting_jobs(), SettingAside.objects.count()) == ((0, 1), 1, 1)
    set_aside(eager.pk)
    assert (counted(), SettingAside.objects.count()) == ((FILMS, 1), 0)
    set_aside(0)  # of an account that was deleted meanwhile


def test_check_integrity_compares_what_is_set_aside_with_its_member(cast):
    film = make.film()
    review = make.review(member=cast.ana, film=film, stars=4)
    comment = make.comment(review=review, member=cast.bea)
    follow = Follow.objects.filter(follower=cast.bea)[0]
    assert wrong_tallies() == []
    Comment.objects.filter(pk=comment.pk).update(set_aside=True)
    Mark.objects.filter(member=cast.ana).update(set_aside=True)
    Follow.objects.filter(pk=follow.pk).update(follower_set_aside=True)
    said = StringIO()
    with pytest.raises(CommandError):
        call_command("check_integrity", stdout=said)
    for row in (
        f"reviews_comment {comment.pk}: set_aside is True, should be False",
        f"reviews_mark {Mark.objects.get(member=cast.ana).pk}: set_aside is True, should be False",
        f"accounts_follow {follow.pk}: follower_set_aside is True, should be False",
    ):
        assert row in said.getvalue()
    SettingAside.objects.create(member=cast.ana)
    assert {wrong.table for wrong in wrong_tallies()} == {"reviews_comment", "accounts_follow"}
    SettingAside.objects.all().delete()
    call_command("check_integrity", repair=True, stdout=StringIO())
    assert wrong_tallies() == []
    film.refresh_from_db()
    review.refresh_from_db()
    assert (film.rating_count, review.comment_count) == (1, 1)
