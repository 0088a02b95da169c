"""Reports, and what moderators do about them."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from films.actions.holding import hold_film
from reviews.models import Case, Comment, Report, Review


@transaction.atomic
def report(*, member: User, text: Review | Comment, reason: str, message: str = "") -> Report:
    """Ask the moderators to look. One open report a member and text; a second call gives the first.

    Raises PermissionDenied for a text that the member may not read, or their own; ValidationError for a bad reason.
    """
    if text.member_id == member.pk:
        raise PermissionDenied(_("This is your own. You can change or delete it."))
    if not type(text).objects.visible_to(member).filter(pk=text.pk).exists():
        raise PermissionDenied(_("You cannot report this."))
    if reason not in Report.Reason.values:
        raise ValidationError({"reason": [_("Choose what is wrong with it.")]})
    if reason in {Report.Reason.OTHER, Report.Reason.PLAGIARISM} and not message.strip():
        raise ValidationError({"message": [_("Say in a sentence what is wrong, or where it was copied from.")]})
    if len(message) > 1000:
        raise ValidationError({"message": [_("Shorten this to 1,000 characters or fewer.")]})
    about = {"review": text} if isinstance(text, Review) else {"comment": text}
    case = Case.objects.get_or_create(closed_at=None, **about)[0]
    said = {"reason": reason, "message": message.strip(), "case": case}
    return Report.objects.get_or_create(reporter=member, closed_at=None, **about, defaults=said)[0]


def _hold(text: Review | Comment) -> None:
    """The film counts its public reviews: a merge of it comes before this, or after."""
    if isinstance(text, Review):
        hold_film(text.film)


def _require_moderator(moderator: User) -> None:
    if not moderator.has_perm("reviews.remove_review"):
        raise PermissionDenied(_("Only moderators do this."))


@transaction.atomic
def remove_text(*, moderator: User, text: Review | Comment, reason: str) -> Review | Comment:
    """Take a review or a comment from everybody's eyes but its writer's; open reports on it are closed."""
    _require_moderator(moderator)
    if not reason.strip():
        raise ValidationError({"removal_reason": [_("Say why: the writer is told.")]})
    _hold(text)
    now = timezone.now()
    text.removed_at, text.removed_by, text.removal_reason = text.removed_at or now, moderator, reason.strip()
    text.save(update_fields=["removed_at", "removed_by", "removal_reason"])
    open_reports = Report.objects.filter(closed_at=None)
    open_reports = open_reports.filter(review=text) if isinstance(text, Review) else open_reports.filter(comment=text)
    open_reports.update(
        closed_at=now, closed_by=moderator, outcome=_("Removed: %(reason)s") % {"reason": reason.strip()[:250]}
    )
    return text


@transaction.atomic
def restore_text(*, moderator: User, text: Review | Comment) -> Review | Comment:
    """Put back what a moderator had removed."""
    _require_moderator(moderator)
    _hold(text)
    text.removed_at, text.removed_by, text.removal_reason = None, None, ""
    text.save(update_fields=["removed_at", "removed_by", "removal_reason"])
    return text


@transaction.atomic
def close_report(*, moderator: User, report: Report, outcome: str) -> Report:
    """Say what was done about a report, nothing included."""
    _require_moderator(moderator)
    report.closed_at, report.closed_by, report.outcome = timezone.now(), moderator, outcome.strip()[:300]
    report.save(update_fields=["closed_at", "closed_by", "outcome"])
    return report
