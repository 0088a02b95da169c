"""The shelf: which copies of films a member owns, and who has them on loan."""

from datetime import timedelta
from typing import Any, Final, Unpack

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import hold_member
from accounts.freshness import near_oneself
from accounts.models import User
from films.models import Film
from reviews.actions.limiting import check_may_post, hold_posts
from reviews.models import OwnedCopy, Posting
from reviews.models.owned_copy import MOST_COPIES, MOST_OF_A_FILM
from reviews.owning import Said, checked

SAME_FORM: Final = timedelta(minutes=1)  # the same copy again within this time is one form sent twice


@near_oneself
@transaction.atomic
def add_copy(*, member: User, film: Film, **said: Unpack[Said]) -> OwnedCopy:
    """Put a copy on the member's shelf. The same twice is two copies: people have that.

    Raises ValidationError by field for what cannot be kept, or where there is no room; LimitReached after too many in a
    day.
    """
    return _added(member, film, _whole(said))


@near_oneself
@transaction.atomic
def add_once(*, member: User, film: Film, **said: Unpack[Said]) -> OwnedCopy:
    """What `add_copy` does, for a form: the very same copy sent twice within a minute is one.

    Programs have keys of their own for that (Idempotency-Key).
    """
    columns = _whole(said)
    hold_posts(member=member)
    recent = OwnedCopy.objects.filter(member=member, film=film, created_at__gt=timezone.now() - SAME_FORM)
    twice = recent.filter(**columns).first()
    return _added(member, film, columns) if twice is None else twice


@near_oneself
@transaction.atomic
def change_copy(*, member: User, copy: OwnedCopy, **said: Unpack[Said]) -> OwnedCopy:
    """Say something else of a copy; what is not given stays. Raises ValidationError by field."""
    _check_own(member, copy)
    columns = checked(said)
    hold_member(member)
    now = OwnedCopy.objects.get(pk=copy.pk)
    changed = _with_the_loan(now, {name: value for name, value in columns.items() if value != getattr(now, name)})
    for name, value in changed.items():
        setattr(now, name, value)
    if changed:
        now.updated_at = timezone.now()
        now.save(update_fields=[*changed, "updated_at"])
    return now


@near_oneself
@transaction.atomic
def drop_copy(*, member: User, copy: OwnedCopy) -> None:
    """Take a copy off the shelf. May be repeated."""
    _check_own(member, copy)
    OwnedCopy.objects.filter(pk=copy.pk).delete()


def _whole(said: Said) -> dict[str, Any]:
    """All columns of a copy of which so much is said."""
    empty: Said = {"kind": "", "cut": "", "details": "", "since": "", "lent_to": "", "lent_on": None}
    columns = checked(empty | said)
    return columns | _with_the_loan(OwnedCopy(**columns), {})


def _with_the_loan(copy: OwnedCopy, changed: dict[str, Any]) -> dict[str, Any]:
    """The changes, with the day of a loan forgotten where nobody has the copy. Raises ValidationError for a day that is
    given without anybody.
    """
    to, on = changed.get("lent_to", copy.lent_to), changed.get("lent_on", copy.lent_on)
    if to or on is None:
        return changed
    if changed.get("lent_to") == "" and "lent_on" not in changed:
        return changed | {"lent_on": None}
    raise ValidationError({"lent_to": [_("Say to whom you lent it, or leave the day empty.")]})


def _added(member: User, film: Film, columns: dict[str, Any]) -> OwnedCopy:
    hold_posts(member=member)
    hold_member(member)
    _check_room(member, film)
    check_may_post(member=member, kind=Posting.Kind.COPY)
    return OwnedCopy.objects.create(member=member, film=film, **columns)


def _check_room(member: User, film: Film) -> None:
    own = OwnedCopy.objects.filter(member=member)
    if own.filter(film=film).count() >= MOST_OF_A_FILM:
        raise ValidationError(
            _("You have %(most)d copies of this film on your shelf, and there is no room for more.")
            % {"most": MOST_OF_A_FILM},
            code="copies",
        )
    if own.count() >= MOST_COPIES:
        raise ValidationError(
            _("There are %(most)d copies on your shelf, and there is no room for more.") % {"most": MOST_COPIES},
            code="copies",
        )


def _check_own(member: User, copy: OwnedCopy) -> None:
    if copy.member_id != member.pk:
        raise PermissionDenied(_("This is somebody else’s shelf."))
