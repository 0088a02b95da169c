from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.rows import Row
from films.models.film import Film
from films.models.run import ImportRun
from films.models.source import Source


class Conflict(Row):
    """A source that disagrees with a fact that is locked or was settled by hand. A curator decides, once."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        ACCEPTED = "accepted", _("Theirs taken")
        REFUSED = "refused", _("Ours kept")

    film = models.ForeignKey(Film, on_delete=models.CASCADE, related_name="conflicts")
    fact = models.CharField(max_length=80)
    source = models.CharField(_("source"), max_length=10, choices=Source)
    ours = models.JSONField(null=True)  # when it was found; what counts is what the film says now
    theirs = models.JSONField(null=True)
    run = models.ForeignKey(ImportRun, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.WAITING)
    found_at = models.DateTimeField(_("found"), default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("conflict")
        verbose_name_plural = _("conflicts")
        ordering = ["-found_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["film", "fact", "source"], name="conflict_once")]
        indexes = [models.Index(fields=["state", "-found_at"], name="conflict_waiting")]

    def __str__(self) -> str:
        return f"{self.film}: {self.fact}"
