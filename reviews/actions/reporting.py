"""Members ask the moderators to look at something, and what moderators and they say to each other about it."""

from typing import Any, Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.freshness import near_oneself
from accounts.models import Block, User
from films.models import Film
from reviews.actions.gathering import hold_evening
from reviews.actions.limiting import check_may_post, hold_posts
from reviews.actions.notifying import notify
from reviews.cases import words_of
from reviews.lengths import checked_line
from reviews.models import (
    Case,
    CaseMessage,
    Comment,
    Essay,
    FilmList,
    Notice,
    Posting,
    Quotation,
    Report,
    Review,
    Seat,
    Tip,
)
from reviews.models.case import Reported

LONGEST_MESSAGE: Final = 1_000
NEEDS_WORDS: Final = {Report.Reason.PLAGIARISM, Report.Reason.IMPOSTOR, Report.Reason.OTHER}


def about_field(about: Reported) -> str:
    """By which foreign key of a report and a case this is meant."""
    kinds = {
        Review: "review", Comment: "comment", FilmList: "film_list", User: "member", Film: "film",
        Quotation: "quotation", Tip: "tip", Essay: "essay",
    }  # fmt: skip
    return next(name for kind, name in kinds.items() if isinstance(about, kind))


@near_oneself
@transaction.atomic
def report(*, member: User, about: Reported, reason: str, message: str = "") -> Report:
    """Ask the moderators to look. One open report a member and thing; a second call gives the first.

    Raises PermissionDenied for what the member may not see, and for their own; ValidationError for a reason that is
    none for this kind of thing; LimitReached.
    """
    field = about_field(about)
    _check_may_report(member, about)
    if reason not in Report.REASONS[field]:
        raise ValidationError({"reason": [_("Choose what is wrong with it.")]})
    if reason in NEEDS_WORDS and not message.strip():
        raise ValidationError({"message": [_ask_for_words(reason)]})
    if len(message) > LONGEST_MESSAGE:
        raise ValidationError({"message": [_("Shorten this to 1,000 characters or fewer.")]})
    hold_posts(member=member)
    thing = {field: about}
    if (open_one := Report.objects.filter(reporter=member, closed_at=None, **thing).first()) is not None:
        return open_one
    check_may_post(member=member, kind=Posting.Kind.REPORT)
    _hold_text(about)
    case = open_case(about=about)
    words = "" if isinstance(about, Quotation) else words_of(about)  # a quotation is a copy itself
    said = {"reason": reason, "message": message.strip(), "words": words}
    return Report.objects.create(reporter=member, case=case, **said, **thing)


@transaction.atomic
def report_name(*, seat: Seat, whose: Seat | None, reason: str, message: str = "") -> Report:
    """From somebody's seat: what a guest at the table calls themselves, or with nobody's seat the evening's name.

    Moderators get a copy. Raises NoSeat; PermissionDenied for a guest, who has no account; the rest as `report`.
    """
    evening = hold_evening(seat)
    if seat.member is None:
        raise PermissionDenied(_("Log in to report something."))
    if whose is None and evening.host_id == seat.member_id:
        raise PermissionDenied(_("This is your own evening. You can end it and start another."))
    if whose is None:
        named = {"kind": Quotation.Kind.EVENING, "words": evening.name, "member": evening.host}
    else:
        named = {"kind": Quotation.Kind.GUEST, "words": whose.guest_name, "member": None}
    if not named["words"] or (whose is not None and whose.evening_id != evening.pk):
        raise PermissionDenied(_("You cannot report this."))
    same = Quotation.objects.filter(evening=evening, seat=whose, **named, cases__in=Case.objects.open())
    place = _("An evening of %(name)s") % {"name": evening.host.name}
    at = evening.started_at if whose is None else whose.taken_at
    about = same.first() or Quotation.objects.create(
        evening=evening, seat=whose, place=place[:300], written_at=at, deleted_at=None, **named
    )
    return report(member=seat.member, about=about, reason=reason, message=message)


def open_case(*, about: Reported) -> Case:
    """The open case of a thing, made where there is none; nobody closes it before the transaction ends."""
    thing: dict[str, Any] = {about_field(about): about}
    while True:
        case = Case.objects.get_or_create(closed_at=None, **thing)[0]
        held = Case.objects.open().select_for_update(no_key=True).filter(pk=case.pk).first()
        if held is not None:  # else a moderator closed it just now: the next report opens another
            return held


def _check_may_report(member: User, about: Reported) -> None:
    if isinstance(about, Film):
        return
    if member.pk in {about.pk if isinstance(about, User) else about.member_id}:
        raise PermissionDenied(_("This is your own. You can change or delete it."))
    if isinstance(about, User):
        # Whoever blocked somebody has more reason than others to report them.
        seen = about.is_active and not Block.objects.filter(blocker=about, blocked=member).exists()
    elif isinstance(about, Quotation):
        seen = about.is_name and Seat.objects.present().filter(evening=about.evening_id, member=member).exists()
    elif isinstance(about, Comment):
        seen = Comment.objects.standing().visible_to(member).filter(pk=about.pk).exists()
    else:
        seen = type(about).objects.visible_to(member).filter(pk=about.pk).exists()
    if not seen:
        raise PermissionDenied(_("You cannot report this."))


def _hold_text(about: Reported) -> None:
    """Before its case is held, as everybody does who needs both."""
    if isinstance(about, Review | Comment | FilmList | Essay | Tip):
        held = type(about)._default_manager.select_for_update(no_key=True).only("pk").filter(pk=about.pk)
        if held.first() is None:
            raise PermissionDenied(_("You cannot report this."))


def _ask_for_words(reason: str) -> str:
    if reason == Report.Reason.PLAGIARISM:
        return _("Say where it was copied from.")
    if reason == Report.Reason.IMPOSTOR:
        return _("Say who they pretend to be.")
    return _("Say in a sentence what is wrong.")


def require_moderator(moderator: User) -> None:
    if not moderator.has_perm("reviews.remove_review"):
        raise PermissionDenied(_("Only moderators do this."))


def _require_may_look_after(moderator: User, case: Case) -> None:
    require_moderator(moderator)
    if case.answerable is not None and case.answerable.pk == moderator.pk:
        raise PermissionDenied(_("This case is about you: another moderator looks after it."))


@transaction.atomic
def take_case(*, moderator: User, case: Case) -> Case:
    """Say that one looks after it, so that no two do the same work. Another may take it over."""
    _require_may_look_after(moderator, case)
    Case.objects.open().filter(pk=case.pk).update(taken_by=moderator)
    case.refresh_from_db(fields=["taken_by"])
    return case


@transaction.atomic
def hand_back(*, moderator: User, case: Case) -> Case:
    """Give a case back, so that any moderator can take it."""
    _require_may_look_after(moderator, case)
    Case.objects.filter(pk=case.pk).update(taken_by=None)
    case.refresh_from_db(fields=["taken_by"])
    return case


@transaction.atomic
def write_message(*, moderator: User, case: Case, side: str, body: str, reporter: User | None = None) -> CaseMessage:
    """A moderator's line: among moderators, to one who reported, or to whose doing it is. Who gets it is told."""
    _require_may_look_after(moderator, case)
    Side = CaseMessage.Side
    if side not in Side.values:
        raise ValidationError({"side": [_("Choose whom it is for.")]})
    if (side == Side.REPORTER) != (reporter is not None):
        raise ValidationError({"side": [_("Choose which reporter it is for.")]})
    if reporter is not None and not case.reports.filter(reporter=reporter).exists():
        raise ValidationError({"side": [_("They did not report this.")]})
    if side == Side.ANSWERABLE and case.answerable is None:
        raise ValidationError({"side": [_("Nobody has to answer for a film.")]})
    words = checked_line(body, field="body", if_empty=_("Write something first."))
    Case.objects.select_for_update(no_key=True).only("pk").get(pk=case.pk)
    last = case.messages.filter(side=side, reporter=reporter).order_by("-pk").first()
    if last is not None and last.by_id == moderator.pk and last.body == words:
        return last  # sent twice
    line = CaseMessage.objects.create(
        case=case, side=side, reporter=reporter, by=moderator, body=words, from_moderator=True
    )
    to = {Side.REPORTER.value: reporter, Side.ANSWERABLE.value: case.answerable}.get(side)
    if to is not None:
        notify(members=[to], kind=Notice.CASE, key=f"case-message:{line.pk}", case=case, details={"says": "message"})
    return line


@transaction.atomic
def answer_case(*, member: User, case: Case, body: str) -> CaseMessage:
    """What a member answers to moderators, on their own side of the case. Raises PermissionDenied, LimitReached."""
    side = side_of(member=member, case=case)
    if side is None or case.closed_at is not None:
        raise PermissionDenied(_("This case is closed."))
    words = checked_line(body, field="body", if_empty=_("Write something first."))
    hold_posts(member=member)
    reporter = member if side == CaseMessage.Side.REPORTER else None
    same = {"case": case, "side": side, "reporter": reporter, "by": member, "from_moderator": False}
    last = CaseMessage.objects.filter(case=case, side=side, reporter=reporter).order_by("-pk").first()
    if last is not None and last.by_id == member.pk and last.body == words:
        return last  # sent twice
    check_may_post(member=member, kind=Posting.Kind.MESSAGE)
    return CaseMessage.objects.create(body=words, **same)


def side_of(*, member: User, case: Case) -> str | None:
    """On which side of a case a member stands, or None if they may not know of it.

    Those whose doing it is learn of a case from the moderators, when these write to them or have decided.
    """
    Side = CaseMessage.Side
    if case.answerable is not None and case.answerable.pk == member.pk:
        knows = case.messages.filter(side=Side.ANSWERABLE).exists()
        knows = knows or case.decisions.filter(~Q(kind="nothing"), member=member).exists()
        return Side.ANSWERABLE.value if knows else None
    return Side.REPORTER.value if case.reports.filter(reporter=member).exists() else None


def close_case(*, moderator: User | None, case: Case, outcome: str) -> None:
    """Close a case and its reports, and tell those who reported what became of it. In the decision's transaction."""
    now = timezone.now()
    reporters = User.objects.filter(reports__case=case, reports__closed_at=None).distinct()
    told = list(reporters)
    case.reports.filter(closed_at=None).update(closed_at=now, closed_by=moderator, outcome=outcome[:300])
    case.closed_at, case.closed_by = now, moderator
    case.save(update_fields=["closed_at", "closed_by"])
    notify(members=told, kind=Notice.CASE, key=f"case:{case.pk}:closed", case=case, details={"says": "closed"})
