"""Comments under reviews, with one level of replies."""

from datetime import timedelta
from typing import Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from reviews.actions.covering import keep_spoiled, render_words
from reviews.models import Comment, Review
from reviews.models.comment import LONGEST_COMMENT

SAME_POST: Final = timedelta(minutes=1)


def check_body(body: str) -> None:
    """Raise ValidationError for a comment without words or with too many."""
    if not body.strip():
        raise ValidationError({"body": [_("Write something first.")]})
    if len(body) > LONGEST_COMMENT:
        raise ValidationError(
            {
                "body": [
                    _("This is %(length)s characters long. Shorten it to %(most)s or fewer.")
                    % {"length": f"{len(body):,}", "most": f"{LONGEST_COMMENT:,}"}
                ]
            }
        )


@transaction.atomic
def post_comment(*, member: User, review: Review, body: str, reply_to: Comment | None = None) -> Comment:
    """The same words sent twice within a minute are one comment.

    Raises PermissionDenied for a review that the member may not read or that is a draft, ValidationError for bad
    words and for a reply to a reply.
    """
    check_body(body)
    if not Review.objects.visible_to(member).filter(pk=review.pk, removed_at=None).exists():
        raise PermissionDenied(_("You cannot comment here."))
    if reply_to is not None:
        _check_reply(member, review, reply_to)
    Review.objects.select_for_update(no_key=True).only("pk").get(pk=review.pk)
    same = Comment.objects.standing().filter(
        member=member, review=review, reply_to=reply_to, body=body, created_at__gt=timezone.now() - SAME_POST
    )
    if (twice := same.first()) is not None:
        return twice
    rendered, named = render_words(body, kind="comment")
    comment = Comment.objects.create(
        member=member, review=review, reply_to=reply_to, body=body, body_html=rendered.html
    )
    keep_spoiled(comment, named)
    return comment


def _check_reply(member: User, review: Review, reply_to: Comment) -> None:
    if reply_to.review_id != review.pk or not Comment.objects.visible_to(member).filter(pk=reply_to.pk).exists():
        raise ValidationError({"reply_to": [_("The comment that you answer is not here any more.")]})
    if reply_to.reply_to_id is not None:
        raise ValidationError(
            {"reply_to": [_("Answer the comment at the top of the thread: replies go one level deep.")]}
        )


@transaction.atomic
def edit_comment(*, member: User, comment: Comment, body: str) -> Comment:
    if comment.member_id != member.pk or not comment.stands:
        raise PermissionDenied(_("You cannot change this comment."))
    check_body(body)
    if body != comment.body:
        rendered, named = render_words(body, kind="comment")
        comment.body, comment.body_html = body, rendered.html
        keep_spoiled(comment, named)
        comment.edited_at = timezone.now()
        comment.save(update_fields=["body", "body_html", "edited_at"])
    return comment


@transaction.atomic
def delete_comment(*, member: User, comment: Comment) -> None:
    """A comment with replies leaves its place in the thread, without words; one without goes altogether."""
    if comment.member_id != member.pk:
        raise PermissionDenied(_("This is somebody else’s comment."))
    locked = Comment.objects.select_for_update().get(pk=comment.pk)
    if locked.replies.exists():
        locked.deleted_at = locked.deleted_at or timezone.now()
        locked.save(update_fields=["deleted_at"])
    else:
        locked.delete()
