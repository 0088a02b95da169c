"""What each kind of decision does, and how it is undone. Called by deciding.py alone, in the decision's transaction."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import reinstate_member, suspend_member
from accounts.connecting import silence_apps
from accounts.models import User
from films.actions.holding import hold_film
from reviews.actions.covering import lock_spoilers, unlock_spoilers
from reviews.actions.gathering import touch
from reviews.actions.holding_threads import hold_thread
from reviews.actions.setting_aside import set_aside_soon
from reviews.models import Comment, Decision, Essay, Evening, FilmList, Quotation, Review, ShownOut, Tip

Kind = Decision.Kind


def hold(about: object) -> None:
    """Nobody else changes it until the transaction ends. The film of a review first: a merge of it comes before this,
    or after. What a comment stands under, too."""
    if isinstance(about, Review):
        hold_film(about.film)
    if isinstance(about, Quotation) and about.evening_id is not None:
        list(Evening.objects.select_for_update(no_key=True).filter(pk=about.evening_id).values_list("pk"))
        about.refresh_from_db(fields=["evening", "seat"])
    if isinstance(about, Comment):
        hold_thread(about)
    if isinstance(about, Review | Comment | FilmList | Essay | Tip):
        held = type(about)._default_manager.select_for_update(no_key=True).only("pk").filter(pk=about.pk).first()
        if held is None:
            raise ValidationError(_("It was deleted a moment ago. Look at the case again."))
        about.refresh_from_db(fields=["removed_at"])


def take_effect(decision: Decision, moderator: User | None) -> None:
    match decision.kind:
        case Kind.REMOVE:
            _remove(decision, moderator)
        case Kind.COVER:
            _cover(decision, moderator)
        case Kind.SUSPEND:
            _suspend(decision, moderator)


def undo(decision: Decision, moderator: User) -> None:
    """Take back what the decision did. A decision without an effect of its own, or with one that lasts only while it is
    in force, needs nothing.
    """
    match decision.kind:
        case Kind.REMOVE if (text := decision.text) is not None:
            hold(text)
            text.removed_at, text.removed_by, text.removal_reason = None, None, ""
            text.save(update_fields=["removed_at", "removed_by", "removal_reason"])
        case Kind.COVER if isinstance(text := decision.text, Review | Essay):
            unlock_spoilers(moderator=moderator, text=text)
            text.spoilers = decision.was_covered
            text.save(update_fields=["spoilers"])
        case Kind.SUSPEND if decision.member is not None and decision.ended_at is None:
            others = Decision.objects.in_force().filter(member=decision.member, kind=Kind.SUSPEND)
            if not others.exclude(pk=decision.pk).exists():
                reinstate_member(moderator=moderator, member=decision.member)
                set_aside_soon(decision.member.pk)


def _remove(decision: Decision, moderator: User | None) -> None:
    text = decision.text
    if text is None and decision.case is not None and decision.case.quotation is not None:
        _take_name_away(decision.case.quotation)
        return
    if text is None:
        raise ValidationError(_("Only reviews, comments, lists, essays and recommendations are removed."))
    if text.removed_at is not None:
        raise ValidationError(_("It is removed already."))
    text.removed_at, text.removed_by, text.removal_reason = decision.made_at, moderator, decision.reason[:300]
    text.save(update_fields=["removed_at", "removed_by", "removal_reason"])


def _take_name_away(name: Quotation) -> None:
    """A guest is shown out; an evening goes on without a name. The evening is held."""
    evening, seat = name.evening, name.seat
    if evening is None or (name.kind == Quotation.Kind.GUEST and seat is None):
        raise ValidationError(_("It is not there any more: the evening is over, or they have left."))
    if seat is None:
        evening.name = ""
        evening.save(update_fields=["name"])
    else:
        ShownOut.objects.create(evening=evening, secret_digest=seat.secret_digest)
        seat.delete()
    touch(evening)


def _cover(decision: Decision, moderator: User | None) -> None:
    text = decision.text
    if not isinstance(text, Review | Essay):
        raise ValidationError(_("Only reviews and essays are covered."))
    if text.spoilers_locked_at is not None:
        raise ValidationError(_("It is covered already."))
    if moderator is None:
        raise PermissionDenied(_("Only moderators do this."))
    decision.was_covered = text.spoilers
    lock_spoilers(moderator=moderator, text=text)


def _suspend(decision: Decision, moderator: User | None) -> None:
    member = decision.member
    if member is None:
        raise ValidationError(_("A film is not suspended."))
    if moderator is None:
        raise PermissionDenied(_("Only moderators do this."))
    member = User.objects.select_for_update(no_key=True).get(pk=member.pk)
    others = Decision.objects.in_force().filter(member=member, kind=Kind.SUSPEND).exclude(pk=decision.pk)
    if not member.is_active and not others.exists():
        raise ValidationError(_("This account is closed already, and not by a decision."))
    suspend_member(moderator=moderator, member=member)
    silence_apps(member)
    set_aside_soon(member.pk)


@transaction.atomic
def end_suspensions() -> int:
    """Let in again whose time is over. Every few minutes; returns how many suspensions ended."""
    over = Decision.objects.filter(
        kind=Kind.SUSPEND, until__lte=timezone.now(), ended_at=None, reversed_at=None
    ).select_for_update(no_key=True, skip_locked=True)
    ended = list(over)
    for decision in ended:
        decision.ended_at = timezone.now()
        decision.save(update_fields=["ended_at"])
        others = Decision.objects.in_force().filter(member=decision.member_id, kind=Kind.SUSPEND)
        if decision.member_id is not None and not others.exists():
            User.objects.filter(pk=decision.member_id).update(is_active=True)
            set_aside_soon(decision.member_id)
    return len(ended)
