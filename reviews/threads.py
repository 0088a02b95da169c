"""A review's comments as threads: each comment with its replies, a page of threads at a time."""

from dataclasses import dataclass, field
from typing import Any

from reviews.curtains import opened_for
from reviews.models import Comment, Review

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


def talk_under(review: Review, viewer: Any, *, after: int | None = None) -> Talk:
    """The threads that the viewer may read, oldest first, `after` a comment's id. Two queries."""
    shown = opened_for(Comment.objects.visible_to(viewer).filter(review=review).select_related("member"), viewer)
    tops = shown.filter(reply_to=None).order_by("id")
    if after is not None:
        tops = tops.filter(id__gt=after)
    found = list(tops[: THREADS_A_PAGE + 1])
    threads = {comment.pk: Thread(comment) for comment in found[:THREADS_A_PAGE]}
    if threads:
        for reply in shown.filter(reply_to__in=threads).order_by("id")[:MOST_REPLIES]:
            threads[reply.reply_to_id or 0].replies.append(reply)
    more = len(found) > THREADS_A_PAGE
    standing = [thread for thread in threads.values() if thread.comment.stands or any(r.stands for r in thread.replies)]
    return Talk(standing, found[THREADS_A_PAGE - 1].pk if more else None)
