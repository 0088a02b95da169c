from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.rows import Row


class Follow(Row):
    """One member wants to hear of another. Follower counts are kept by a trigger.

    A side that is suspended is set aside (by a trigger, too), and counts for nobody.
    """

    follower = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="follows_given")
    followed = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="follows_received")
    created_at = models.DateTimeField(default=timezone.now)
    follower_set_aside = models.BooleanField(default=False, db_default=False, editable=False)
    followed_set_aside = models.BooleanField(default=False, db_default=False, editable=False)

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

    @staticmethod
    def by(viewer: Any, member: str = "member") -> models.Exists:
        """Whether the viewer follows the member whom the outer query has under that name."""
        return models.Exists(Follow.objects.filter(follower=viewer, followed=models.OuterRef(member)))


class FollowRequest(Row):
    """Somebody asks to follow a member whose account is private. Accepted, it becomes a Follow; refused, it goes."""

    follower = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="requests_given")
    followed = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="requests_received")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["follower", "followed"], name="follow_request_once"),
            models.CheckConstraint(
                condition=~models.Q(follower=models.F("followed")),
                name="follow_request_not_self",
                violation_error_message=_("You cannot follow yourself."),
            ),
        ]
        indexes = [models.Index(fields=["followed", "-id"], name="follow_request_waiting")]

    def __str__(self) -> str:
        return f"{self.follower_id} ⇢ {self.followed_id}"
