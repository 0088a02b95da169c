from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.rows import Row


class DepartureQuerySet(models.QuerySet["Departure"]):
    def unfinished(self) -> Self:
        """Departures of which something is still to be deleted, or to be told by mail."""
        return self.filter(models.Q(erased_at=None) | ~models.Q(address=""))


class Departure(Row):
    """That a member deleted their account: for moderators, with no word of who it was.

    `account` is the number that the account had. `address` is where the last mail goes; it is empty once that is sent.
    """

    account = models.BigIntegerField(_("number of the account"), unique=True)
    joined_in = models.DateField(_("joined in the month of"))
    left_at = models.DateTimeField(_("left"), default=timezone.now)
    erased_at = models.DateTimeField(_("everything deleted"), null=True)
    address = models.EmailField(blank=True)
    ratings = models.PositiveIntegerField(_("ratings"), default=0)
    reviews = models.PositiveIntegerField(_("reviews"), default=0)
    comments = models.PositiveIntegerField(_("comments"), default=0)
    lists = models.PositiveIntegerField(_("lists"), default=0)
    decisions = models.PositiveIntegerField(_("decisions about them"), default=0)
    open_cases = models.PositiveIntegerField(_("cases open about what they wrote"), default=0)

    objects = DepartureQuerySet.as_manager()

    class Meta:
        verbose_name = _("deleted account")
        verbose_name_plural = _("deleted accounts")
        ordering = ["-left_at", "-id"]

    def __str__(self) -> str:
        return str(_("Account %(number)d") % {"number": self.account})
