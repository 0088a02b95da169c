from typing import Final, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.trouble import Trouble
from accounts.models.webhook import LONGEST_ADDRESS
from config.rows import Row

LONGEST_NAME: Final = 200


class Refusal(models.TextChoices):
    """What a server says where copies are to be kept, beside what may go wrong on the way there."""

    LOGIN = "login", _("did not take the name and the password")
    FORBIDDEN = "forbidden", _("lets nothing be written there")
    MISSING = "missing", _("has no such folder")
    LARGE = "large", _("takes no file as large")
    FULL = "full", _("has no room left")
    NO_WEBDAV = "no_webdav", _("speaks no WebDAV there")
    LOCKED = "locked", _("has it locked just now")
    BUSY = "busy", _("wants to be asked less often")
    OURS = "ours", _("was not asked, as the copy is larger than what is sent from here")


class CopyPlaceQuerySet(models.QuerySet["CopyPlace"]):
    def on(self) -> Self:
        """Those that copies are sent to: neither switched off, nor of somebody who is suspended."""
        return self.filter(off_at=None, member__is_active=True)


class CopyPlace(Row):
    """A folder on a member's own server (WebDAV) to which a copy of all that is theirs is sent by itself.

    The password is kept enciphered.
    """

    class Often(models.TextChoices):
        WEEK = "week", _("Every week")
        MONTH = "month", _("Every month")

    class Phase(models.TextChoices):
        """What is being done right now."""

        MAKING = "making", _("being made")
        SENDING = "sending", _("on its way")

    class Off(models.TextChoices):
        """Why nothing is sent any more."""

        MEMBER = "member", _("You switched it off.")
        FAILING = "failing", _("For a week no copy arrived there.")
        PASSWORD = "password", _("You changed your password here. Switch it on again if the place is still yours.")
        HOUSE = "house", _("The people who run this site switched it off.")
        SECRET = "secret", _("The key of this site changed. Write the password of the place again.")

    member = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="copy_place")
    address = models.CharField(_("folder"), max_length=LONGEST_ADDRESS)
    username = models.CharField(_("name there"), max_length=LONGEST_NAME)
    sealed = models.CharField(max_length=3000, editable=False)
    often = models.CharField(_("how often"), max_length=5, choices=Often, default=Often.WEEK)
    created_at = models.DateTimeField(_("named"), default=timezone.now)
    # When the next copy, or the next attempt at it, is due.
    due_at = models.DateTimeField(default=timezone.now)
    phase = models.CharField(max_length=7, choices=Phase, blank=True)
    tried_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(
        _("last sent"), null=True, blank=True
    )  # the last one that arrived, under this name and of this size
    file = models.CharField(max_length=120, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    # Of the last attempt, where it failed; and since when none has succeeded.
    trouble = models.CharField(max_length=12, choices=[*Trouble.choices, *Refusal.choices], blank=True)
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    failing_since = models.DateTimeField(_("failing since"), null=True, blank=True)
    off_at = models.DateTimeField(_("switched off"), null=True, blank=True)
    off_because = models.CharField(_("why"), max_length=10, choices=Off, blank=True)

    objects = CopyPlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("place for copies")
        verbose_name_plural = _("places for copies")
        constraints = [
            models.CheckConstraint(condition=Q(address__startswith="https://"), name="copies_by_https"),
            models.CheckConstraint(condition=Q(address__endswith="/"), name="copies_into_a_folder"),
            models.CheckConstraint(
                condition=Q(off_at=None, off_because="") | Q(off_at__isnull=False) & ~Q(off_because=""),
                name="copies_off_says_why",
            ),
        ]
        indexes = [models.Index(fields=["due_at"], condition=Q(off_at=None), name="copies_due")]

    def __str__(self) -> str:
        return self.host

    @property
    def host(self) -> str:
        return self.address.removeprefix("https://").partition("/")[0]

    @property
    def is_on(self) -> bool:
        return self.off_at is None
