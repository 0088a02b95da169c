from typing import Final, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.token import digest
from config.rows import Row
from films.models import Country, Release

# The ways in which a film comes out that members choose from, and the kinds of releases that each stands for.
WAYS_OUT: Final[dict[str, tuple[str, ...]]] = {
    Release.Kind.CINEMA.value: (Release.Kind.LIMITED.value, Release.Kind.CINEMA.value),
    Release.Kind.DIGITAL.value: (Release.Kind.DIGITAL.value,),
    Release.Kind.DISC.value: (Release.Kind.DISC.value,),
    Release.Kind.TV.value: (Release.Kind.TV.value,),
}
NAMES_OF_WAYS: Final = [(way, Release.Kind(way).label) for way in WAYS_OUT]


class CalendarChoiceQuerySet(models.QuerySet["CalendarChoice"]):
    def at(self, secret: str) -> Self:
        """The one whose calendar has this secret in its address, if its member can come in."""
        return self.filter(digest=digest(secret), member__is_active=True)


class CalendarChoice(Row):
    """Where a member wants to know what comes out, and of which ways out they want to hear.

    Of the address of a member's own calendar only the secret's digest is kept.
    """

    member = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_choice")
    country = models.ForeignKey(
        Country, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("country")
    )
    ways = ArrayField(
        models.CharField(max_length=8, choices=NAMES_OF_WAYS), default=list, blank=True, verbose_name=_("ways out")
    )
    digest = models.CharField(max_length=64, blank=True, editable=False)

    objects = CalendarChoiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("choice for the calendar")
        verbose_name_plural = _("choices for the calendar")
        constraints = [
            models.CheckConstraint(condition=Q(ways__contained_by=list(WAYS_OUT)), name="calendar_ways_known"),
            models.UniqueConstraint(fields=["digest"], condition=~Q(digest=""), name="calendar_address_once"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.country_id or '-'}"
