from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from films.models import Film
from reviews.models.case import Appeal, Case, Decision
from reviews.models.comment import Comment
from reviews.models.film_list import FilmList
from reviews.models.incident import Incident
from reviews.models.review import Review


class Notice(models.TextChoices):
    """What members are told of, each with a switch of its own."""

    FOLLOW = "follow", _("Somebody follows you")
    FOLLOW_REQUEST = "follow_request", _("Somebody asks to follow you")
    FOLLOW_ACCEPTED = "follow_accepted", _("Somebody lets you follow them")
    REVIEW_LIKED = "review_liked", _("Somebody likes your review")
    LIST_LIKED = "list_liked", _("Somebody likes your list")
    LIST_CLONED = "list_cloned", _("Somebody makes a list out of yours")
    LIST_INVITATION = "list_invitation", _("Somebody asks you to help with a list")
    COMMENT = "comment", _("A comment under what you wrote")
    REPLY = "reply", _("An answer to your comment")
    THREAD = "thread", _("A comment in a thread that you follow")
    MENTION = "mention", _("Somebody names you")
    LEAVING = "leaving", _("A film of your watchlist leaves soon")
    CASE = "case", _("The moderators, about something of yours or that you reported")
    RATING_HELD = "rating_held", _("A rating of yours is held, or counts again")


class Mailing(models.TextChoices):
    """When a notice comes by mail."""

    NEVER = "never", _("Never")
    NOW = "now", _("At once")
    DAILY = "daily", _("Once a day")
    WEEKLY = "weekly", _("Once a week")


class NotificationQuerySet(models.QuerySet["Notification"]):
    def unread(self) -> Self:
        return self.filter(read_at=None, is_on_site=True)

    def newest(self) -> Self:
        return self.order_by("-created_at", "-id")


class Notification(models.Model):
    """One thing that one member is told. `key` says what it is of, so that nothing is told twice, whatever crashes."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=16, choices=Notice)
    key = models.CharField(max_length=80)
    # Who did it; nobody where the house itself tells.
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+")
    review = models.ForeignKey(Review, on_delete=models.CASCADE, null=True, related_name="+")
    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, null=True, related_name="+")
    film_list = models.ForeignKey(FilmList, on_delete=models.CASCADE, null=True, related_name="+")
    film = models.ForeignKey(Film, on_delete=models.CASCADE, null=True, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, null=True, related_name="+")
    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, null=True, related_name="+")
    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, null=True, related_name="+")
    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, null=True, related_name="+")
    # What else its sentence needs: a day, the name of a service.
    details = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now)
    is_on_site = models.BooleanField(default=True)
    read_at = models.DateTimeField(null=True)
    # As the member had it when this came.
    mailing = models.CharField(max_length=8, choices=Mailing, default=Mailing.NEVER)
    mailed_at = models.DateTimeField(null=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        constraints = [models.UniqueConstraint(fields=["member", "key"], name="notification_once")]
        indexes = [
            models.Index(fields=["member", "-created_at", "-id"], name="notification_newest"),
            models.Index(
                fields=["member"], name="notification_unread", condition=models.Q(read_at=None, is_on_site=True)
            ),
            models.Index(
                fields=["mailing", "member"],
                name="notification_to_mail",
                condition=models.Q(mailed_at=None) & ~models.Q(mailing="never"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.key}"


class NoticeChoice(models.Model):
    """How a member wants to hear of one kind of notice; without a row, as reviews/notices.py says for that kind."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notice_choices")
    kind = models.CharField(max_length=16, choices=Notice)
    on_site = models.BooleanField(default=True)
    mailing = models.CharField(max_length=8, choices=Mailing, default=Mailing.NEVER)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "kind"], name="notice_choice_once")]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.kind}"
