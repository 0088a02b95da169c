from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Block
from reviews.models.review import Review

LONGEST_COMMENT = 5_000


class CommentQuerySet(models.QuerySet["Comment"]):
    def standing(self) -> Self:
        """Neither deleted by their writer nor removed by a moderator."""
        return self.filter(deleted_at=None, removed_at=None)

    def visible_to(self, viewer: Any) -> Self:
        """Comments of reviews that this viewer may read, without those of members they block or who block them.

        Deleted and removed ones stay, as tombstones without words: show `said`, never `body_html`.
        """
        comments = self.filter(review__in=Review.objects.visible_to(viewer), member__is_active=True)
        if not getattr(viewer, "is_authenticated", False):
            return comments
        blocks = Block.objects.filter(
            models.Q(blocker=viewer, blocked=models.OuterRef("member"))
            | models.Q(blocker=models.OuterRef("member"), blocked=viewer)
        )
        return comments.exclude(models.Exists(blocks))

    def in_order(self) -> Self:
        return self.order_by("created_at", "id")


class Comment(models.Model):
    """What a member says under a review. A reply answers a comment that is not itself a reply (a trigger holds it)."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="comments")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="comments")
    reply_to = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="replies")
    body = models.TextField(_("comment"), max_length=LONGEST_COMMENT)
    body_html = models.TextField(max_length=20 * LONGEST_COMMENT, editable=False)
    created_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(_("removed"), null=True, blank=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    removal_reason = models.CharField(_("why"), max_length=300, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        constraints = [models.CheckConstraint(condition=~models.Q(body=""), name="comment_has_words")]
        indexes = [
            models.Index(fields=["review", "created_at", "id"], name="comment_thread"),
            models.Index(fields=["member", "-created_at"], name="comment_member"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} under {self.review_id}"

    def get_absolute_url(self) -> str:
        return f"{self.review.get_absolute_url()}#comment-{self.pk}"

    @property
    def stands(self) -> bool:
        return self.deleted_at is None and self.removed_at is None
