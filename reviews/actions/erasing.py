"""Deleting the rows of an account that its member left, a few at a time; a job that was killed goes on where it was."""

from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.mail import add_html
from accounts.models import User
from films.cards import forget
from reviews.actions.forgetting import forget_in_merges
from reviews.actions.quoting import quote_reported
from reviews.models import (
    Activity,
    Appeal,
    Case,
    CaseMessage,
    Comment,
    ContentVote,
    Decision,
    Departure,
    Document,
    Essay,
    FilmList,
    ListEntry,
    Mark,
    Notification,
    OwnedCopy,
    PrivateNote,
    Quotation,
    Report,
    Review,
    SpoiledFilm,
    Tip,
    Viewing,
)  # fmt: skip

AT_ONCE: Final = 500
# In place of what somebody said who has left, where a row must say something.
NOTHING: Final = "–"


def erase_account(number: int) -> None:
    """Delete everything of the account, then the account, then tell its last address. May be called again."""
    departure = Departure.objects.unfinished().filter(pk=number).first()
    if departure is None:
        return
    member = User.objects.filter(pk=departure.account).first()
    if member is not None:
        for step in STEPS:
            step(member)
        _erase_rest(departure, member)
    _tell(departure)


@transaction.atomic
def _keep_what_is_of_others(member: User) -> None:
    """Answers of others stand by themselves; what is said of the member's stays without them."""
    Comment.objects.filter(reply_to__member=member).exclude(member=member).update(reply_to=None)
    Appeal.objects.filter(decision__member=member).update(words=NOTHING, answer="")
    Decision.objects.filter(member=member).update(member=None, excerpt="", reason="")


@transaction.atomic
def _keep_open_cases(member: User) -> None:
    """What somebody reported and nobody decided yet: a copy of the words until it is, with no name to it.

    What the member reported themselves is looked into all the same, for nobody in particular.
    """
    for kind, texts in (
        ("comment", member.comments), ("review", member.reviews), ("film_list", member.lists),
        ("essay", member.essays), ("tip", Tip.objects.filter(Q(member=member) | Q(to=member))),
    ):  # fmt: skip
        reported = Case.objects.open().filter(**{f"{kind}__in": texts.all()}).values(kind)
        for text in texts.filter(pk__in=reported):
            quote_reported(member=member, text=text)
    waiting = Case.objects.open().filter(quotation__member=member).values("quotation")
    Quotation.objects.filter(pk__in=waiting).update(member=None, deleted_by=None)
    Report.objects.filter(reporter=member, closed_at=None).update(reporter=None)
    CaseMessage.objects.filter(by=member, from_moderator=False).delete()


@transaction.atomic
def _take_words_off_lists_of_others(member: User) -> None:
    noted = ListEntry.objects.filter(noted_by=member).exclude(film_list__member=member)
    SpoiledFilm.objects.filter(list_entry__in=noted).delete()
    noted.update(note="", note_html="", spoilers=False, noted_by=None)


@transaction.atomic
def _forget_words_in_merges(member: User) -> None:
    for model in (PrivateNote, Tip):
        forget_in_merges(member, of=model)


def _erase_many(member: User) -> None:
    """What there may be thousands of, some hundred in a transaction."""
    forget("review", _numbers(Review.objects.filter(member=member)))
    forget("list", _numbers(FilmList.objects.filter(member=member)))
    everything: tuple[QuerySet[Any], ...] = (
        Document.objects.filter(review__member=member),
        Notification.objects.filter(Q(member=member) | Q(actor=member)),
        Activity.objects.filter(Q(member=member) | Q(other=member)),
        Comment.objects.filter(member=member, reply_to__isnull=False),
        Comment.objects.filter(member=member),
        Review.objects.filter(member=member),
        Essay.objects.filter(member=member),
        FilmList.objects.filter(member=member),
        Viewing.objects.filter(member=member),
        ContentVote.objects.filter(member=member),
        Mark.objects.filter(member=member),
        PrivateNote.objects.filter(member=member),
        OwnedCopy.objects.filter(member=member),
        Tip.objects.filter(Q(member=member) | Q(to=member)),
    )
    for rows in everything:
        while numbers := _numbers(rows.order_by("pk"), AT_ONCE):
            with transaction.atomic():
                rows.model._base_manager.filter(pk__in=numbers).delete()


def _numbers(rows: "QuerySet[Any]", most: int | None = None) -> list[int]:
    return list(rows.values_list("pk", flat=True)[:most])


@transaction.atomic
def _erase_rest(departure: Departure, member: User) -> None:
    """All that is left of it goes with the account itself."""
    member.delete()
    Departure.objects.filter(pk=departure.pk).update(erased_at=timezone.now())


STEPS: Final[tuple[Callable[[User], None], ...]] = (
    _keep_what_is_of_others,
    _keep_open_cases,
    _take_words_off_lists_of_others,
    _erase_many,
    _forget_words_in_merges,
)


@transaction.atomic
def _tell(departure: Departure) -> None:
    """The last mail, and then its address goes, too: who is killed in between sends it again with the same number."""
    locked = Departure.objects.select_for_update().get(pk=departure.pk)
    if not locked.address:
        return
    letter = EmailMultiAlternatives(
        subject=_("Your account at %(site)s is deleted") % {"site": settings.SITE_NAME},
        body=render_to_string("emails/departure.txt", {"site_name": settings.SITE_NAME}),
        to=[locked.address],
        headers={"Message-ID": f"<departure-{locked.pk}@{settings.SITE_HOST}>", "Auto-Submitted": "auto-generated"},
    )
    add_html(letter)
    letter.send()
    locked.address = ""
    locked.save(update_fields=["address"])
