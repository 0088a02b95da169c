"""What members say under something, as threads: each comment with its replies, a page of threads at a time.

Whoever asks has fetched the review, list, article, essay or film through its own door (`visible_to`, `published`).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.compiled import for_viewers
from accounts.models import Mute
from accounts.models.sight import is_signed_in, not_apart
from accounts.models.viewer import Viewer
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
    answers_after: int | None = None  # the id of the last answer shown, when there are more to the one comment shown

    @property
    def query_of_answers(self) -> str:
        """Where on the same page the later answers are."""
        return f"after={self.threads[0].comment.pk - 1}&answers={self.answers_after}"

    def has(self, number: int) -> bool:
        return any(number == said.pk for thread in self.threads for said in (thread.comment, *thread.replies))


def shown_under(subject: Subject, viewer: Viewer) -> CommentQuerySet:
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
    def tops(viewer: Viewer, subject: Any, after: Any) -> Any:
        rows = _shown({kind: subject}, viewer, owns=owns)
        return rows.filter(reply_to=None, id__gt=after).order_by("id")[: THREADS_A_PAGE + 1]

    @for_viewers(subject=int, threads=list, since=int)
    def replies(viewer: Viewer, subject: Any, threads: Any, since: Any) -> Any:
        rows = _shown({kind: subject}, viewer, owns=owns).filter(reply_to__in=threads, id__gt=since)
        return rows.order_by("reply_to", "id")[: MOST_REPLIES + 1]

    return tops, replies


def talk_under(
    subject: Subject, viewer: Viewer, *, after: int | None = None, at: int | None = None, answers: int | None = None
) -> Talk:
    """The threads that the viewer may read, oldest first: `after` a comment's id, or so that comment `at` is seen.

    A page ends before its answers are too many. With `answers`, only the first comment after `after` is shown, with
    the answers to it that come after this one. Two queries; two more to find `at`, or a few where it is among many.
    """
    if after is None and at is not None:
        after = _before(shown_under(subject, viewer).filter(reply_to=None), at)
        talk = _page(subject, viewer, after)
        return talk if talk.has(at) else _from(subject, viewer, at) or talk
    return _page(subject, viewer, after, answers)


def _page(subject: Subject, viewer: Viewer, after: int | None, answers: int | None = None) -> Talk:
    tops, replies = _queries(subject_name(subject), _owns(subject, viewer))
    found = tops(viewer, subject=subject.pk, after=after or 0)
    shown = found[: 1 if answers else THREADS_A_PAGE]
    threads = {comment.pk: Thread(comment) for comment in shown}
    said = replies(viewer, subject=subject.pk, threads=list(threads), since=answers or 0) if threads else []
    answers_after = None
    if len(said) > MOST_REPLIES:
        cut = said[MOST_REPLIES].reply_to_id or 0
        if cut == shown[0].pk:
            answers_after = said[MOST_REPLIES - 1].pk
        threads = {pk: thread for pk, thread in threads.items() if pk < cut or pk == shown[0].pk}
    for reply in said[:MOST_REPLIES]:
        if reply.reply_to_id in threads:
            threads[reply.reply_to_id].replies.append(reply)
    last = max(threads, default=None)
    return Talk(list(threads.values()), last if len(threads) < len(found) else None, after is None, answers_after)


def _from(subject: Subject, viewer: Viewer, at: int) -> Talk | None:
    """A page that begins with the thread of this comment; None where the viewer does not see it."""
    said = shown_under(subject, viewer).filter(pk=at).first()
    if said is None:
        return None
    talk = _page(subject, viewer, (said.reply_to_id or at) - 1)
    return talk if talk.has(at) else _page(subject, viewer, (said.reply_to_id or at) - 1, at - 1)


def _before(tops: QuerySet[Comment], at: int) -> int | None:
    """After which comment a page begins that ends with the thread of `at`; None for the first page."""
    top = Comment.objects.filter(pk=at).values_list("reply_to", flat=True).first() or at
    earlier = tops.filter(id__lte=top).order_by("-id").values_list("id", flat=True)
    return next(iter(earlier[THREADS_A_PAGE : THREADS_A_PAGE + 1]), None)
