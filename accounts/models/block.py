from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.viewer import Viewer
from config.rows import Row


class Block(Row):
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
    def between(viewer: Viewer, member: str = "member") -> "AnyOf":
        """Whether the viewer and the member whom the query has under that name are apart, whoever began.

        The few from whom the viewer is apart are read once for the query. As an array they do not mislead the planner,
        which would take a look at each row, or NOT IN, for a condition that half of the rows meet.
        """
        other = models.Case(models.When(blocker=viewer, then="blocked"), default="blocker")
        apart = Block.objects.filter(models.Q(blocker=viewer) | models.Q(blocked=viewer)).values(other=other)
        return AnyOf(models.F(member), ArraySubquery(apart))


class AnyOf(models.Func):
    """One value is among those of an array."""

    arg_joiner = " = ANY ("
    template = "%(expressions)s)"
    output_field = models.BooleanField()
    conditional = True
