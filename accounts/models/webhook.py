import uuid
from typing import Final, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.trouble import Trouble
from config.rows import Row

LONGEST_ADDRESS: Final = 500
TEST: Final = "test"


class Event(models.TextChoices):
    """What programs can be told of. These names are promised: one may be added, none changes what it means."""

    DIARY_ADDED = "diary.added", _("You log a film")
    DIARY_CHANGED = "diary.changed", _("You change a line of your diary")
    DIARY_DELETED = "diary.deleted", _("You delete a line of your diary")
    REVIEW_POSTED = "review.posted", _("You post a review")
    REVIEW_CHANGED = "review.changed", _("You change a review")
    REVIEW_DELETED = "review.deleted", _("You delete a review")
    ESSAY_POSTED = "essay.posted", _("You post an essay")
    ESSAY_CHANGED = "essay.changed", _("You change an essay")
    ESSAY_DELETED = "essay.deleted", _("You delete an essay")
    RATING_CHANGED = "rating.changed", _("You rate a film, change the rating or take it back")
    WATCHLIST_CHANGED = "watchlist.changed", _("You put a film on your watchlist, or it leaves it")
    LIST_CHANGED = "list.changed", _("A list of yours is made, or it or its films change")
    LIST_DELETED = "list.deleted", _("You delete a list")
    FOLLOWER_ADDED = "follower.added", _("Somebody begins to follow you")
    FILM_ADDED = "film.added", _("A film is added")
    FILM_CHANGED = "film.changed", _("What is known of a film changes")
    FILM_MERGED = "film.merged", _("Two films become one")
    FILM_DELETED = "film.deleted", _("A film is deleted")

    @property
    def is_of_catalogue(self) -> bool:
        """For whoever asks, not only for one member."""
        return self.value.startswith("film.")


class WebhookQuerySet(models.QuerySet["Webhook"]):
    def on(self) -> Self:
        """Those that are sent to: neither switched off, nor of somebody who is suspended."""
        return self.filter(off_at=None, member__is_active=True)


class Webhook(Row):
    """An address at which a member's program is told of what happens. Its secrets are kept enciphered."""

    class Off(models.TextChoices):
        """Why nothing is sent any more."""

        MEMBER = "member", _("You switched it off.")
        FAILING = "failing", _("It answered with nothing but errors for three days.")
        GONE = "gone", _("It answered that it is gone for good (410).")
        PASSWORD = "password", _("You changed your password. Switch it on again if it is still yours.")
        HOUSE = "house", _("The people who run this site switched it off.")
        SECRET = "secret", _("The key of this site changed. Make another secret, then switch it on.")

    # `webhook_one_an_address` begins with it.
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="webhooks", db_index=False
    )
    address = models.CharField(_("address"), max_length=LONGEST_ADDRESS)
    events = ArrayField(models.CharField(max_length=30, choices=Event), verbose_name=_("events"))
    sealed = models.CharField(max_length=400, editable=False)
    # The secret before this one, with which everything is signed as well until then.
    sealed_before = models.CharField(max_length=400, blank=True, editable=False)
    before_until = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("registered"), default=timezone.now)
    off_at = models.DateTimeField(_("switched off"), null=True, blank=True)
    off_because = models.CharField(_("why"), max_length=10, choices=Off, blank=True)
    # Since when nothing has succeeded, after how many failures, and until when it is left in peace.
    failing_since = models.DateTimeField(_("failing since"), null=True, blank=True)
    failures = models.PositiveIntegerField(default=0)
    rests_until = models.DateTimeField(null=True, blank=True)
    # A job sends to it; if that was killed, another may from then on.
    taken_until = models.DateTimeField(null=True, blank=True, editable=False)

    objects = WebhookQuerySet.as_manager()

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        constraints = [
            models.UniqueConstraint(
                fields=["member", "address"], name="webhook_one_an_address",
                violation_error_message=_("You have a webhook of this address already. Change that one."),
            ),
            models.CheckConstraint(condition=Q(address__startswith="https://"), name="webhook_by_https"),
            models.CheckConstraint(condition=Q(events__len__gt=0), name="webhook_wants_something"),
            models.CheckConstraint(
                condition=Q(off_at=None, off_because="") | Q(off_at__isnull=False) & ~Q(off_because=""),
                name="webhook_off_says_why",
            ),
        ]  # fmt: skip
        indexes = [GinIndex(fields=["events"], name="webhook_events")]

    def __str__(self) -> str:
        return self.host

    @property
    def host(self) -> str:
        """Of its address, which may be a secret further on, what others may read."""
        return self.address.removeprefix("https://").partition("/")[0].partition("?")[0]

    @property
    def is_on(self) -> bool:
        return self.off_at is None


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def waiting(self) -> Self:
        return self.filter(state=Delivery.State.WAITING)


class Delivery(Row):
    """One message to one address: what happened, about which row, and how sending it went.

    What is said of the row is read when it is sent. So `about` is a number, for which no row may be left by then.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        DELIVERED = "delivered", _("Delivered")
        FAILED = "failed", _("Given up")
        DROPPED = "dropped", _("Nothing left to tell")

    # `delivery_newest` begins with it.
    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries", db_index=False)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    event = models.CharField(_("event"), max_length=30, choices=[*Event.choices, (TEST, _("A test"))])
    about = models.BigIntegerField()
    gone = models.JSONField(null=True, blank=True)  # what is told of a row that is deleted
    created_at = models.DateTimeField(_("when"), default=timezone.now)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    due_at = models.DateTimeField(null=True, blank=True, default=timezone.now)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    tried_at = models.DateTimeField(null=True, blank=True)
    status = models.PositiveSmallIntegerField(_("status"), null=True, blank=True)
    trouble = models.CharField(_("trouble"), max_length=12, choices=Trouble, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [
            # What was not tried yet will tell what there is by then, so a second one would say the same.
            models.UniqueConstraint(
                fields=["webhook", "event", "about"], name="delivery_one_untried",
                condition=Q(state="waiting", attempts=0),
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", due_at__isnull=False) | ~Q(state="waiting") & Q(due_at=None),
                name="delivery_due_while_it_waits",
            ),
            models.CheckConstraint(
                condition=Q(gone__isnull=True) | Q(event__endswith=".deleted") | Q(event=Event.FILM_MERGED),
                name="delivery_gone_with_what_is_gone",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["webhook", "-id"], name="delivery_newest"),
            models.Index(fields=["webhook", "due_at", "id"], condition=Q(state="waiting"), name="delivery_due"),
        ]

    def __str__(self) -> str:
        return self.message_id

    @property
    def message_id(self) -> str:
        """By which a receiver knows a message that it has already: the same at each attempt."""
        return f"msg_{self.key.hex}"
