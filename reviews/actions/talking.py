"""Comments under reviews, lists, articles and essays and in the talk about a film, with one level of replies."""

from datetime import timedelta
from typing import Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.legible import is_legible
from accounts.models import User
from reviews.actions.announcing import keep_mentions, tell_named, tell_of_comment
from reviews.actions.covering import keep_spoiled, render_words
from reviews.actions.flagging import flag
from reviews.actions.holding_threads import hold_thread
from reviews.actions.limiting import check_may_comment, check_may_post, check_words, hold_posts
from reviews.actions.nearness import near_film
from reviews.actions.quoting import quote_reported
from reviews.actions.subscribing import follow_by_writing
from reviews.lengths import too_long
from reviews.members_named import Naming
from reviews.models import Article, Comment, Essay, FilmList, Posting, Review
from reviews.models.comment import LONGEST_COMMENT, Subject, owner_of, subject_name
from reviews.thread_state import CannotComment, ThreadState, thread_state
from reviews.threads import shown_under

SAME_POST: Final = timedelta(minutes=1)


def check_body(body: str) -> None:
    """Raise ValidationError for a comment without words or with too many."""
    if not is_legible(body):
        raise ValidationError({"body": [_("Write something first.")]})
    if told := too_long(body, LONGEST_COMMENT):
        raise ValidationError({"body": [told]})


@near_film
@transaction.atomic
def post_comment(
    *, member: User, subject: Subject, body: str, reply_to: Comment | None = None, link_key: str = ""
) -> Comment:
    """The same words sent twice within a minute are one comment. `link_key`: see FilmList.visible_to.

    Raises PermissionDenied for what the member may not read, CannotComment (with the state of the thread) where they
    may not comment, ValidationError for bad words and for a reply to a reply.
    """
    check_body(body)
    hold_posts(member=member)
    _require_readable(member, subject, link_key)
    if (state := thread_state(subject, member)) is not ThreadState.CAN_COMMENT:
        raise CannotComment(state)
    if reply_to is not None:
        _check_reply(member, subject, reply_to)
    type(subject)._default_manager.select_for_update(no_key=True).only("pk").get(pk=subject.pk)  # as hold_thread does
    thread = {subject_name(subject): subject}
    same = Comment.objects.standing().filter(
        member=member, reply_to=reply_to, body=body, created_at__gt=timezone.now() - SAME_POST, **thread
    )
    if (twice := same.first()) is not None:
        return twice
    # A post that is sent twice is one post, so the limits come after it was recognised.
    check_may_post(member=member, kind=Posting.Kind.COMMENT, words=body)
    naming = Naming()
    rendered, films = render_words(body, kind="comment", mentions=naming)
    comment = Comment.objects.create(member=member, reply_to=reply_to, body=body, body_html=rendered.html, **thread)
    keep_spoiled(comment, films)
    called = keep_mentions(comment, naming.members)
    follow_by_writing(member=member, subject=subject)
    tell_of_comment(comment, called)
    flag(text=comment)
    return comment


def _require_readable(member: User, subject: Subject, link_key: str) -> None:
    if isinstance(subject, Review | Essay):
        readable = type(subject).objects.visible_to(member).filter(pk=subject.pk).exists()
    elif isinstance(subject, FilmList):
        readable = FilmList.objects.visible_to(member, link_key=link_key).filter(pk=subject.pk).exists()
    else:
        readable = not isinstance(subject, Article) or subject.is_published
    if not readable:
        raise PermissionDenied(_("You cannot comment here."))


def _check_reply(member: User, subject: Subject, reply_to: Comment) -> None:
    answered = shown_under(subject, member).filter(pk=reply_to.pk).first()
    if answered is None or answered.gone:
        raise ValidationError({"reply_to": [_("The comment that you answer is not here any more.")]})
    if reply_to.reply_to_id is not None:
        raise ValidationError(
            {"reply_to": [_("Answer the comment at the top of the thread: replies go one level deep.")]}
        )


@near_film
@transaction.atomic
def edit_comment(*, member: User, comment: Comment, body: str) -> Comment:
    """Within a few minutes of posting (EDIT_WINDOW). Raises ValidationError after that, and for bad words."""
    locked = _hold(comment)
    if locked.member_id != member.pk or not locked.stands:
        raise PermissionDenied(_("You cannot change this comment."))
    if not locked.editable_seconds:
        late = _("The time to change this comment is over: others may have answered it. You can still delete it.")
        raise ValidationError(late, code="too_late")
    check_body(body)
    if body != locked.body:
        check_may_comment(member=member)
        check_words(member=member, words=body)
        naming = Naming()
        rendered, films = render_words(body, kind="comment", mentions=naming)
        locked.body, locked.body_html = body, rendered.html
        locked.edited_at = timezone.now()
        locked.save(update_fields=["body", "body_html", "edited_at"])
        keep_spoiled(locked, films)
        tell_named(locked, keep_mentions(locked, naming.members))
        flag(text=locked)
    return locked


@near_film
@transaction.atomic
def delete_comment(*, member: User, comment: Comment) -> None:
    """A comment with replies leaves its place in the thread, without words; one without goes altogether."""
    if comment.member_id != member.pk:
        raise PermissionDenied(_("This is somebody else’s comment."))
    hold_thread(comment)
    locked = Comment.objects.select_for_update().filter(pk=comment.pk).first()
    if locked is None:  # a second press of the button
        return
    if locked.replies.exists():
        locked.deleted_at = locked.deleted_at or timezone.now()
        locked.save(update_fields=["deleted_at"])
    else:
        quote_reported(member=member, text=locked)
        locked.delete()


@near_film
@transaction.atomic
def take_down_comment(*, member: User, comment: Comment) -> Comment:
    """The member under whose words it stands takes somebody else's comment down; they can put it back."""
    locked = _under_own_roof(member, comment)
    if locked.member_id == member.pk:
        raise PermissionDenied(_("This is your own comment: delete it instead."))
    locked.taken_down_at = locked.taken_down_at or timezone.now()
    locked.save(update_fields=["taken_down_at"])
    return locked


@near_film
@transaction.atomic
def put_comment_back(*, member: User, comment: Comment) -> Comment:
    """Undo one's own taking down."""
    locked = _under_own_roof(member, comment)
    locked.taken_down_at = None
    locked.save(update_fields=["taken_down_at"])
    return locked


def _under_own_roof(member: User, comment: Comment) -> Comment:
    """The comment, locked. Raises PermissionDenied for whoever it does not stand under."""
    locked = _hold(comment)
    owner = owner_of(locked.subject)
    if owner is None or owner.pk != member.pk:
        raise PermissionDenied(_("Only the member under whose words this stands can take it down."))
    return locked


def _hold(comment: Comment) -> Comment:
    """As it is now, locked. Raises PermissionDenied for one that was deleted a moment ago."""
    hold_thread(comment)
    locked = Comment.objects.with_subject().select_for_update(no_key=True, of=("self",)).filter(pk=comment.pk).first()
    if locked is None:
        raise PermissionDenied(_("This comment is not here any more."))
    return locked
