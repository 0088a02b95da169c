"""Who may comment: pages, API and actions agree, and say why not."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from accounts.models import CommentPolicy, User
from reviews.actions.moderating import remove_text
from reviews.actions.talking import post_comment
from reviews.models import Article, Comment, Decision, Review
from reviews.thread_state import CannotComment, ThreadState, thread_state
from tests import make
from tests.api import Api, program
from tests.staff import logged_in


def ban(member: User, kind: str = Decision.Kind.MUTE, **fields) -> Decision:
    return Decision.objects.create(member=member, kind=kind, rule="respect", reason="Enough.", **fields)


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
    page = logged_in(member) if member else Client()
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
    assert logged_in(cast.cem).post(f"/reviews/{review.pk}/comments/", {"body": "Let me in."}).status_code == 404
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
    page = logged_in(cast.ana)
    sent = {"body": review.body, "visibility": "public", "version": "1", "comment_policy": "followers"}
    assert page.post(f"/reviews/{review.pk}/edit/", sent).status_code == 302
    assert thread_state(Review.objects.get(), cast.fay) is ThreadState.FOLLOWERS_ONLY
    api = program(cast.ana)
    assert api.patch(f"reviews/{review.pk}/", {"comment_policy": "nobody"}).json()["comment_policy"] == "nobody"
    assert api.patch(f"reviews/{review.pk}/", {"spoilers": True}).json()["comment_policy"] == "nobody"
    assert api.patch(f"reviews/{review.pk}/", {"comment_policy": "friends"}).status_code == 400
