"""What moderators decide: each with the rule that was broken, an excerpt, a reason, and who decided."""

from datetime import datetime, timedelta
from typing import Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from films.actions import suggest_correction
from films.models import Film
from reviews.actions.effects import hold, take_effect, undo
from reviews.actions.informing import tell_of_suspension
from reviews.actions.notifying import notify
from reviews.actions.reporting import about_field, close_case, open_case, require_moderator
from reviews.models import Appeal, Case, Comment, Decision, Essay, FilmList, HouseRule, Notice, Quotation, Review, Tip
from reviews.models.case import Reported

Kind = Decision.Kind
LONGEST_REASON: Final = 500
SAME_DECISION: Final = timedelta(minutes=1)  # the same again within this time is one button pressed twice
LONGEST_EXCERPT: Final = 400
TEXTS: Final = ("review", "comment", "film_list", "essay", "tip")
# What can be decided about what, in the order in which it is offered.
KINDS: Final[dict[str, tuple[Kind, ...]]] = {
    "review": (Kind.NOTHING, Kind.COVER, Kind.REMOVE, Kind.WARN, Kind.LIMIT, Kind.MUTE, Kind.SUSPEND),
    "comment": (Kind.NOTHING, Kind.REMOVE, Kind.WARN, Kind.LIMIT, Kind.MUTE, Kind.SUSPEND),
    "film_list": (Kind.NOTHING, Kind.REMOVE, Kind.WARN, Kind.LIMIT, Kind.MUTE, Kind.SUSPEND),
    "essay": (Kind.NOTHING, Kind.COVER, Kind.REMOVE, Kind.WARN, Kind.LIMIT, Kind.MUTE, Kind.SUSPEND),
    "tip": (Kind.NOTHING, Kind.REMOVE, Kind.WARN, Kind.LIMIT, Kind.MUTE, Kind.SUSPEND),
    "member": (Kind.NOTHING, Kind.WARN, Kind.LIMIT, Kind.MUTE, Kind.SUSPEND),
    "film": (Kind.NOTHING,),
    "quotation": (Kind.NOTHING, Kind.WARN, Kind.LIMIT, Kind.MUTE, Kind.SUSPEND),
    "guest": (Kind.NOTHING, Kind.REMOVE),
    "evening": (Kind.NOTHING, Kind.REMOVE, Kind.WARN, Kind.LIMIT, Kind.MUTE, Kind.SUSPEND),
}
WITH_TIME: Final = {Kind.LIMIT, Kind.MUTE, Kind.SUSPEND}


@transaction.atomic
def decide(
    *,
    moderator: User | None,
    about: Reported,
    kind: str,
    rule: str = "",
    reason: str = "",
    until: datetime | None = None,
    closes: bool = True,
    by_program: str = "",
    case: Case | None = None,
) -> Decision:
    """Decide about something, or about whose doing it is, and close its case unless `closes` is false.

    `case` is the one at whose page it is decided: twice within a minute is once, and a case that somebody has closed
    since is refused. Either a moderator decides or the rule of the program that has this name. The member is told, with
    how to appeal, and those who reported it that something or nothing was done. Raises PermissionDenied;
    ValidationError by field.
    """
    member = _answerable(about)
    _require_may_decide(moderator, member, by_program)
    _check(about, kind, rule, reason, until)
    hold(about)
    case = _case_of(about) if case is None else _hold_case(case)
    if (twice := _decided_just_now(case, moderator, kind, rule, reason)) is not None:
        return twice
    if case is not None and case.closed_at is not None:
        raise ValidationError(_("This case is closed already. What was decided stands below."), code="closed")
    field = about_field(about)
    decision = Decision(
        case=case, kind=kind, member=member, rule=rule, reason=reason.strip(), by=moderator, by_program=by_program,
        until=until, excerpt="" if kind == Kind.NOTHING else excerpt_of(about), made_at=timezone.now(),
        **({field: about} if field in TEXTS else {}),
    )  # fmt: skip
    tells = kind != Kind.NOTHING and member is not None
    if not (tells and kind == Kind.SUSPEND):
        take_effect(decision, moderator)
    decision.save()
    if tells and member is not None:
        notify(
            members=[member], kind=Notice.CASE, key=f"decision:{decision.pk}", decision=decision,
            details={"says": "decided"},
        )  # fmt: skip
    if kind == Kind.SUSPEND:  # after the notice: nobody tells the suspended anything
        take_effect(decision, moderator)
        tell_of_suspension(decision)
    if case is not None and closes:
        close_case(moderator=moderator, case=case, outcome=outcome_of(decision))
    return decision


def _case_of(about: Reported) -> Case | None:
    """Its open case, held, where there is one."""
    waiting = Case.objects.open().filter(**{about_field(about): about})
    return open_case(about=about) if waiting.exists() else None


def _hold_case(case: Case) -> Case:
    return Case.objects.select_for_update(no_key=True).get(pk=case.pk)


def _decided_just_now(case: Case | None, moderator: User | None, kind: str, rule: str, reason: str) -> Decision | None:
    if case is None or moderator is None:
        return None
    same = case.decisions.filter(by=moderator, kind=kind, rule=rule, reason=reason.strip(), reversed_at=None)
    return same.filter(made_at__gt=timezone.now() - SAME_DECISION).first()


def kinds_of(about: Reported) -> tuple[Kind, ...]:
    """What can be decided about it."""
    return KINDS[about.kind if isinstance(about, Quotation) and about.is_name else about_field(about)]


def _answerable(about: Reported) -> User | None:
    if isinstance(about, User):
        return about
    return None if isinstance(about, Film) else about.member


def _require_may_decide(moderator: User | None, member: User | None, by_program: str = "") -> None:
    if moderator is None:
        if not by_program:
            raise PermissionDenied(_("Only moderators do this."))
        return
    require_moderator(moderator)
    if member is None:
        return
    if member.pk == moderator.pk:
        raise PermissionDenied(_("This is about you: another moderator decides."))
    if (member.is_staff or member.is_superuser) and not moderator.is_superuser:
        raise PermissionDenied(_("Only an administrator decides about somebody of the staff."))


def _check(about: Reported, kind: str, rule: str, reason: str, until: datetime | None) -> None:
    errors: dict[str, list[str]] = {}
    if kind not in kinds_of(about):
        errors["kind"] = [_("Choose what is done.")]
    elif kind != Kind.NOTHING:
        if rule not in HouseRule.values:
            errors["rule"] = [_("Choose the rule that was broken: the member is told.")]
        if not reason.strip():
            errors["reason"] = [_("Say why: the member is told.")]
    if len(reason) > LONGEST_REASON:
        errors["reason"] = [_("Shorten this to 500 characters or fewer.")]
    if until is not None and kind not in WITH_TIME:
        errors["until"] = [_("This has no end. Leave the day empty.")]
    elif until is not None and until <= timezone.now():
        errors["until"] = [_("Choose a day that is still to come.")]
    elif until is None and kind == Kind.LIMIT:
        errors["until"] = [_("Choose the day on which the limit ends.")]
    if errors:
        raise ValidationError(errors)


def excerpt_of(about: Reported) -> str:
    """The beginning of what it is about, as it reads now. Never of a draft."""
    if isinstance(about, Review):
        words = "" if about.is_draft else about.body
    elif isinstance(about, Comment):
        words = about.body
    elif isinstance(about, FilmList):
        words = f"{about.title}\n{about.description}"
    elif isinstance(about, Essay):
        words = "" if about.is_draft else f"{about.title}\n{about.body}"
    elif isinstance(about, Quotation | Tip):
        words = about.words
    elif isinstance(about, User):
        words = f"{about.name}\n{about.bio}"
    else:
        words = str(about)
    words = words.strip()
    return words if len(words) <= LONGEST_EXCERPT else f"{words[: LONGEST_EXCERPT - 1]}…"


def outcome_of(decision: Decision) -> str:
    """What those who reported it are told: what everybody can see, and no more of the member than that."""
    match decision.kind:
        case Kind.NOTHING:
            left = _("The moderators looked at it and left it as it is.")
            return f"{left} {decision.reason}" if decision.reason else left
        case Kind.REMOVE:
            return _("It was removed.")
        case Kind.COVER:
            return _("It was covered as a spoiler.")
    return _("The moderators did something about it.")


@transaction.atomic
def hand_to_curators(*, moderator: User, case: Case, note: str) -> Decision:
    """A film's case becomes a suggestion to the curators, and is closed with nothing done to anybody."""
    film = case.film
    if film is None:
        raise ValidationError(_("Only what is said of a film is for curators."))
    told = _("The curators have it now.")
    if (twice := _decided_just_now(_hold_case(case), moderator, Kind.NOTHING, "", told)) is not None:
        return twice
    suggest_correction(member=moderator, film=film, fact="", value=note, note=_("From %(case)s.") % {"case": case})
    return decide(moderator=moderator, about=film, kind=Kind.NOTHING, reason=told, case=case)


@transaction.atomic
def reverse_decision(*, moderator: User, decision: Decision) -> Decision:
    """Undo what a decision did, exactly; it stays on record as reversed, and the member is told. Twice is once.

    An appeal that waits is answered by this. Raises PermissionDenied; ValidationError where nothing was done.
    """
    locked = Decision.objects.select_for_update(no_key=True).get(pk=decision.pk)
    _require_may_decide(moderator, locked.member)
    if locked.kind == Kind.NOTHING:
        raise ValidationError(_("Nothing was done: there is nothing to reverse."))
    if locked.reversed_at is not None:
        return locked
    undo(locked, moderator)
    locked.reversed_at, locked.reversed_by = timezone.now(), moderator
    locked.save(update_fields=["reversed_at", "reversed_by"])
    # Whoever reverses their own decision does not thereby decide about the appeal.
    judge = None if locked.by_id == moderator.pk else moderator
    Appeal.objects.filter(decision=locked, decided_at=None).update(
        decided_at=locked.reversed_at, decided_by=judge, outcome=Appeal.Outcome.REVERSED
    )
    if locked.member is not None:
        notify(
            members=[User.objects.get(pk=locked.member.pk)], kind=Notice.CASE, key=f"decision:{locked.pk}:reversed",
            decision=locked, details={"says": "reversed"},
        )  # fmt: skip
    return locked
