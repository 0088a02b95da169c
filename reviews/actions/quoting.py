"""Keeping a copy of words that were reported when they are deleted, so that moderators can still decide about them."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from reviews.cases import words_of
from reviews.models import Case, Comment, Essay, FilmList, Quotation, Report, Review, Tip
from reviews.models.case import APPEAL_TIME, Text
from reviews.models.comment import subject_name


def quote_reported(*, member: User, text: Text) -> None:
    """Before a member deletes a text: what is open about it, or about comments that go with it, gets a copy.

    The text is held by then, so that nobody reports it between this and its end.
    """
    held = type(text)._default_manager.select_for_update().only("pk").filter(pk=text.pk).first()
    if held is not None:  # else it was deleted a moment ago, and quoted then
        for one in [text, *_reported_under(text)]:
            _quote(member, one)


def _reported_under(text: Text) -> QuerySet[Comment]:
    """The comments under a text that are reported and will go with it. All comments under it are locked, or one could
    be reported before it is gone.
    """
    if isinstance(text, Comment | Tip):
        return Comment.objects.none()
    under = Comment.objects.filter(**{subject_name(text): text})
    list(under.select_for_update().order_by("pk").values_list("pk"))
    return under.filter(pk__in=Case.objects.open().filter(comment__isnull=False).values("comment")).with_subject()


def _quote(member: User, text: Text) -> None:
    kind = _kind_of(text)
    case = Case.objects.open().select_for_update(no_key=True).filter(**{kind: text}).first()
    if case is None:
        return
    place, words, written_at = _said_in(text)
    quotation = Quotation.objects.create(
        kind=kind, member_id=text.member_id, place=place[:300], words=words, written_at=written_at, deleted_by=member
    )
    moved = {kind: None, "quotation": quotation}
    Report.objects.filter(case=case).update(**moved)
    Case.objects.filter(pk=case.pk).update(**moved)


def _kind_of(text: Text) -> str:
    kinds: dict[type[Text], str] = {
        Review: Quotation.Kind.REVIEW, Comment: Quotation.Kind.COMMENT, FilmList: Quotation.Kind.LIST,
        Tip: Quotation.Kind.TIP, Essay: Quotation.Kind.ESSAY,
    }  # fmt: skip
    return str(kinds[type(text)])


def _said_in(text: Text) -> tuple[str, str, datetime]:
    """Where it stands, its words, and since when."""
    if isinstance(text, Review | Essay):
        place = str(text.film) if isinstance(text, Review) else text.title
        return place, words_of(text), text.published_at or text.created_at
    if isinstance(text, Comment):
        subject = text.subject
        return str(subject.film if isinstance(subject, Review) else subject), words_of(text), text.created_at
    place = str(text.film) if isinstance(text, Tip) else text.title
    return place, words_of(text), text.created_at


@transaction.atomic
def forget_quotations() -> int:
    """Delete the copies of cases that nobody can appeal about any more. Every night; returns how many rows went."""
    long_ago = timezone.now() - APPEAL_TIME
    Report.objects.filter(closed_at__lt=long_ago).exclude(words="").update(words="")
    late = Case.objects.filter(quotation__isnull=False, closed_at__lt=long_ago).values("quotation")
    return Quotation.objects.filter(pk__in=late).delete()[0]
