from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.rows import Row
from reviews.models.tonight import Evening, Seat


class Quotation(Row):
    """A copy of words that were reported, for moderators alone: of a text that was deleted, or of what a guest or an
    evening is called, since evenings are deleted after two days."""

    class Kind(models.TextChoices):
        REVIEW = "review", _("Review")
        COMMENT = "comment", _("Comment")
        LIST = "film_list", _("List")
        TIP = "tip", _("Recommendation")
        ESSAY = "essay", _("Essay")
        GUEST = "guest", _("Name of a guest")
        EVENING = "evening", _("Name of an evening")

    kind = models.CharField(max_length=10, choices=Kind)
    # Whose words they are; nobody, where a guest has no account.
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+")
    # Where it stood: the film of a review or recommendation, what a comment was under, the title of a list or essay.
    place = models.CharField(max_length=300)
    words = models.TextField()
    written_at = models.DateTimeField()
    # None for a name: it may still be there, at this table.
    deleted_at = models.DateTimeField(default=timezone.now, null=True)
    # Its writer, or whose review, list or essay it stood under and went with.
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    evening = models.ForeignKey(Evening, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    seat = models.ForeignKey(Seat, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("quotation")
        verbose_name_plural = _("quotations")

    def __str__(self) -> str:
        return self.place

    @property
    def is_name(self) -> bool:
        """Whether it is the name of a guest or of an evening."""
        return self.kind in {self.Kind.GUEST, self.Kind.EVENING}

    @property
    def is_by_its_writer(self) -> bool:
        """Whether whoever wrote it deleted it."""
        return self.deleted_by_id == self.member_id
