"""Comments and replies."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from reviews.actions.talking import delete_comment, edit_comment, post_comment
from reviews.models import Comment
from reviews.threads import talk_under
from tests import make


def test_it_comments_and_replies(cast):
    review = make.review(member=cast.ana)
    top = post_comment(member=cast.bea, subject=review, body="I *disagree*.")
    post_comment(member=cast.ana, subject=review, body="Do you?", reply_to=top)
    [thread] = talk_under(review, cast.fay).threads
    assert "<em>disagree</em>" in thread.comment.body_html
    assert [reply.body for reply in thread.replies] == ["Do you?"]


def test_it_posts_the_same_words_sent_twice_once(cast):
    review = make.review(member=cast.ana)
    first, second = (post_comment(member=cast.bea, subject=review, body="Hear, hear.") for _ in range(2))
    assert first.pk == second.pk


@pytest.mark.parametrize("body", ["", "  \n", "x" * 5001])
def test_it_refuses_no_words_and_too_many(cast, body):
    with pytest.raises(ValidationError):
        post_comment(member=cast.bea, subject=make.review(member=cast.ana), body=body)


def test_it_refuses_a_reply_to_a_reply_and_to_another_review(cast):
    review = make.review(member=cast.ana)
    top = make.comment(review=review, member=cast.bea)
    reply = make.comment(review=review, member=cast.ana, reply_to=top)
    for elsewhere in (reply, make.comment(member=cast.bea)):
        with pytest.raises(ValidationError):
            post_comment(member=cast.fay, subject=review, body="Me too.", reply_to=elsewhere)


def test_it_refuses_whoever_may_not_read_the_review(cast):
    private = make.review(member=cast.ana, visibility="private")
    blocked_from = make.review(member=cast.ana)
    draft = make.review(member=cast.ana, draft=True)
    for member, review in ((cast.fay, private), (cast.cem, blocked_from), (cast.ana, draft)):
        with pytest.raises(PermissionDenied):
            post_comment(member=member, subject=review, body="Let me in.")


def test_a_comment_with_replies_leaves_a_tombstone_and_one_without_goes(cast):
    review = make.review(member=cast.ana)
    top = make.comment(review=review, member=cast.bea)
    reply = make.comment(review=review, member=cast.ana, reply_to=top)
    delete_comment(member=cast.bea, comment=top)
    [thread] = talk_under(review, None).threads
    assert not thread.comment.stands
    delete_comment(member=cast.ana, comment=reply)
    assert list(Comment.objects.all()) == [top]
    assert talk_under(review, None).threads == []


def test_only_its_writer_edits_or_deletes_a_comment(cast):
    comment = make.comment(member=cast.bea)
    with pytest.raises(PermissionDenied):
        edit_comment(member=cast.ana, comment=comment, body="Twisted.")
    with pytest.raises(PermissionDenied):
        delete_comment(member=cast.ana, comment=comment)
    edited = edit_comment(member=cast.bea, comment=comment, body="Mended.")
    assert edited.edited_at is not None


def test_comments_of_the_blocked_are_not_there_for_the_blocker(cast):
    review = make.review(member=cast.fay)
    make.comment(review=review, member=cast.cem)
    make.comment(review=review, member=cast.bea)
    assert [t.comment.member for t in talk_under(review, cast.ana).threads] == [cast.bea]
    assert len(talk_under(review, cast.fay).threads) == 2
