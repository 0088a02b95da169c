from typing import Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.rows import Row
from films.models import Film


class IncidentQuerySet(models.QuerySet["Incident"]):
    def open(self) -> Self:
        return self.filter(ended_at=None)


class Incident(Row):
    """A dated, public note that the ratings of a film came in a way that honest evenings do not make.

    While it is open, new ratings of the film are held: kept, shown to their members, not counted. Staff end it: lifted,
    all that it holds counts again; confirmed, what it holds stays out of the score.
    """

    class Ending(models.TextChoices):
        LIFTED = "lifted", _("Lifted: the ratings count")
        CONFIRMED = "confirmed", _("Confirmed: the ratings stay out of the score")

    film = models.ForeignKey(Film, on_delete=models.CASCADE, related_name="incidents")
    began_at = models.DateTimeField(_("ratings held from"))
    opened_at = models.DateTimeField(_("seen"), default=timezone.now)
    # The figures that the detector saw, by the names of reviews/flow.py, with the version of its rule.
    seen = models.JSONField(_("what was seen"), default=dict)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("opened by"),
    )
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    ending = models.CharField(_("how it ended"), max_length=10, choices=Ending, blank=True)
    words = models.CharField(_("what the house says about it"), max_length=500, blank=True)

    objects = IncidentQuerySet.as_manager()

    class Meta:
        verbose_name = _("incident")
        verbose_name_plural = _("incidents")
        ordering = ["-opened_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["film"], condition=models.Q(ended_at=None), name="incident_one_open_a_film"
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at=None, ending="")
                | (models.Q(ended_at__isnull=False) & ~models.Q(ending="")),
                name="incident_ends_somehow",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.film} ({self.opened_at:%Y-%m-%d})"

    def get_absolute_url(self) -> str:
        return f"{reverse('films:score', args=[self.film.slug])}#incident-{self.pk}"

    @property
    def is_open(self) -> bool:
        return self.ended_at is None
