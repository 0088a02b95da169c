"""Notices above every page: put up by curators, ended by themselves or by hand, put away by whoever has read them."""

from datetime import datetime
from typing import Any, Final, TypedDict, Unpack

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.freshness import near_oneself
from accounts.legible import line_of
from accounts.models import User
from reviews.models import HouseNotice, NoticePutAway

MOST_NOTICES: Final = 10  # that stand or will
LINES: Final = ("words", "link", "link_words")


class NoticeFacts(TypedDict, total=False):
    """What may be said of a notice. What is left out stays as it is."""

    kind: str
    words: str
    link: str
    link_words: str
    audience: str
    starts_at: datetime
    ends_at: datetime | None


@transaction.atomic
def save_notice(*, editor: User, notice: HouseNotice | None = None, **facts: Unpack[NoticeFacts]) -> HouseNotice:
    """A new notice, or a changed one. Whoever has put it away does not see it again.

    Raises ValidationError by field, and where so many stand that nobody would read another.
    """
    new = notice is None or notice.pk is None
    if not editor.has_perm("reviews.add_housenotice" if new else "reviews.change_housenotice"):
        raise PermissionDenied(_("Only curators do this."))
    row = HouseNotice(made_by=editor) if new else _lock(notice)
    changes: dict[str, Any] = dict(facts)
    for name, value in changes.items():
        setattr(row, name, line_of(value, name) if name in LINES else value)
    row.full_clean()
    check_room(row.ends_at, besides=row.pk)
    row.save()
    return row


@transaction.atomic
def end_notice(*, editor: User, notice: HouseNotice) -> HouseNotice:
    """Take it down now. One that is over stays as it is; one that has not begun is deleted."""
    if not editor.has_perm("reviews.change_housenotice"):
        raise PermissionDenied(_("Only curators do this."))
    row, now = _lock(notice), timezone.now()
    if row.starts_at >= now:
        row.delete()
    elif row.ends_at is None or row.ends_at > now:
        row.ends_at = now
        row.save(update_fields=["ends_at", "updated_at"])
    return row


@transaction.atomic
def delete_notice(*, editor: User, notice: HouseNotice) -> None:
    if not editor.has_perm("reviews.delete_housenotice"):
        raise PermissionDenied(_("Only curators do this."))
    notice.delete()


def check_room(ends_at: datetime | None, *, besides: int | None = None) -> None:
    """Raise ValidationError where there is none for a notice that ends then, besides the one of that number."""
    is_over = ends_at is not None and ends_at <= timezone.now()
    if is_over:
        return
    others = HouseNotice.objects.not_over()
    if (others if besides is None else others.exclude(pk=besides)).count() >= MOST_NOTICES:
        raise ValidationError(_("%(most)d notices stand or will. End one first.") % {"most": MOST_NOTICES})


@near_oneself
def put_away(*, member: User, notice: HouseNotice) -> None:
    """For good. May be repeated."""
    NoticePutAway.objects.bulk_create([NoticePutAway(member=member, notice=notice)], ignore_conflicts=True)


def _lock(notice: HouseNotice | None) -> HouseNotice:
    assert notice is not None  # only one that is stored comes here
    return HouseNotice.objects.select_for_update(no_key=True).get(pk=notice.pk)
