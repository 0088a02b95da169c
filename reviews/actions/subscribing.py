"""Following a thread, and leaving it for good."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from reviews.audience import readers_of
from reviews.models import FilmList, Subscription
from reviews.models.comment import Subject, subject_name


def follow_thread(*, member: User, subject: Subject, link_key: str = "") -> Subscription:
    """Hear of new comments. Raises PermissionDenied for a thread that the member may not read.

    `link_key`: see FilmList.visible_to.
    """
    if isinstance(subject, FilmList) and link_key:
        may_read = FilmList.objects.visible_to(member, link_key=link_key).filter(pk=subject.pk).exists()
    else:
        may_read = bool(readers_of(subject, [member.pk]))
    if not may_read:
        raise PermissionDenied(_("You cannot follow this thread."))
    return _set(member, subject, is_on=True)


def leave_thread(*, member: User, subject: Subject) -> Subscription:
    """Hear no more of it, whatever one writes there later, until one follows it again."""
    return _set(member, subject, is_on=False)


def follow_by_writing(*, member: User, subject: Subject) -> None:
    """Whoever says something in a thread follows it, once: those who left stay out."""
    thread = {"member": member, subject_name(subject): subject}
    Subscription.objects.bulk_create([Subscription(**thread)], ignore_conflicts=True)


def _set(member: User, subject: Subject, *, is_on: bool) -> Subscription:
    thread: dict[str, Any] = {"member": member, subject_name(subject): subject}
    state = {"is_on": is_on, "updated_at": timezone.now()}
    return Subscription.objects.update_or_create(**thread, defaults=state)[0]
