from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Follow(models.Model):
    """One member wants to hear of another. Follower counts are kept by a trigger."""

    follower = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="follows_given")
    followed = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="follows_received")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["follower", "followed"], name="follow_once"),
            models.CheckConstraint(
                condition=~models.Q(follower=models.F("followed")),
                name="follow_not_self",
                violation_error_message=_("You cannot follow yourself."),
            ),
        ]
        indexes = [models.Index(fields=["followed", "-created_at"], name="follow_followers")]

    def __str__(self) -> str:
        return f"{self.follower_id} → {self.followed_id}"
