"""Cases as moderators work through them: the queue, and all that the page of one shows."""

from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, Final

from django.db.models import Count, F, Q, QuerySet

from accounts.models import User
from reviews.cases import words_of
from reviews.models import Case, CaseMessage, Comment, Decision, Report
from reviews.trust import Standing, standing_of

MOST_SHOWN: Final = 50
QUEUE: Final = (F("closed_at").desc(nulls_first=True), "-report_count", "opened_at", "id")
UNSHOWN: Final = (
    "review__body_html", "comment__body_html", "film_list__description_html", "film__search_text",
    "review__film__search_text", "tip__film__search_text", "essay__body_html", "essay__headings",
)  # fmt: skip


def not_about(moderator: User) -> Q:
    """Nobody looks after a case that is about themselves."""
    return ~(
        Q(member=moderator)
        | Q(review__member=moderator, review__isnull=False)
        | Q(comment__member=moderator, comment__isnull=False)
        | Q(film_list__member=moderator, film_list__isnull=False)
        | Q(essay__member=moderator, essay__isnull=False)
        | Q(tip__member=moderator, tip__isnull=False)
        | Q(tip__to=moderator, tip__isnull=False)
        | Q(quotation__member=moderator, quotation__isnull=False)
    )


def queue_for(moderator: User) -> QuerySet[Case]:
    """The open ones first, then by how many reported it, then the oldest."""
    rows = Case.objects.filter(not_about(moderator)).annotate(report_count=Count("reports"))
    rows = rows.select_related(
        "review__member", "review__film", "comment__member", "film_list__member", "member", "film",
        "essay__member", "tip__member", "tip__film", "quotation__member", "taken_by", "closed_by",
    ).defer(*UNSHOWN)  # fmt: skip
    return rows.order_by(*QUEUE)


def waiting_for(moderator: User) -> QuerySet[Case]:
    return Case.objects.open().filter(not_about(moderator))


@dataclass(frozen=True)
class File:
    """Everything about one case."""

    case: Case
    about: Any
    words: str  # as it reads now
    reports: list[Report]
    reporters: list[User]
    lines: list[CaseMessage]
    decided: list[Decision]
    answerable: User | None
    standing: Standing | None
    earlier: list[Decision]
    other_cases: int
    parent: Comment | None


def file_of(case: Case) -> File:
    """A fixed number of queries, however much was reported and said."""
    reports = list(case.reports.select_related("reporter").order_by("-created_at", "-id")[:MOST_SHOWN])
    member = case.answerable
    earlier: list[Decision] = []
    others = 0
    if member is not None:
        about_them = Decision.objects.filter(member=member).exclude(case=case).select_related("by")
        earlier = list(about_them[:MOST_SHOWN])
        texts = ("review", "comment", "film_list", "essay", "tip", "quotation")
        mine = reduce(or_, (Q(**{f"{text}__member": member}) for text in texts), Q(member=member))
        others = Case.objects.open().filter(mine).exclude(pk=case.pk).count()
    about = case.about
    return File(
        case=case,
        about=about,
        words=words_of(about),
        reports=reports,
        reporters=list({row.reporter.pk: row.reporter for row in reports if row.reporter is not None}.values()),
        lines=list(case.messages.select_related("by", "reporter")),
        decided=list(case.decisions.select_related("by", "reversed_by")),
        answerable=member,
        standing=standing_of(member) if member is not None else None,
        earlier=earlier,
        other_cases=others,
        parent=about.reply_to if isinstance(about, Comment) else None,
    )
