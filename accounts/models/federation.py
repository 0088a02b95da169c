"""What a member shows to other servers, and what was sent there (docs/federation.md)."""

from typing import Final, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.elsewhere import Inbox, Stranger
from accounts.models.trouble import Trouble
from config.rows import Row

LONGEST_MESSAGE: Final = 200_000  # letters: a review in HTML, as JSON


class ActorQuerySet(models.QuerySet["Actor"]):
    def open(self) -> Self:
        """Whom people elsewhere can follow: switched on, and of a public account that is not suspended."""
        return self.filter(ended_at=None, member__is_active=True, member__is_private=False)


class Actor(Row):
    """A member as other servers know them, from the day they switch it on until it ends.

    Its number stands in its addresses, so they outlast a change of the username. Whoever switches it on again gets
    another one: other servers remember for good that the first is gone. It ends by a trigger when its member is
    suspended, makes the account private or deletes it. The key stays until everybody was told of the end.
    """

    # Nobody's, once the account is deleted.
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="actors"
    )
    public_key = models.TextField(max_length=1000, editable=False)
    sealed = models.TextField(max_length=4000, editable=False)
    approves = models.BooleanField(_("lets followers in one by one"), default=False, db_default=False)
    created_at = models.DateTimeField(_("switched on"), default=timezone.now)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    said_goodbye_at = models.DateTimeField(null=True, blank=True, editable=False)
    # The name, picture or words about oneself changed, and followers elsewhere were not told yet. Kept by a trigger.
    is_due = models.BooleanField(default=False, db_default=False, editable=False)

    objects = ActorQuerySet.as_manager()

    class Meta:
        verbose_name = _("member seen from elsewhere")
        verbose_name_plural = _("members seen from elsewhere")
        constraints = [
            models.UniqueConstraint(fields=["member"], condition=Q(ended_at=None), name="actor_one_a_member"),
            models.CheckConstraint(condition=Q(said_goodbye_at=None) | Q(ended_at__isnull=False), name="actor_ended"),
        ]
        indexes = [
            models.Index(fields=["id"], condition=Q(is_due=True) | Q(ended_at__isnull=False), name="actor_to_see_to"),
        ]

    def __str__(self) -> str:
        return f"{self.member or self.pk}"


class Follower(Row):
    """Somebody elsewhere who follows a member, or has asked to."""

    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="followers", db_index=False)
    stranger = models.ForeignKey(Stranger, on_delete=models.CASCADE, related_name="follows")
    activity = models.CharField(max_length=500)  # the address of what asked, which the answer names
    created_at = models.DateTimeField(default=timezone.now)
    accepted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("follower elsewhere")
        verbose_name_plural = _("followers elsewhere")
        constraints = [models.UniqueConstraint(fields=["actor", "stranger"], name="follower_once")]
        indexes = [models.Index(fields=["actor", "-id"], name="follower_newest")]

    def __str__(self) -> str:
        return f"{self.stranger_id} follows {self.actor_id}"


class Reached(Row):
    """An inbox at which something of a member's arrived, or may have: it hears when that is taken back."""

    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="reached", db_index=False)
    inbox = models.ForeignKey(Inbox, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["actor", "inbox"], name="reached_once")]

    def __str__(self) -> str:
        return f"{self.actor_id} at {self.inbox_id}"


class Copy(Row):
    """A review or a line of the diary that others elsewhere have, or shall have.

    `number` is the row's. It is no foreign key: when the row is gone, they are still to be told so. Triggers set
    `is_due` when what everybody may read of it changes, whatever changes it, and while it is nothing of it is sent.
    """

    class Kind(models.TextChoices):
        REVIEW = "review", _("Review")
        VIEWING = "viewing", _("Viewing")

    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="copies")
    kind = models.CharField(max_length=8, choices=Kind)
    number = models.BigIntegerField()
    is_due = models.BooleanField(default=True, db_default=True)
    told_at = models.DateTimeField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True, db_default="")  # of what was told

    class Meta:
        verbose_name = _("copy elsewhere")
        verbose_name_plural = _("copies elsewhere")
        constraints = [models.UniqueConstraint(fields=["kind", "number", "actor"], name="copy_once")]
        indexes = [models.Index(fields=["actor", "id"], condition=Q(is_due=True), name="copy_due")]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class Reaction(Row):
    """Somebody elsewhere likes it, or has passed it on. It counts in no number of the house."""

    class Kind(models.TextChoices):
        LIKE = "like", _("Like")
        BOOST = "boost", _("Boost")

    copy = models.ForeignKey(Copy, on_delete=models.CASCADE, related_name="reactions", db_index=False)
    stranger = models.ForeignKey(Stranger, on_delete=models.CASCADE, related_name="reactions")
    kind = models.CharField(max_length=5, choices=Kind)
    activity = models.CharField(max_length=500)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("reaction from elsewhere")
        verbose_name_plural = _("reactions from elsewhere")
        constraints = [models.UniqueConstraint(fields=["copy", "kind", "stranger"], name="reaction_once")]

    def __str__(self) -> str:
        return f"{self.stranger_id}: {self.kind} {self.copy_id}"


class Message(Row):
    """What is sent in a member's name, whole, to each inbox that is to have it."""

    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="messages")
    # Of which it tells; with it goes what was not sent yet.
    copy = models.ForeignKey(Copy, on_delete=models.CASCADE, null=True, blank=True, related_name="messages")
    body = models.TextField(max_length=LONGEST_MESSAGE)
    is_goodbye = models.BooleanField(default=False, db_default=False)  # sent although the actor has ended
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["created_at"], name="message_oldest")]

    def __str__(self) -> str:
        return f"{self.pk} of {self.actor_id}"


class DispatchQuerySet(models.QuerySet["Dispatch"]):
    def waiting(self) -> Self:
        return self.filter(state=Dispatch.State.WAITING)

    def sendable(self) -> Self:
        """What still holds: of a member who has not ended, and of nothing that has changed since."""
        holds = Q(message__copy=None) | Q(message__copy__is_due=False)
        return self.waiting().filter(Q(message__is_goodbye=True) | (holds & Q(message__actor__ended_at=None)))


class Dispatch(Row):
    """One message to one inbox, and how sending it went."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SENT = "sent", _("Delivered")
        FAILED = "failed", _("Given up")

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="dispatches", db_index=False)
    inbox = models.ForeignKey(Inbox, on_delete=models.CASCADE, related_name="dispatches")
    state = models.CharField(max_length=7, choices=State, default=State.WAITING, db_default=State.WAITING)
    due_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0, db_default=0)
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    trouble = models.CharField(max_length=12, choices=Trouble, blank=True, db_default="")

    objects = DispatchQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "inbox"], name="dispatch_once")]
        indexes = [
            models.Index(fields=["inbox", "due_at", "id"], condition=Q(state="waiting"), name="dispatch_due"),
        ]

    def __str__(self) -> str:
        return f"{self.message_id} to {self.inbox_id}"
