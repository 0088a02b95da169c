"""The numbers that PostgreSQL keeps: exact whichever path writes, and under any concurrency."""

import random
import threading
from concurrent.futures import ThreadPoolExecutor
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.tallies import Tally
from films.models import Film
from reviews.actions.rating import mark_film
from reviews.integrity import TALLIES, repair
from reviews.models import Comment, Mark, Review
from tests import make
from tests.tallies import wrong_tallies


def test_bulk_writes_and_raw_sql_are_counted_like_any_other(cast):
    films = [make.film() for _ in range(3)]
    now = timezone.now()
    Mark.objects.bulk_create(
        Mark(member=member, film=film, half_stars=n + 1, rated_at=now, watched_at=now)
        for n, member in enumerate([cast.ana, cast.bea, cast.fay])
        for film in films
    )
    Mark.objects.filter(film=films[0]).update(half_stars=10)
    Mark.objects.filter(film=films[1]).delete()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE reviews_mark SET film_id = %s WHERE film_id = %s", [films[1].pk, films[2].pk])
    counts = {film.pk: (film.rating_count, film.rating_sum) for film in Film.objects.all()}
    assert counts == {films[0].pk: (3, 30), films[1].pk: (3, 6), films[2].pk: (0, 0)}
    assert wrong_tallies() == []


def test_only_published_public_standing_reviews_are_counted(cast):
    film = make.film()
    review = make.review(member=cast.ana, film=film)
    make.review(member=cast.bea, film=film, visibility="followers")
    make.review(member=cast.fay, film=film, draft=True)
    film.refresh_from_db()
    assert film.review_count == 1
    Review.objects.filter(pk=review.pk).update(removed_at=timezone.now())
    film.refresh_from_db()
    assert film.review_count == 0


def test_comments_and_likes_are_counted_while_they_stand(cast):
    review = make.review(member=cast.ana)
    first = make.comment(review=review, member=cast.bea)
    make.comment(review=review, member=cast.fay)
    Comment.objects.filter(pk=first.pk).update(deleted_at=timezone.now())
    review.refresh_from_db()
    assert review.comment_count == 1


def test_a_reply_to_a_reply_is_refused_by_the_database(cast):
    review = make.review(member=cast.ana)
    top = make.comment(review=review, member=cast.bea)
    reply = make.comment(review=review, member=cast.fay, reply_to=top)
    with pytest.raises(IntegrityError), transaction.atomic():
        Comment.objects.create(review=review, member=cast.ana, reply_to=reply, body="x", body_html="x")


def test_check_integrity_finds_and_mends_a_wrong_number(cast):
    film = make.film()
    mark_film(member=cast.ana, film=film, half_stars=7)
    call_command("check_integrity", stdout=StringIO())
    Film.objects.filter(pk=film.pk).update(rating_sum=70)
    said = StringIO()
    with pytest.raises(CommandError):
        call_command("check_integrity", stdout=said)
    assert f"films_film {film.pk}: rating_sum is 70, should be 7" in said.getvalue()
    call_command("check_integrity", repair=True, stdout=StringIO())
    assert wrong_tallies() == []


def test_repair_leaves_right_numbers_alone(cast):
    mark_film(member=cast.ana, film=make.film(), half_stars=7)
    kept = [tally for tally in TALLIES if isinstance(tally, Tally)]  # the others are written anew when they are mended
    assert [repair(tally) for tally in kept] == [0] * len(kept)
    assert wrong_tallies() == []


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_many_threads_leave_every_number_exact():
    films = [make.film() for _ in range(3)]
    members = [make.member() for _ in range(8)]
    start = threading.Barrier(16)

    def write(seed):
        dice = random.Random(seed)
        start.wait()
        try:
            for _ in range(25):
                mark_film(
                    member=dice.choice(members),
                    film=dice.choice(films),
                    half_stars=dice.choice([None, *range(1, 11)]),
                    liked=dice.random() < 0.5,
                )
        finally:
            connection.close()

    with ThreadPoolExecutor(16) as pool:
        for result in [pool.submit(write, seed) for seed in range(16)]:
            result.result()
    assert wrong_tallies() == []
    assert Mark.objects.count() <= 24
    for film in Film.objects.all():
        assert sum(film.rating_histogram) == film.rating_count
