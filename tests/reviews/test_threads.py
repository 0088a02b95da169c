"""Threads under everything: who may comment, what is left of what is gone, who hears of it."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone

from accounts import actions as people
from accounts.models import CommentPolicy, User
from reviews.actions.moderating import remove_text
from reviews.actions.talking import (
    delete_comment,
    post_comment,
    put_comment_back,
    take_down_comment,
)
from reviews.models import Article, Comment, Decision, FilmList, Review
from reviews.models.comment import Gone, thread_url
from reviews.thread_state import CannotComment, ThreadState, thread_state
from reviews.threads import talk_under
from tests import make
from tests.api import Api, program


def client_of(member: User) -> Client:
    client = Client()
    client.force_login(member)
    return client


def ban(member: User, kind: str = Decision.Kind.MUTE, **fields) -> Decision:
    return Decision.objects.create(member=member, kind=kind, rule="respect", reason="Enough.", **fields)


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
    page = client_of(cast.fay)
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
        answer = client_of(cast.bea).post(
            client_of(cast.bea).get(thread_url(elsewhere)).context["talk"].post_url,
            {"body": "My words.", "reply_to": top.pk},
        )
        assert answer.status_code == 422 and "My words." in answer.content.decode()


# Who may comment


def signed_out(cast, review):
    return None


def closed_by_the_review(cast, review):
    Review.objects.filter(pk=review.pk).update(comment_policy=CommentPolicy.NOBODY)
    return cast.fay


def closed_by_its_writer(cast, review):
    User.objects.filter(pk=review.member_id).update(comment_policy=CommentPolicy.NOBODY)
    return cast.ana


def banned(cast, review):
    ban(cast.fay)
    return cast.fay


def suspended_on_record(cast, review):
    ban(cast.fay, Decision.Kind.SUSPEND, until=timezone.now() + timedelta(days=1))
    return cast.fay


def unconfirmed(cast, review):
    EmailAddress.objects.create(user=cast.fay, email=cast.fay.email, verified=False, primary=True)
    return cast.fay


def stranger_among_followers(cast, review):
    Review.objects.filter(pk=review.pk).update(comment_policy=CommentPolicy.FOLLOWERS)
    return cast.fay


def open_against_the_writers_custom(cast, review):
    User.objects.filter(pk=review.member_id).update(comment_policy=CommentPolicy.NOBODY)
    Review.objects.filter(pk=review.pk).update(comment_policy=CommentPolicy.ANYONE)
    return cast.fay


def follower(cast, review):
    Review.objects.filter(pk=review.pk).update(comment_policy=CommentPolicy.FOLLOWERS)
    return cast.bea


def writer(cast, review):
    Review.objects.filter(pk=review.pk).update(comment_policy=CommentPolicy.FOLLOWERS)
    return cast.ana


def limited(cast, review):
    ban(cast.fay, Decision.Kind.LIMIT)
    return cast.fay


def forgiven(cast, review):
    ban(cast.fay, reversed_at=timezone.now())
    ban(cast.fay, until=timezone.now() - timedelta(minutes=1))
    return cast.fay


STATES = [
    (signed_out, ThreadState.SIGNED_OUT),
    (closed_by_the_review, ThreadState.CLOSED),
    (closed_by_its_writer, ThreadState.CLOSED),
    (banned, ThreadState.BANNED),
    (suspended_on_record, ThreadState.BANNED),
    (unconfirmed, ThreadState.UNCONFIRMED),
    (stranger_among_followers, ThreadState.FOLLOWERS_ONLY),
    (open_against_the_writers_custom, ThreadState.CAN_COMMENT),
    (follower, ThreadState.CAN_COMMENT),
    (writer, ThreadState.CAN_COMMENT),
    (limited, ThreadState.CAN_COMMENT),
    (forgiven, ThreadState.CAN_COMMENT),
]


@pytest.mark.parametrize(("who", "state"), STATES, ids=lambda part: getattr(part, "__name__", None) or str(part))
def test_page_api_and_action_agree_on_who_may_comment(cast, settings, who, state):
    settings.EMAIL_URL = "smtp://mail.example.org"  # a house that can ask for a confirmed address
    for name in ("ana", "bea", "fay"):
        member = getattr(cast, name)
        if (name, who) != ("fay", unconfirmed):
            EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    review = make.review(member=cast.ana)
    member = who(cast, review)
    may = state is ThreadState.CAN_COMMENT
    review = Review.objects.select_related("member", "film").get(pk=review.pk)
    assert thread_state(review, member) is state
    page = client_of(member) if member else Client()
    shown = page.get(review.get_absolute_url()).content.decode()
    assert ("Post comment" in shown) is may
    assert may or str(state.label) in shown
    api = program(member) if member else Api()
    assert api.get(f"reviews/{review.pk}/").json()["thread_state"] == state.value
    listed = api.get(f"reviews/?film={review.film.slug}").json()["results"]
    assert [row["thread_state"] for row in listed] == [state.value]
    if member is None:
        return
    assert api.get(f"reviews/{review.pk}/subscription/").json()["thread_state"] == state.value
    posted = api.post(f"reviews/{review.pk}/comments/", {"body": "By program."})
    sent = page.post(f"/reviews/{review.pk}/comments/", {"body": "By hand."})
    if may:
        assert (posted.status_code, sent.status_code) == (201, 302)
    else:
        assert (posted.status_code, posted.json()["code"]) == (403, state.value)
        assert sent.status_code == 403 and "By hand." in sent.content.decode()
        with pytest.raises(CannotComment) as refusal:
            post_comment(member=member, subject=review, body="In code.")
        assert refusal.value.code == state.value
        assert not Comment.objects.exists()


def test_a_block_is_not_there_on_pages_and_refused_in_code(cast):
    review = make.review(member=cast.ana)
    assert thread_state(review, cast.cem) is ThreadState.BLOCKED
    assert client_of(cast.cem).post(f"/reviews/{review.pk}/comments/", {"body": "Let me in."}).status_code == 404
    with pytest.raises(PermissionDenied):
        post_comment(member=cast.cem, subject=review, body="Let me in.")


def test_a_house_without_mail_asks_nobody_to_confirm(cast, settings):
    settings.EMAIL_URL = ""
    assert thread_state(make.review(member=cast.ana), cast.fay) is ThreadState.CAN_COMMENT


def test_articles_close_and_removed_reviews_are_closed_to_their_writer(cast):
    article = make.article()
    Article.objects.filter(pk=article.pk).update(comments_open=False)
    article.refresh_from_db()
    review = remove_text(moderator=cast.eli, text=make.review(member=cast.ana), rule="spam", reason="Spam.")
    assert thread_state(article, cast.dora) is thread_state(review, cast.ana) is ThreadState.CLOSED
    assert thread_state(make.article(published_at=None), cast.dora) is ThreadState.CLOSED


def test_the_writer_of_a_review_says_who_may_comment(cast):
    review = make.review(member=cast.ana)
    page = client_of(cast.ana)
    sent = {"body": review.body, "visibility": "public", "version": "1", "comment_policy": "followers"}
    assert page.post(f"/reviews/{review.pk}/edit/", sent).status_code == 302
    assert thread_state(Review.objects.get(), cast.fay) is ThreadState.FOLLOWERS_ONLY
    api = program(cast.ana)
    assert api.patch(f"reviews/{review.pk}/", {"comment_policy": "nobody"}).json()["comment_policy"] == "nobody"
    assert api.patch(f"reviews/{review.pk}/", {"spoilers": True}).json()["comment_policy"] == "nobody"
    assert api.patch(f"reviews/{review.pk}/", {"comment_policy": "friends"}).status_code == 400


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
    answers = [client_of(cast.fay).get(review.get_absolute_url()).content.decode()]
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
    assert "2 comments" not in client_of(cast.ana).get(review.get_absolute_url()).content.decode()
    assert "1 comment" in client_of(cast.ana).get(review.get_absolute_url()).content.decode()
    assert "3 comments" in client_of(cast.bea).get(review.get_absolute_url()).content.decode()


def test_only_the_owner_takes_down_and_can_undo_it(cast):
    review = make.review(member=cast.ana)
    comment, own = make.comment(member=cast.bea, review=review), make.comment(member=cast.ana, review=review)
    for member in (cast.bea, cast.fay, cast.eli):
        with pytest.raises(PermissionDenied):
            take_down_comment(member=member, comment=comment)
    with pytest.raises(PermissionDenied):
        take_down_comment(member=cast.ana, comment=own)
    delete_comment(member=cast.ana, comment=own)
    page = client_of(cast.ana)
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
