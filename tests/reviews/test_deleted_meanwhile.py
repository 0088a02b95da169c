"""What is deleted while others write about it: they hear that it is gone, and nobody waits in a circle."""

import threading
from collections.abc import Callable
from functools import partial

import pytest
from django.db import connection, transaction

from reviews.actions.listing import delete_list
from reviews.actions.moderating import remove_text
from reviews.actions.pinning import pin_review
from reviews.actions.rating import mark_film
from reviews.actions.reviewing import delete_review
from reviews.actions.talking import delete_comment, edit_comment, take_down_comment
from reviews.models import Comment, Review
from tests import cast as people
from tests import make
from tests.base import wait_until
from tests.staff import logged_in

pytestmark = pytest.mark.django_db(transaction=True)
JSON = "application/json"
WAITING = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"


class Act(threading.Thread):
    """Something that somebody else does, over a connection of its own: what came of it, or what went wrong."""

    def __init__(self, act: Callable[[], object]) -> None:
        super().__init__()
        self.act, self.outcome = act, None
        self.start()

    def run(self) -> None:
        try:
            self.outcome = self.act()
        except Exception as fault:
            self.outcome = fault
        finally:
            connection.close()


def begin(*acts: Callable[[], object]) -> list[Act]:
    """Let them all come to where they wait for this thread's transaction."""
    begun = [Act(act) for act in acts]

    def all_wait() -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_stat_clear_snapshot()")  # else a transaction sees the first look again and again
            cursor.execute(WAITING)
            return cursor.fetchone()[0] >= len(begun)

    wait_until(all_wait, seconds=5)
    return begun


def outcomes(acts: list[Act]) -> list[object]:
    for act in acts:
        act.join()
    return [getattr(act.outcome, "status_code", act.outcome) for act in acts]


def test_who_writes_about_what_goes_just_then_hears_that_it_is_gone():
    cast = people.gather()
    review, films = make.review(member=cast.ana), make.film_list(member=cast.ana)
    line = make.viewing(member=cast.ana)
    review_pk, list_pk, line_pk = review.pk, films.pk, line.pk  # what is deleted has none any more
    ana, bea, dora, fay = (logged_in(member) for member in (cast.ana, cast.bea, cast.dora, cast.fay))
    with transaction.atomic():
        delete_review(member=cast.ana, review=review)
        delete_list(member=cast.ana, film_list=films)
        line.delete()
        acts = begin(
            partial(bea.post, f"/reviews/{review_pk}/comments/", {"body": "I saw that."}),
            partial(fay.post, f"/lists/{list_pk}/like/", {"liked": "1"}),
            partial(dora.post, f"/api/v1/reviews/{review_pk}/comments/", {"body": "I see."}, JSON),
            partial(ana.put, f"/api/v1/reviews/{review_pk}/pin/"),
            partial(ana.patch, f"/api/v1/diary/{line_pk}/", {"rewatch": True}, JSON),
        )
    assert outcomes(acts) == [404] * 5
    assert not Comment.objects.exists()


def test_who_changes_a_comment_does_not_wait_in_a_circle_with_who_deletes_what_it_is_under():
    cast = people.gather()
    eli = make.allow(cast.eli, "reviews.change_report", "reviews.view_report", "reviews.remove_review")
    review = make.review(member=cast.ana)
    comments = [make.comment(member=cast.fay, review=review) for _number in range(4)]
    with transaction.atomic():
        list(Review.objects.select_for_update().filter(pk=review.pk))  # as delete_review begins
        acts = begin(
            partial(edit_comment, member=cast.fay, comment=comments[0], body="Differently."),
            partial(delete_comment, member=cast.fay, comment=comments[1]),
            partial(take_down_comment, member=cast.ana, comment=comments[2]),
            partial(remove_text, moderator=eli, text=comments[3], rule="spam", reason="An advertisement."),
        )
        delete_review(member=cast.ana, review=review)
    assert not any("deadlock" in str(outcome) for outcome in outcomes(acts))
    assert not Review.objects.exists()


def test_who_pins_a_review_does_not_wait_in_a_circle_with_who_rates_by_it():
    member, film = make.member(), make.film()
    review = make.review(member=member, film=film)
    with transaction.atomic():
        list(Review.objects.select_for_update(no_key=True).filter(pk=review.pk))  # as edit_review does
        acts = begin(partial(pin_review, member=member, review=review))
        mark_film(member=member, film=film, half_stars=2)
    assert outcomes(acts) == [review]
