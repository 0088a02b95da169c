"""Threads under everything: talking in them, and what is left of what is gone."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from accounts import actions as people
from accounts.models import User
from reviews.actions.moderating import remove_text
from reviews.actions.talking import delete_comment, post_comment, put_comment_back, take_down_comment
from reviews.models import Comment, FilmList
from reviews.models.comment import Gone, thread_url
from reviews.threads import talk_under
from tests import make
from tests.api import Api, program
from tests.staff import logged_in


def subjects() -> dict:
    writer = make.member(username="writer", display_name="Wim")
    film_list = FilmList.objects.create(member=writer, title="Nine")
    return {
        "review": make.review(member=writer),
        "film_list": film_list,
        "article": make.article(),
        "film": make.film(),
    }


@pytest.mark.parametrize("kind", ["review", "film_list", "article", "film"])
def test_members_talk_under_everything_by_page_and_api(cast, kind):
    subject = subjects()[kind]
    place = {"review": "reviews", "film_list": "lists", "article": "articles", "film": "films"}[kind]
    address = f"{place}/{getattr(subject, 'slug', subject.pk)}/comments/"
    top = program(cast.bea).post(address, {"body": "Is it so?"}).json()
    page = logged_in(cast.fay)
    form = page.get(thread_url(subject), {"reply": top["id"]}).context["talk"]
    assert form.answered.pk == top["id"]
    answer = page.post(form.post_url, {"body": "It is.", "reply_to": top["id"]})
    said = Comment.objects.get(member=cast.fay)
    assert answer.status_code == 302 and answer["Location"] == said.get_absolute_url()
    assert [(row["body"], row["reply_to"]) for row in Api().get(address).json()["results"]] == [
        ("Is it so?", None),
        ("It is.", top["id"]),
    ]
    assert "2 comments" in Client().get(thread_url(subject)).content.decode()
    subject.refresh_from_db()
    assert subject.comment_count == 2
    assert Api().get(f"comments/{said.pk}/").json()["body"] == "It is."


def test_a_reply_stays_within_its_thread(cast):
    threads = subjects()
    top = make.comment(under=threads["film"])
    for elsewhere in (threads["review"], threads["article"], make.film()):
        with pytest.raises(ValidationError):
            post_comment(member=cast.bea, subject=elsewhere, body="Here?", reply_to=top)
        answer = logged_in(cast.bea).post(
            logged_in(cast.bea).get(thread_url(elsewhere)).context["talk"].post_url,
            {"body": "My words.", "reply_to": top.pk},
        )
        assert answer.status_code == 422 and "My words." in answer.content.decode()


# What is gone


def seen_by(viewer, subject):
    """The thread as (words or why not, replies…)."""
    return [
        [comment.gone or comment.body for comment in (thread.comment, *thread.replies)]
        for thread in talk_under(subject, viewer).threads
    ]


def by_its_writer(cast, comment):
    delete_comment(member=comment.member, comment=comment)


def by_a_moderator(cast, comment):
    remove_text(moderator=cast.eli, text=comment, rule="respect", reason="It insults somebody.")


def by_the_owner(cast, comment):
    take_down_comment(member=cast.ana, comment=comment)


def by_a_block(cast, comment):
    people.block(member=cast.fay, other=comment.member)


def by_a_block_the_other_way(cast, comment):
    people.block(member=comment.member, other=cast.fay)


def by_a_suspension(cast, comment):
    User.objects.filter(pk=comment.member_id).update(is_active=False)


CAUSES = [
    (by_its_writer, Gone.DELETED),
    (by_a_moderator, Gone.REMOVED),
    (by_the_owner, Gone.TAKEN_DOWN),
    (by_a_block, Gone.HIDDEN),
    (by_a_block_the_other_way, Gone.HIDDEN),
    (by_a_suspension, Gone.HIDDEN),
]


@pytest.mark.parametrize(("happens", "gone"), CAUSES, ids=lambda part: getattr(part, "__name__", None) or str(part))
def test_a_tombstone_says_why_and_nothing_else(cast, happens, gone):
    review, hans = make.review(member=cast.ana), make.member(username="hans", display_name="Hans Wortmann")
    top = make.comment(member=hans, review=review, body="SECRET words")
    make.comment(member=cast.bea, review=review, reply_to=top, body="An answer")
    lonely = make.comment(member=hans, review=review, body="SECRET too, and alone")
    for comment in (top, lonely):
        happens(cast, comment)
    assert seen_by(cast.fay, review) == [[gone, "An answer"]]
    answers = [logged_in(cast.fay).get(review.get_absolute_url()).content.decode()]
    listed = Api(as_=cast.fay).get(f"reviews/{review.pk}/comments/")
    assert [(row["gone"], row["member"], row["body_html"]) for row in listed.json()["results"]][0] == (gone, None, "")
    answers += [listed.content.decode()]
    assert len(listed.json()["results"]) == 2
    assert [word for word in ("SECRET", "hans", "Hans") for text in answers if word in text] == []
    words = "Ana took this comment down." if gone is Gone.TAKEN_DOWN else str(gone.label)
    assert words in answers[0]
    assert Api(as_=cast.fay).get(f"comments/{top.pk}/").status_code == 404


def test_the_count_leaves_out_whom_one_does_not_see(cast):
    review = make.review(member=cast.fay)
    for member in (cast.cem, cast.bea, cast.cem):
        make.comment(member=member, review=review)
    assert "2 comments" not in logged_in(cast.ana).get(review.get_absolute_url()).content.decode()
    assert "1 comment" in logged_in(cast.ana).get(review.get_absolute_url()).content.decode()
    assert "3 comments" in logged_in(cast.bea).get(review.get_absolute_url()).content.decode()


def test_only_the_owner_takes_down_and_can_undo_it(cast):
    review = make.review(member=cast.ana)
    comment, own = make.comment(member=cast.bea, review=review), make.comment(member=cast.ana, review=review)
    for member in (cast.bea, cast.fay, cast.eli):
        with pytest.raises(PermissionDenied):
            take_down_comment(member=member, comment=comment)
    with pytest.raises(PermissionDenied):
        take_down_comment(member=cast.ana, comment=own)
    delete_comment(member=cast.ana, comment=own)
    page = logged_in(cast.ana)
    assert page.post(f"/comments/{comment.pk}/takedown/", {"down": "1"}).status_code == 302
    assert "You took this comment down." in page.get(review.get_absolute_url()).content.decode()
    assert seen_by(cast.bea, review) == [[Gone.TAKEN_DOWN]]  # its writer learns of it
    assert seen_by(cast.fay, review) == seen_by(None, review) == []
    review.refresh_from_db()
    assert review.comment_count == 0
    assert page.post(f"/comments/{comment.pk}/takedown/", {"down": "0"}).status_code == 302
    assert seen_by(cast.fay, review) == [[comment.body]]
    api = program(cast.ana)
    assert api.put(f"comments/{comment.pk}/takedown/").status_code == 204
    assert api.put(f"comments/{comment.pk}/takedown/").status_code == 204
    assert seen_by(cast.fay, review) == []
    put_comment_back(member=cast.ana, comment=comment)
    for elsewhere in (make.comment(under=make.film()), make.comment(under=make.article())):
        with pytest.raises(PermissionDenied):
            take_down_comment(member=cast.ana, comment=elsewhere)


def test_nobody_answers_what_is_gone(cast):
    review = make.review(member=cast.ana)
    top = make.comment(member=cast.bea, review=review)
    make.comment(member=cast.bea, review=review, reply_to=top)
    take_down_comment(member=cast.ana, comment=top)
    with pytest.raises(ValidationError):
        post_comment(member=cast.fay, subject=review, body="Why?", reply_to=top)
