"""Reviews that a member shows first on their own page."""

from typing import Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import hold_member
from accounts.freshness import near_oneself
from accounts.models import User
from reviews.models import Review

MOST_PINNED: Final = 2


@near_oneself
@transaction.atomic
def pin_review(*, member: User, review: Review) -> Review:
    """Show one's own review first. Raises ValidationError for a third one, a draft, and one that was removed."""
    row = _own(member, review)
    if row.pinned_at is not None:
        return row
    if row.is_draft or row.removed_at is not None:
        raise ValidationError(_("Only a review that others can read can be pinned."), code="not_shown")
    if Review.objects.filter(member=member, pinned_at__isnull=False).count() >= MOST_PINNED:
        raise ValidationError(_("Two reviews are pinned already. Unpin one first."), code="pin_count")
    row.pinned_at = timezone.now()
    row.save(update_fields=["pinned_at"])
    return row


@near_oneself
@transaction.atomic
def unpin_review(*, member: User, review: Review) -> Review:
    row = _own(member, review)
    if row.pinned_at is not None:
        row.pinned_at = None
        row.save(update_fields=["pinned_at"])
    return row


def _own(member: User, review: Review) -> Review:
    if review.member_id != member.pk:
        raise PermissionDenied(_("This is somebody else’s review."))
    # The review first: whoever changes one with its stars has it, too, when the member's ratings are counted anew.
    row = Review.objects.select_for_update(no_key=True).get(pk=review.pk)
    hold_member(member)  # two pins at once are not three in the end
    return row
