from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.rows import Row
from films.models.film import Film


class Merge(Row):
    """Two films, or two people, that were one. Holds all that is needed to take it back."""

    class Kind(models.TextChoices):
        FILM = "film", _("Film")
        PERSON = "person", _("Person")

    kind = models.CharField(_("kind"), max_length=6, choices=Kind)
    kept_id = models.BigIntegerField(editable=False)
    gone_id = models.BigIntegerField(editable=False)
    kept_name = models.CharField(_("kept"), max_length=300)
    gone_name = models.CharField(_("merged into it"), max_length=300)
    # The row that went, the rows that moved (by table and id), the rows that had no place beside another.
    record = models.JSONField(editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("when"), default=timezone.now)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)

    class Meta:
        verbose_name = _("merge")
        verbose_name_plural = _("merges")
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.gone_name} → {self.kept_name}"


class Duplicate(Row):
    """Two films that look like one, and what a curator thinks of it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        DISTINCT = "distinct", _("Two films")

    film = models.ForeignKey(Film, on_delete=models.CASCADE, related_name="+", verbose_name=_("film"))
    twin = models.ForeignKey(Film, on_delete=models.CASCADE, related_name="+", verbose_name=_("perhaps the same"))
    reason = models.CharField(_("why"), max_length=250)
    shared_people = models.PositiveIntegerField(_("people in both"), default=0)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.WAITING)
    found_at = models.DateTimeField(_("found"), default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("possible duplicate")
        verbose_name_plural = _("possible duplicates")
        ordering = ["-shared_people", "id"]
        constraints = [
            models.UniqueConstraint(fields=["film", "twin"], name="duplicate_once"),
            models.CheckConstraint(condition=models.Q(film__lt=models.F("twin")), name="duplicate_in_order"),
        ]
        indexes = [models.Index(fields=["state", "-shared_people"], name="duplicate_waiting")]

    def __str__(self) -> str:
        return f"{self.film} = {self.twin}?"
