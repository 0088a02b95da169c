"""What members say under something, as threads: each comment with its replies, a page of threads at a time.

Whoever asks has fetched the review, list, article or film through its own door (`visible_to`, `published`).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.compiled import for_viewers
from accounts.models import Mute
from accounts.models.sight import is_signed_in, not_apart
from reviews.curtains import opened_for
from reviews.models import Comment
from reviews.models.comment import CommentQuerySet, Subject, owner_of, subject_name

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
    return _shown({subject_name(subject): subject}, viewer, owns=_owns(subject, viewer))


def _owns(subject: Subject, viewer: Any) -> bool:
    """Whether the viewer may take comments down there."""
    owner = owner_of(subject)
    return is_signed_in(viewer) and owner is not None and owner.pk == viewer.pk


def _shown(subject: dict[str, Any], viewer: Any, *, owns: bool) -> CommentQuerySet:
    standing = Q(deleted_at=None, taken_down_at=None, removed_at=None)
    answers = Comment.objects.standing().filter(not_apart(viewer), reply_to=OuterRef("pk"))
    shown = (standing & Q(is_hidden=False)) | Q(Exists(answers))
    if is_signed_in(viewer):
        mine = Q(member=viewer, deleted_at=None)
        if owns:
            mine |= Q(deleted_at=None, removed_at=None, taken_down_at__isnull=False, is_hidden=False)
        shown |= mine
    rows = Comment.objects.filter(**subject).marking_hidden(viewer).filter(shown).select_related("member")
    if is_signed_in(viewer):
        rows = rows.annotate(is_muted=Exists(Mute.objects.filter(muter=viewer, muted=OuterRef("member"))))
    return opened_for(rows, viewer)


@cache
def _queries(kind: str, owns: bool) -> tuple[Callable[..., list[Any]], Callable[..., list[Any]]]:
    """What asks for threads under a subject of this kind, and for the replies in some of them."""

    @for_viewers(subject=int, after=int)
    def tops(viewer: Any, subject: Any, after: Any) -> Any:
        rows = _shown({kind: subject}, viewer, owns=owns)
        return rows.filter(reply_to=None, id__gt=after).order_by("id")[: THREADS_A_PAGE + 1]

    @for_viewers(subject=int, threads=list)
    def replies(viewer: Any, subject: Any, threads: Any) -> Any:
        rows = _shown({kind: subject}, viewer, owns=owns)
        return rows.filter(reply_to__in=threads).order_by("id")[:MOST_REPLIES]

    return tops, replies


def talk_under(subject: Subject, viewer: Any, *, after: int | None = None, at: int | None = None) -> Talk:
    """The threads that the viewer may read, oldest first: `after` a comment's id, or so that comment `at` is seen.

    Two queries; two more to find `at`.
    """
    if after is None and at is not None:
        after = _before(shown_under(subject, viewer).filter(reply_to=None), at)
    tops, replies = _queries(subject_name(subject), _owns(subject, viewer))
    found = tops(viewer, subject=subject.pk, after=after or 0)
    threads = {comment.pk: Thread(comment) for comment in found[:THREADS_A_PAGE]}
    if threads:
        for reply in replies(viewer, subject=subject.pk, threads=list(threads)):
            threads[reply.reply_to_id or 0].replies.append(reply)
    more = len(found) > THREADS_A_PAGE
    return Talk(list(threads.values()), found[THREADS_A_PAGE - 1].pk if more else None, after is None)


def _before(tops: QuerySet[Comment], at: int) -> int | None:
    """After which comment a page begins that ends with the thread of `at`; None for the first page."""
    top = Comment.objects.filter(pk=at).values_list("reply_to", flat=True).first() or at
    earlier = tops.filter(id__lte=top).order_by("-id").values_list("id", flat=True)
    return next(iter(earlier[THREADS_A_PAGE : THREADS_A_PAGE + 1]), None)
