"""What members say under something, as threads: each comment with its replies, a page of threads at a time.

Whoever asks has fetched the review, list, article or film through its own door (`visible_to`, `published`).
"""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import Mute
from accounts.models.sight import is_signed_in, not_apart
from reviews.curtains import opened_for
from reviews.models import Comment
from reviews.models.comment import CommentQuerySet, Subject, owner_of

THREADS_A_PAGE = 50
MOST_REPLIES = 500


@dataclass
class Thread:
    comment: Comment
    replies: list[Comment] = field(default_factory=list)


@dataclass(frozen=True)
class Talk:
    threads: list[Thread]
    after: int | None  # the id of the last comment shown, when there are more threads
    is_first: bool = True


def shown_under(subject: Subject, viewer: Any) -> CommentQuerySet:
    """The comments of a thread for this viewer, with its tombstones: ask each for `gone`.

    A tombstone stands where answers hang on it that the viewer reads. Besides, members find there what was taken
    from their own, and owners what they took down. Whom the viewer mutes is marked (`is_muted`), to be shown folded.
    """
    standing = Q(deleted_at=None, taken_down_at=None, removed_at=None)
    answers = Comment.objects.standing().filter(not_apart(viewer), reply_to=OuterRef("pk"))
    shown = (standing & Q(is_hidden=False)) | Q(Exists(answers))
    if is_signed_in(viewer):
        mine = Q(member=viewer, deleted_at=None)
        owner = owner_of(subject)
        if owner is not None and owner.pk == viewer.pk:
            mine |= Q(deleted_at=None, removed_at=None, taken_down_at__isnull=False, is_hidden=False)
        shown |= mine
    rows = Comment.objects.under(subject).marking_hidden(viewer).filter(shown).select_related("member")
    if is_signed_in(viewer):
        rows = rows.annotate(is_muted=Exists(Mute.objects.filter(muter=viewer, muted=OuterRef("member"))))
    return opened_for(rows, viewer)


def talk_under(subject: Subject, viewer: Any, *, after: int | None = None, at: int | None = None) -> Talk:
    """The threads that the viewer may read, oldest first: `after` a comment's id, or so that comment `at` is seen.

    Two queries; two more to find `at`.
    """
    shown = shown_under(subject, viewer)
    tops = shown.filter(reply_to=None).order_by("id")
    if after is None and at is not None:
        after = _before(tops, at)
    found = list((tops if after is None else tops.filter(id__gt=after))[: THREADS_A_PAGE + 1])
    threads = {comment.pk: Thread(comment) for comment in found[:THREADS_A_PAGE]}
    if threads:
        for reply in shown.filter(reply_to__in=threads).order_by("id")[:MOST_REPLIES]:
            threads[reply.reply_to_id or 0].replies.append(reply)
    more = len(found) > THREADS_A_PAGE
    return Talk(list(threads.values()), found[THREADS_A_PAGE - 1].pk if more else None, after is None)


def _before(tops: QuerySet[Comment], at: int) -> int | None:
    """After which comment a page begins that ends with the thread of `at`; None for the first page."""
    top = Comment.objects.filter(pk=at).values_list("reply_to", flat=True).first() or at
    earlier = tops.filter(id__lte=top).order_by("-id").values_list("id", flat=True)
    return next(iter(earlier[THREADS_A_PAGE : THREADS_A_PAGE + 1]), None)
