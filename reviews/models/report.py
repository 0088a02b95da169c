from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reviews.models.comment import Comment
from reviews.models.review import Review


class Report(models.Model):
    """A member asks the moderators to look at a review or a comment."""

    class Reason(models.TextChoices):
        SPOILERS = "spoilers", _("It gives the film away")
        ABUSE = "abuse", _("It attacks somebody")
        SPAM = "spam", _("It is advertising or spam")
        PLAGIARISM = "plagiarism", _("It was copied from elsewhere")
        OTHER = "other", _("Something else")

    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reports", verbose_name=_("reported by")
    )
    review = models.ForeignKey(Review, on_delete=models.CASCADE, null=True, blank=True, related_name="reports")
    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, null=True, blank=True, related_name="reports")
    reason = models.CharField(_("reason"), max_length=12, choices=Reason)
    message = models.TextField(_("what the moderators should know"), max_length=1000, blank=True)
    created_at = models.DateTimeField(_("reported"), default=timezone.now)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    outcome = models.CharField(_("what was done"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(review=None, comment__isnull=False) | models.Q(review__isnull=False, comment=None),
                name="report_on_one_text",
            ),
            models.UniqueConstraint(
                fields=["reporter", "review"], condition=models.Q(closed_at=None), name="report_review_once_open"
            ),
            models.UniqueConstraint(
                fields=["reporter", "comment"], condition=models.Q(closed_at=None), name="report_comment_once_open"
            ),
        ]
        indexes = [models.Index(fields=["created_at"], condition=models.Q(closed_at=None), name="report_open")]

    def __str__(self) -> str:
        return f"{self.get_reason_display()} ({self.created_at:%Y-%m-%d})"
