"""What moderators do at the desks of texts and members, each by a decision."""

from datetime import datetime

from django.db import transaction

from accounts.actions import reinstate_member
from accounts.models import User
from reviews.actions.deciding import decide, reverse_decision
from reviews.actions.effects import hold
from reviews.actions.reporting import about_field, require_moderator
from reviews.actions.setting_aside import set_aside_soon
from reviews.models import Decision
from reviews.models.case import Text

Kind = Decision.Kind


def remove_text(*, moderator: User, text: Text, rule: str, reason: str) -> Text:
    """Take a text from everybody's eyes but its writer's, by a decision; its open case is closed."""
    decide(moderator=moderator, about=text, kind=Kind.REMOVE, rule=rule, reason=reason)
    return text


@transaction.atomic
def restore_text(*, moderator: User, text: Text) -> Text:
    """Put back what a moderator had removed: the decision is reversed."""
    require_moderator(moderator)
    standing = Decision.objects.filter(kind=Kind.REMOVE, reversed_at=None, **{about_field(text): text})
    for decision in standing:
        reverse_decision(moderator=moderator, decision=decision)
    hold(text)
    if not standing and text.removed_at is not None:  # from before there were decisions
        text.removed_at, text.removed_by, text.removal_reason = None, None, ""
        text.save(update_fields=["removed_at", "removed_by", "removal_reason"])
    text.refresh_from_db(fields=["removed_at", "removed_by", "removal_reason"])
    return text


def suspend(*, moderator: User, member: User, rule: str, reason: str, until: datetime | None = None) -> User:
    """Close the door to a member by a decision, until a day or for good."""
    decide(moderator=moderator, about=member, kind=Kind.SUSPEND, rule=rule, reason=reason, until=until)
    member.is_active = False
    return member


@transaction.atomic
def reinstate(*, moderator: User, member: User) -> User:
    """Open the door again: every suspension that stands is reversed."""
    for decision in Decision.objects.in_force().filter(member=member, kind=Kind.SUSPEND):
        reverse_decision(moderator=moderator, decision=decision)
    reinstate_member(moderator=moderator, member=member)
    set_aside_soon(member.pk)
    return member
