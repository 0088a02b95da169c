from typing import Final, Self

from allauth.idp.oidc.models import Client, Token
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.rows import Row

# By these an app acts for a member, now or when it has renewed them.
ACTING: Final = (Token.Type.ACCESS_TOKEN, Token.Type.REFRESH_TOKEN)


class AppQuerySet(models.QuerySet["App"]):
    def standing(self) -> Self:
        """Apps that may ask to be let in: not those of whoever is suspended. An app of the house has no owner."""
        return self.filter(models.Q(owner=None) | models.Q(owner__is_active=True))


class App(Client):
    """A program of somebody's that members may let in by OpenID Connect, as allauth keeps it."""

    objects = AppQuerySet.as_manager()

    class Meta:
        proxy = True
        verbose_name = _("app")
        verbose_name_plural = _("apps")

    def __str__(self) -> str:
        return self.name

    @property
    def keeps_a_secret(self) -> bool:
        return self.type == Client.Type.CONFIDENTIAL


class SigningKey(Row):
    """What the house signs its word with, when it tells an app who somebody is; enciphered by SECRET_KEY.

    It is in the database so that several machines sign alike, and a copy of the site needs no other file.
    """

    sealed = models.TextField(editable=False)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("signing key")
        verbose_name_plural = _("signing keys")

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d}"
