import secrets
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.rows import Row


def new_code() -> str:
    return secrets.token_urlsafe(12)


class InviteQuerySet(models.QuerySet["Invite"]):
    def open(self) -> Self:
        """Those that still let somebody in."""
        return self.filter(models.Q(expires_at=None) | models.Q(expires_at__gt=timezone.now()), used_at=None)


class Invite(Row):
    """A code that lets one person sign up while sign-up is by invitation."""

    code = models.CharField(_("code"), max_length=24, unique=True, default=new_code)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="invites_given", verbose_name=_("given by")
    )
    created_at = models.DateTimeField(_("made"), default=timezone.now)
    expires_at = models.DateTimeField(_("expires"), null=True, blank=True)
    used_by = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="invite_used",
        verbose_name=_("used by"),
    )
    used_at = models.DateTimeField(_("used"), null=True, blank=True)

    objects = InviteQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")

    def __str__(self) -> str:
        return self.code
