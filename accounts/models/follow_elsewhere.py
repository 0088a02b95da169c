"""Whom members follow on other servers (docs/federation.md)."""

from typing import Final, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.elsewhere import LONGEST_ADDRESS, Stranger
from accounts.models.federation import Actor, Message
from accounts.models.user import User
from config.rows import Row

# Of these nobody knows yet who they are.
UNKNOWN: Final = ("sought", "missing")


class FollowElsewhereQuerySet(models.QuerySet["FollowElsewhere"]):
    def of(self, member: User) -> Self:
        return self.filter(actor__in=Actor.objects.open().filter(member=member))

    def heard(self) -> Self:
        """Of whom the member hears: their server said yes, and the member is still there."""
        return self.filter(state=FollowElsewhere.State.ACCEPTED, actor__in=Actor.objects.open())


class FollowElsewhere(Row):
    """That a member follows somebody on another server, or has asked to. It is the actor's, and ends with it."""

    class State(models.TextChoices):
        SOUGHT = "sought", _("Being looked for")
        MISSING = "missing", _("Not found")
        ASKED = "asked", _("Asked")
        ACCEPTED = "accepted", _("Followed")
        REFUSED = "refused", _("Refused")

    # The two uniques begin with it.
    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="follows_elsewhere", db_index=False)
    called = models.CharField(max_length=LONGEST_ADDRESS)  # as the member named them: @zoe@example.org, or an address
    stranger = models.ForeignKey(
        Stranger, on_delete=models.CASCADE, null=True, related_name="followed_by", db_index=False
    )
    # What asked, as long as it is kept: taken back before it has left, it never leaves.
    message = models.ForeignKey(Message, on_delete=models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=8, choices=State, default=State.SOUGHT, db_default=State.SOUGHT)
    attempts = models.PositiveSmallIntegerField(default=0, db_default=0)  # to find them
    created_at = models.DateTimeField(default=timezone.now)

    objects = FollowElsewhereQuerySet.as_manager()

    class Meta:
        verbose_name = _("follow elsewhere")
        verbose_name_plural = _("follows elsewhere")
        constraints = [
            models.UniqueConstraint(fields=["actor", "called"], name="follow_elsewhere_once"),
            models.UniqueConstraint(fields=["actor", "stranger"], name="follow_elsewhere_of_one"),
            models.CheckConstraint(
                condition=Q(state__in=UNKNOWN, stranger=None) | ~Q(state__in=UNKNOWN) & Q(stranger__isnull=False),
                name="follow_elsewhere_known",
            ),
        ]
        indexes = [
            models.Index(fields=["stranger", "actor"], name="follow_elsewhere_heard"),
            models.Index(fields=["id"], condition=Q(state="sought"), name="follow_elsewhere_sought"),
        ]

    def __str__(self) -> str:
        return f"{self.actor_id} follows {self.called}"

    @property
    def handle(self) -> str:
        """The name that they have there; what the member wrote, until it is known."""
        return self.called if self.stranger is None else self.stranger.handle
