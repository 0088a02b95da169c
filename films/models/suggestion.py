from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.rows import Row
from films.models.film import Film


class Suggestion(Row):
    """What a member says is wrong with a film, and what a curator made of it."""

    class Kind(models.TextChoices):
        CORRECTION = "correction", _("A fact is wrong or missing")
        MERGE = "merge", _("This film is here twice")

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        ACCEPTED = "accepted", _("Accepted")
        REFUSED = "refused", _("Refused")

    film = models.ForeignKey(Film, on_delete=models.CASCADE, related_name="suggestions")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="suggestions")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.CORRECTION)
    fact = models.CharField(_("what"), max_length=80, blank=True)
    value = models.CharField(_("what it should say"), max_length=1000, blank=True)
    twin = models.ForeignKey(
        Film, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("the same film as")
    )
    note = models.CharField(_("how you know"), max_length=1000, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.WAITING)
    answer = models.CharField(_("answer"), max_length=500, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(_("sent"), default=timezone.now)

    class Meta:
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(kind="merge") | ~models.Q(twin=models.F("film")),
                name="suggestion_twin_is_another",
                violation_error_message=_("Name the other film: this one cannot be its own twin."),
            )
        ]
        indexes = [
            models.Index(fields=["state", "-created_at"], name="suggestion_waiting"),
            models.Index(fields=["member", "-created_at"], name="suggestion_by_member"),
        ]

    def __str__(self) -> str:
        return f"{self.film_id} {self.kind} {self.fact}"
