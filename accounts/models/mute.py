from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.rows import Row


class Mute(Row):
    """One member wants to hear nothing of another for now. The other is not told, and sees everything as before."""

    muter = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mutes_given")
    muted = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mutes_received")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["muter", "muted"], name="mute_once"),
            models.CheckConstraint(
                condition=~models.Q(muter=models.F("muted")),
                name="mute_not_self",
                violation_error_message=_("You cannot mute yourself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.muter_id} ⊘ {self.muted_id}"

    @staticmethod
    def by(viewer: Any, member: str = "member") -> models.Exists:
        """Whether the viewer mutes the member whom the outer query has under that name."""
        return models.Exists(Mute.objects.filter(muter=viewer, muted=models.OuterRef(member)))
