from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Block(models.Model):
    """Two members who do not see each other; the blocker decided so."""

    blocker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="blocks_given")
    blocked = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="blocks_received")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["blocker", "blocked"], name="block_once"),
            models.CheckConstraint(
                condition=~models.Q(blocker=models.F("blocked")),
                name="block_not_self",
                violation_error_message=_("You cannot block yourself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.blocker_id} ✕ {self.blocked_id}"

    @staticmethod
    def between(viewer: Any, member: str = "member") -> models.Exists:
        """Whether the viewer and the member whom the outer query has under that name are apart, whoever began."""
        return models.Exists(
            Block.objects.filter(
                models.Q(blocker=viewer, blocked=models.OuterRef(member))
                | models.Q(blocker=models.OuterRef(member), blocked=viewer)
            )
        )
