"""What a member does with the place to which copies of their data are sent. Each act is one transaction."""

from datetime import timedelta
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import hold_member
from accounts.models import CopyPlace, User
from accounts.models.copy_place import LONGEST_NAME
from accounts.outside.addresses import checked_address, is_here
from accounts.sealing import cipher_for
from config.jobs import enqueue

LONGEST_PASSWORD: Final = 500
# Between one copy that its member asks for and the next.
PAUSE: Final = timedelta(minutes=10)
# As a place is when it has just been switched on.
RESTED: Final[dict[str, Any]] = {
    "off_at": None, "off_because": "", "failing_since": None, "trouble": "", "status": None,
}  # fmt: skip


class TooSoon(ValidationError):
    """The last copy was only just sent."""


@transaction.atomic
def set_copy_place(*, member: User, address: str, username: str, password: str, often: str) -> CopyPlace:
    """A folder on the member's own server, in place of another; the first copy is sent at once.

    Without a password the one that is kept stays, as long as address and name do: a place that somebody else named is
    not told it. Raises ValidationError by field.
    """
    hold_member(member)
    place = CopyPlace.objects.select_for_update(no_key=True).filter(member=member).first() or CopyPlace(member=member)
    before = place.address, place.username
    place.address, place.username = checked_folder(address), _checked_name(username)
    if often not in CopyPlace.Often.values:
        raise ValidationError({"often": _("Choose every week or every month.")})
    place.often = often
    if len(password) > LONGEST_PASSWORD:
        raise ValidationError({"password": _("No password is so long. Write the one for this place.")})
    if password:
        place.sealed = seal(password)
    elif before != (place.address, place.username) or not place.sealed:
        raise ValidationError({"password": _("Write the password for this place.")})
    for name, value in RESTED.items():
        setattr(place, name, value)
    place.due_at = timezone.now()
    place.save()
    send_copies_soon()
    return place


@transaction.atomic
def switch_copies(*, member: User, on: bool) -> CopyPlace:
    """Send copies from now on, the first at once, or no more. Raises CopyPlace.DoesNotExist."""
    place = _own(member)
    if on and not place.is_on:
        CopyPlace.objects.filter(pk=place.pk).update(**RESTED, due_at=timezone.now())
        send_copies_soon()
    elif not on and place.is_on:
        switch_off(place, CopyPlace.Off.MEMBER)
    place.refresh_from_db()
    return place


@transaction.atomic
def send_copy_now(*, member: User) -> CopyPlace:
    """Have a copy sent beside those that come by themselves. Raises CopyPlace.DoesNotExist, TooSoon, and
    ValidationError for a place that is switched off.
    """
    place = _own(member)
    if not place.is_on:
        raise ValidationError(_("Copies are switched off. Switch them on first."), code="off")
    if place.tried_at is not None and timezone.now() - place.tried_at < PAUSE:
        raise TooSoon(_("The last copy was only just sent. Ask again in ten minutes."), code="limit")
    place.due_at = timezone.now()
    place.save(update_fields=["due_at"])
    send_copies_soon()
    return place


def forget_copy_place(*, member: User) -> None:
    """Nothing is sent any more, and nothing is known of the place. What was sent stays there. May be repeated."""
    CopyPlace.objects.filter(member=member).delete()


@transaction.atomic
def silence_copies(*, member: User) -> None:
    """As tokens end with a password: whoever had it may have named a place of theirs."""
    for place in CopyPlace.objects.select_for_update(no_key=True).filter(member=member, off_at=None):
        switch_off(place, CopyPlace.Off.PASSWORD)


@transaction.atomic
def switch_copies_off_for_house(*, administrator: User, place: CopyPlace) -> None:
    """Of somebody else's. Its member may switch them on again; who should not is to be suspended."""
    if not administrator.has_perm("accounts.delete_copyplace"):
        raise PermissionDenied(_("Only administrators do this."))
    if place.is_on:
        switch_off(place, CopyPlace.Off.HOUSE)


def switch_off(place: CopyPlace, because: str) -> None:
    """Nothing is sent there until its member switches it on. Within a transaction."""
    place.off_at, place.off_because, place.phase = timezone.now(), because, ""
    place.save(update_fields=["off_at", "off_because", "phase"])


def send_copies_soon() -> None:
    """One job sends all copies that are due, one after the other. Within a transaction."""
    enqueue("reviews.send_copies", once="send_copies")


def seal(password: str) -> str:
    return cipher_for("accounts.CopyPlace").encrypt(password.encode()).decode()


def password_of(place: CopyPlace) -> str:
    """Raises InvalidToken where it cannot be read any more, as after another SECRET_KEY was set."""
    return cipher_for("accounts.CopyPlace").decrypt(place.sealed.encode()).decode()


def checked_folder(address: str) -> str:
    """The address of a folder as it is stored, with a slash at its end. Raises ValidationError."""
    text = address.strip()
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
    except ValueError:
        host = ""
    if not host:
        raise _refusal(_("Write the whole address of a folder, such as https://cloud.example.org/dav/films/."))
    if "@" in parts.netloc:
        raise _refusal(_("Leave name and password out of the address. They have fields of their own."))
    if parts.query:
        raise _refusal(_("Leave out the question mark and what follows it. A folder has none."))
    if is_here(host, inside=settings.WEBHOOKS_PRIVATE):
        raise _refusal(_("This is an address of this site itself. Write that of your own server."))
    return checked_address(text.rstrip("/") + "/", inside=settings.WEBHOOKS_PRIVATE)


def _checked_name(username: str) -> str:
    name = username.strip()
    if not name or len(name) > LONGEST_NAME or ":" in name or not name.isprintable():
        raise ValidationError({"username": _("Write the name with which you log in there. It has no colon.")})
    return name


def _own(member: User) -> CopyPlace:
    hold_member(member)
    return CopyPlace.objects.select_for_update(no_key=True).get(member=member)


def _refusal(told: str) -> ValidationError:
    return ValidationError({"address": [told]})
