"""Comments over time: changed while there is time, found in a long thread, at the same cost however long."""

from datetime import timedelta
from urllib.parse import parse_qsl

from django.test import Client
from django.utils import timezone

from accounts.models import User
from reviews.actions.talking import edit_comment
from reviews.models import Comment
from reviews.models.comment import thread_url
from reviews.threads import THREADS_A_PAGE, shown_under, talk_under
from tests import make
from tests.api import Api, assert_golden, program
from tests.base import cost_of
from tests.staff import logged_in


def test_a_comment_can_be_changed_for_five_minutes(cast):
    review = make.review(member=cast.ana)
    comment = make.comment(member=cast.bea, review=review)
    page, api = logged_in(cast.bea), program(cast.bea)
    assert 290 < api.get(f"comments/{comment.pk}/").json()["editable_seconds"] <= 300
    assert Api().get(f"comments/{comment.pk}/").json()["editable_seconds"] == 0
    assert "data-editable" in page.get(review.get_absolute_url()).content.decode()
    assert "data-editable" not in logged_in(cast.fay).get(review.get_absolute_url()).content.decode()
    assert edit_comment(member=cast.bea, comment=comment, body="Mended.").edited_at is not None
    Comment.objects.filter(pk=comment.pk).update(created_at=timezone.now() - timedelta(minutes=5, seconds=1))
    assert "data-editable" not in page.get(review.get_absolute_url()).content.decode()
    assert "is over" in page.get(f"/comments/{comment.pk}/edit/").content.decode()
    late = page.post(f"/comments/{comment.pk}/edit/", {"body": "Twisted."})
    assert late.status_code == 422 and "Twisted." in late.content.decode()
    refused = api.patch(f"comments/{comment.pk}/", {"body": "Twisted."})
    assert (refused.status_code, refused.json()["code"]) == (400, "too_late")
    assert Comment.objects.get().body == "Mended."
    assert api.delete(f"comments/{comment.pk}/").status_code == 204


def test_a_long_thread_leads_to_its_comment(cast):
    film = make.film()
    said = [make.comment(member=cast.bea, under=film) for _ in range(THREADS_A_PAGE + 3)]
    answer = make.comment(member=cast.fay, under=film, reply_to=said[-1])
    for comment in (said[0], said[-1], answer):
        assert f'id="comment-{comment.pk}"' in Client().get(comment.get_absolute_url()).content.decode()
    assert "From the first comment" in Client().get(answer.get_absolute_url()).content.decode()
    first = Client().get(f"{thread_url(film)}?comment=99999999999999999999").content.decode()
    assert f'id="comment-{said[0].pk}"' in first


def test_no_answer_is_lost_where_there_are_very_many(cast):
    film, words = make.film(), "The same as everybody."
    tops = [make.comment(member=cast.bea, under=film) for _ in range(3)]
    rows = [Comment(member=cast.fay, film=film, body=words, body_html=words, reply_to=top)
            for top, many in zip(tops, (300, 1_100, 2), strict=True) for _ in range(many)]  # fmt: skip
    said = [one.pk for one in Comment.objects.bulk_create(rows)]
    read, page = [], thread_url(film)
    for _turn in range(9):
        talk = talk_under(film, None, **{name: int(value) for name, value in parse_qsl(page.partition("?")[2])})
        read += [reply.pk for thread in talk.threads for reply in thread.replies]
        shown = Client().get(page).content.decode()
        if talk.answers_after:
            page = f"{thread_url(film)}?{talk.query_of_answers}"
            assert f"?{talk.query_of_answers}#comments".replace("&", "&amp;") in shown
        elif talk.after:
            page = f"{thread_url(film)}?after={talk.after}"
        else:
            break
    assert read == said
    for comment in (*tops, *Comment.objects.filter(pk__in=[said[0], said[299], said[300], said[1_399], said[-1]])):
        assert f'id="comment-{comment.pk}"' in Client().get(comment.get_absolute_url()).content.decode()


def test_a_thread_costs_the_same_with_one_comment_as_with_many(cast):
    film, words = make.film(), "The same as everybody."
    make.comment(member=cast.bea, under=film)
    make.comment(member=cast.bea, under=film, reply_to=Comment.objects.get())

    visits = [
        (client, at)
        for client in (Client(), logged_in(cast.fay))
        for at in (thread_url(film), f"/api/v1/films/{film.slug}/comments/")
    ]
    few = [cost_of(*visit) for visit in visits]
    crowd = User.objects.bulk_create(User(username=f"crowd{n}", email=f"crowd{n}@example.org") for n in range(500))
    Comment.objects.bulk_create(Comment(member=m, film=film, body=words, body_html=words) for m in crowd)
    assert [cost_of(*visit) for visit in visits] == few
    assert few[0] <= 8 and few[2] <= 12
    assert shown_under(film, cast.fay).count() == 502


def test_the_subscription_as_a_program_reads_it(cast):
    review = make.review(member=cast.ana)
    assert_golden("subscription", program(cast.bea).get(f"reviews/{review.pk}/subscription/"))
