"""Writing, editing, deleting and liking reviews."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from reviews.actions.reviewing import (
    StaleEdit,
    delete_review,
    edit_review,
    like_review,
    post_review,
    save_draft,
    unlike_review,
)
from reviews.actions.writing import Writing
from reviews.models import Mark, Review, Viewing
from reviews.tags import clean_tags
from tests import make


def test_it_posts_a_review_with_its_mark_and_its_line_in_the_diary(cast):
    film = make.film()
    writing = Writing(body="It *moves*.", half_stars=9, watched_on=date(2024, 1, 28), rewatch=True, tags=("chase",))
    review = post_review(member=cast.ana, film=film, writing=writing)
    assert "<em>moves</em>" in review.body_html
    assert (review.stars, review.tags, review.is_draft) == (4.5, ["chase"], False)
    assert (review.viewing.watched_on, review.viewing.rewatch, review.viewing.half_stars) == (
        date(2024, 1, 28),
        True,
        9,
    )
    assert Mark.objects.get(member=cast.ana, film=film).half_stars == 9


def test_it_posts_the_same_words_sent_twice_once(cast):
    film = make.film()
    writing = Writing(body="Twice.", half_stars=9, watched_on=date(2024, 1, 28))
    first, second = (post_review(member=cast.ana, film=film, writing=writing) for _ in range(2))
    assert first.pk == second.pk
    assert (Review.objects.count(), Viewing.objects.count()) == (1, 1)


def test_it_lets_a_second_viewing_have_a_review_of_its_own(cast):
    film = make.film()
    make.review(member=cast.ana, film=film, stars=3, watched_on=date(2020, 1, 1))
    make.review(member=cast.ana, film=film, stars=5, watched_on=date(2024, 1, 1), rewatch=True)
    assert Review.objects.count() == 2
    assert Mark.objects.get().half_stars == 10
    film.refresh_from_db()
    assert film.rating_count == 1


@pytest.mark.parametrize(
    ("writing", "field"),
    [
        (Writing(body="  \n "), "body"),
        (Writing(body="x" * 200_000), "body"),
        (Writing(body="x", visibility="everybody"), "visibility"),
        (Writing(body="x", watched_on=timezone.localdate() + timedelta(days=2)), "watched_on"),
        (Writing(body="x", watched_on=date(1066, 10, 14)), "watched_on"),
    ],
)
def test_it_refuses_what_cannot_be_stored_and_says_which_field(cast, writing, field):
    with pytest.raises(ValidationError) as refusal:
        post_review(member=cast.ana, film=make.film(), writing=writing)
    assert list(refusal.value.message_dict) == [field]
    assert not Review.objects.exists()
    assert not Mark.objects.exists()


def test_it_keeps_a_draft_that_counts_for_nothing_and_publishes_it_later(cast):
    film = make.film()
    draft = save_draft(member=cast.ana, film=film, writing=Writing(body="Perhaps.", half_stars=7))
    film.refresh_from_db()
    assert (film.rating_count, film.review_count) == (0, 0)
    assert not Review.objects.visible_to(cast.ana).exists()
    again = save_draft(member=cast.ana, film=film, writing=Writing(body="Perhaps not.", half_stars=6))
    assert again.pk == draft.pk
    review = post_review(member=cast.ana, film=film, writing=Writing(body="Yes.", half_stars=8))
    assert review.pk == draft.pk
    assert Mark.objects.get().half_stars == 8


def test_it_edits_a_review_with_its_rating_and_its_day(cast):
    review = make.review(member=cast.ana, stars=3, watched_on=date(2024, 1, 1))
    edited = edit_review(
        member=cast.ana,
        review=review,
        version=review.version,
        writing=Writing(body="Better.", half_stars=10, watched_on=date(2024, 1, 2)),
    )
    assert (edited.version, edited.stars) == (2, 5)
    assert Viewing.objects.get().watched_on == date(2024, 1, 2)
    assert Mark.objects.get().half_stars == 10


def test_taking_the_day_away_takes_the_line_out_of_the_diary(cast):
    review = make.review(member=cast.ana, watched_on=date(2024, 1, 1))
    edited = edit_review(member=cast.ana, review=review, writing=Writing(body="No day.", half_stars=8))
    assert edited.viewing is None
    assert not Viewing.objects.exists()


def test_editing_old_words_leaves_a_newer_rating_alone(cast):
    film = make.film()
    review = make.review(member=cast.ana, film=film, stars=3)
    make.mark(member=cast.ana, film=film, stars=5)
    edit_review(member=cast.ana, review=review, writing=Writing(body="A comma moved.", half_stars=6))
    assert Mark.objects.get().half_stars == 10


def test_it_refuses_a_stale_edit_and_loses_nothing(cast):
    review = make.review(member=cast.ana, body="First.")
    edit_review(member=cast.ana, review=review, version=1, writing=Writing(body="Second."))
    with pytest.raises(StaleEdit) as refusal:
        edit_review(member=cast.ana, review=review, version=1, writing=Writing(body="Third."))
    assert refusal.value.review.body == "Second."
    assert Review.objects.get().body == "Second."


def test_only_its_writer_edits_or_deletes_a_review(cast):
    review = make.review(member=cast.ana)
    with pytest.raises(PermissionDenied):
        edit_review(member=cast.eli, review=review, writing=Writing(body="Mine now."))
    with pytest.raises(PermissionDenied):
        delete_review(member=cast.eli, review=review)
    assert Review.objects.filter(pk=review.pk).exists()


def test_deleting_a_review_leaves_rating_and_diary(cast):
    review = make.review(member=cast.ana, stars=4, watched_on=date(2024, 1, 1))
    delete_review(member=cast.ana, review=review)
    assert not Review.objects.exists()
    assert (Mark.objects.get().half_stars, Viewing.objects.count()) == (8, 1)


def test_liking_counts_once_and_can_be_taken_back(cast):
    review = make.review(member=cast.ana)
    for _ in range(2):
        like_review(member=cast.bea, review=review)
    review.refresh_from_db()
    assert review.like_count == 1
    unlike_review(member=cast.bea, review=review)
    review.refresh_from_db()
    assert review.like_count == 0


def test_nobody_likes_their_own_review_or_one_they_may_not_read(cast):
    review = make.review(member=cast.ana)
    for member in (cast.ana, cast.cem):
        with pytest.raises(PermissionDenied):
            like_review(member=member, review=review)


def test_tags_lose_spaces_hashes_and_repetitions():
    assert clean_tags(["  car  chase ", "#Music", "music", "", "🎬"]) == ("car chase", "Music", "🎬")


@pytest.mark.parametrize("tags", [["x" * 41], [f"tag {n}" for n in range(11)]])
def test_too_many_or_too_long_tags_are_refused(tags):
    with pytest.raises(ValidationError):
        clean_tags(tags)
