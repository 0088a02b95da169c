from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.rows import Row
from reviews.models.case import LONGEST_LINE, Decision


class Appeal(Row):
    """A member asks that a decision be looked at again, once. Another moderator than the first decides (a trigger)."""

    class Outcome(models.TextChoices):
        UPHELD = "upheld", _("The decision stands")
        REVERSED = "reversed", _("The decision is reversed")

    decision = models.OneToOneField(Decision, on_delete=models.CASCADE, related_name="appeal")
    words = models.TextField(_("what the member says"), max_length=LONGEST_LINE)
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, blank=True)
    answer = models.TextField(_("answer"), max_length=LONGEST_LINE, blank=True)

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        ordering = ["made_at", "id"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(words=""), name="appeal_has_words"),
            models.CheckConstraint(
                condition=models.Q(decided_at=None, outcome="")
                | (models.Q(decided_at__isnull=False) & ~models.Q(outcome="")),
                name="appeal_is_decided_somehow",
            ),
        ]
        indexes = [models.Index(fields=["made_at"], condition=models.Q(decided_at=None), name="appeal_waiting")]

    def __str__(self) -> str:
        return f"{self.decision_id} ({self.made_at:%Y-%m-%d})"

    def get_absolute_url(self) -> str:
        return reverse("reviews:decision", args=[self.decision_id])
