"""A member asks that a decision be looked at again, and another moderator does."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from reviews.actions.deciding import reverse_decision
from reviews.actions.notifying import notify
from reviews.actions.reporting import require_moderator
from reviews.lengths import checked_line
from reviews.models import Appeal, Decision, Notice


@transaction.atomic
def appeal(*, member: User, decision: Decision, words: str) -> Appeal:
    """Ask that a decision about oneself be looked at again: once, within half a year. A second call gives the first.

    Raises PermissionDenied for somebody else's decision, ValidationError by field, or where it is too late.
    """
    if decision.member_id != member.pk:
        raise PermissionDenied(_("This decision is not about you."))
    said = checked_line(words, field="words", if_empty=_("Say why it should be looked at again."))
    locked = Decision.objects.select_for_update(no_key=True).get(pk=decision.pk)
    if (first := Appeal.objects.filter(decision=locked).first()) is not None:
        return first
    if not locked.can_be_appealed:
        raise ValidationError(_("There is nothing to appeal against any more."), code="late")
    return Appeal.objects.create(decision=locked, words=said)


def appeals_for(moderator: User) -> QuerySet[Appeal]:
    """Those about which this moderator may decide: neither against their own decisions nor their own appeals."""
    own = Q(decision__by=moderator) | Q(decision__member=moderator)
    return Appeal.objects.exclude(own)


@transaction.atomic
def decide_appeal(*, moderator: User, appeal: Appeal, outcome: str, answer: str) -> Appeal:
    """Let a decision stand or reverse it, and tell the member. Another moderator than the first; a trigger holds it.

    Raises PermissionDenied, ValidationError by field. One that was decided already stays as it is.
    """
    require_moderator(moderator)
    if outcome not in Appeal.Outcome.values:
        raise ValidationError({"outcome": [_("Choose whether the decision stands.")]})
    said = checked_line(answer, field="answer", if_empty=_("Say why: the member reads it."))
    locked = Appeal.objects.select_for_update(of=("self",)).select_related("decision__member").get(pk=appeal.pk)
    decision = locked.decision
    if moderator.pk in {decision.by_id, decision.member_id}:
        raise PermissionDenied(_("Another moderator than the first decides about an appeal."))
    if locked.decided_at is not None:
        return locked
    locked.decided_at, locked.decided_by, locked.outcome, locked.answer = timezone.now(), moderator, outcome, said
    locked.save(update_fields=["decided_at", "decided_by", "outcome", "answer"])
    if outcome == Appeal.Outcome.REVERSED:
        reverse_decision(moderator=moderator, decision=decision)
    if decision.member is not None:
        notify(
            members=[User.objects.get(pk=decision.member_id)], kind=Notice.CASE, key=f"appeal:{locked.pk}",
            appeal=locked, details={"says": "appeal"},
        )  # fmt: skip
    return locked
