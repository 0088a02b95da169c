"""Telling members of comments and of being named: each at most once a text, by the kind that is nearest to them."""

from collections.abc import Iterable
from typing import Any

from accounts.models import User
from reviews.actions.notifying import notify
from reviews.audience import readers_of
from reviews.mentions import MOST_MENTIONS
from reviews.models import Article, Comment, Essay, Mention, Notice, Review, Subscription
from reviews.models.comment import Subject, owner_of, subject_name


def keep_mentions(text: Review | Comment | Essay, named: Iterable[User]) -> list[User]:
    """Remember whom a text names, for good: taking a name out untells nobody. Returns who hears of it.

    A text calls so many in all, however often it is edited, or one text could call everybody. The text is held.
    """
    about: dict[str, Any] = {"comment" if isinstance(text, Comment) else subject_name(text): text}
    known = set(Mention.objects.filter(**about).values_list("member", flat=True))
    fresh = [member for member in named if member.pk not in known and member.pk != text.member_id]
    called = fresh[: max(0, MOST_MENTIONS - len(known))]
    Mention.objects.bulk_create([Mention(member=member, **about) for member in called], ignore_conflicts=True)
    return [member for member in named if member.pk in known or member in called]


def tell_of_comment(comment: Comment, named: Iterable[User]) -> None:
    """In the transaction of the post. Leaving a thread silences all of it but one's own name."""
    subject = comment.subject
    threads = Subscription.objects.filter(**{subject_name(subject): subject})
    choices = dict(threads.values_list("member", "is_on"))
    owner = subject.author_id if isinstance(subject, Article) else getattr(owner_of(subject), "pk", None)
    near = {
        Notice.REPLY: [comment.reply_to.member_id] if comment.reply_to else [],
        Notice.MENTION: [member.pk for member in named],
        Notice.COMMENT: [owner] if owner else [],
        Notice.THREAD: [number for number, is_on in choices.items() if is_on],
    }
    left = {number for number, is_on in choices.items() if not is_on}
    readers = {member.pk: member for member in readers_of(subject, {n for some in near.values() for n in some})}
    told: set[int] = {comment.member_id}
    for kind, numbers in near.items():
        silent = told if kind == Notice.MENTION else told | left
        wanted = [number for number in numbers if number in readers and number not in silent]
        if wanted:
            notify(members=[readers[number] for number in wanted], kind=kind, **_about(comment))
        told |= set(wanted)


def tell_named(comment: Comment, named: Iterable[User]) -> None:
    """A comment was edited: those whom it names and who have not heard of it yet."""
    if readers := readers_of(comment.subject, [member.pk for member in named]):
        notify(members=readers, kind=Notice.MENTION, **_about(comment))


def tell_of_review(review: Review, named: Iterable[User]) -> None:
    """Of a published review: those whom it names and who may read it."""
    key = f"named:review:{review.pk}"
    if readers := readers_of(review, [member.pk for member in named]):
        notify(members=readers, kind=Notice.MENTION, key=key, actor=review.member, review=review, film=review.film)


def tell_of_essay(essay: Essay, named: Iterable[User]) -> None:
    """The same of a published essay."""
    key = f"named:essay:{essay.pk}"
    if readers := readers_of(essay, [member.pk for member in named]):
        notify(members=readers, kind=Notice.MENTION, key=key, actor=essay.member, essay=essay)


def _about(comment: Comment) -> dict[str, Any]:
    """What a notice of a comment carries. Its key is one for all kinds, so nobody hears of the same words twice."""
    subject: Subject = comment.subject
    about: dict[str, Any] = {"key": f"comment:{comment.pk}", "actor": comment.member, "comment": comment}
    if not isinstance(subject, Article):
        about[subject_name(subject)] = subject
    if isinstance(subject, Review):
        about["film"] = subject.film
    return about
