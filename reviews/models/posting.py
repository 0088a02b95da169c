from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.rows import Row


class Posting(Row):
    """That a member posted something: kept for a day, for the limits alone, and whatever became of what they posted."""

    class Kind(models.TextChoices):
        REVIEW = "review", _("reviews")
        COMMENT = "comment", _("comments")
        LIST = "list", _("lists")
        FOLLOW = "follow", _("members to follow")
        LIKE = "like", _("likes")
        REPORT = "report", _("reports")
        MESSAGE = "message", _("messages to moderators")
        EVENING = "evening", _("evenings")
        INVITE = "invite", _("members to ask for help with lists")
        LINE = "line", _("diary lines")
        ENTRY = "entry", _("films and notes put on lists")
        NOTE = "note", _("private notes")
        COPY = "copy", _("copies put on the shelf")
        TIP = "tip", _("recommendations")
        ESSAY = "essay", _("essays")
        GUIDANCE = "guidance", _("films to vote on")

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="postings")
    kind = models.CharField(max_length=8, choices=Kind)
    # Of the words, so that the same ones are known again without being kept.
    digest = models.CharField(max_length=32, blank=True)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("posting")
        verbose_name_plural = _("postings")
        indexes = [
            models.Index(fields=["member", "kind", "-made_at"], name="posting_newest"),
            models.Index(fields=["made_at"], name="posting_oldest"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.kind}"
