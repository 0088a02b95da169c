from typing import Final, Self

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.sight import is_signed_in, not_apart
from accounts.models.viewer import Viewer
from config.paths import path
from config.rows import Row
from films.models import Film

LONGEST_WORDS: Final = 280


class TipQuerySet(models.QuerySet["Tip"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """The one door to tips: each is for two, who gave it and whom it is for, while neither is apart or suspended.

        Of one that moderators removed only who gave it knows.
        """
        if not is_signed_in(viewer):
            return self.none()
        received = Q(to=viewer, removed_at=None) & not_apart(viewer)
        return self.filter(received | (Q(member=viewer) & not_apart(viewer, "to")))


class Tip(Row):
    """A film that one member recommends to another, with a line if they like. Nobody else reads it."""

    # `tip_once` begins with it.
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="tips_given", db_index=False
    )
    # `tip_received` begins with it.
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="tips_received", db_index=False
    )
    film = models.ForeignKey(Film, on_delete=models.CASCADE, related_name="tips")
    words = models.TextField(
        _("line"), max_length=LONGEST_WORDS, blank=True, validators=[MaxLengthValidator(LONGEST_WORDS)]
    )
    created_at = models.DateTimeField(default=timezone.now)
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

    objects = TipQuerySet.as_manager()

    class Meta:
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")
        constraints = [
            models.UniqueConstraint(fields=["member", "to", "film"], name="tip_once"),
            models.CheckConstraint(
                condition=~Q(member=models.F("to")),
                name="tip_not_to_self",
                violation_error_message=_("You cannot recommend a film to yourself. Put it on your watchlist."),
            ),
        ]
        indexes = [
            models.Index(fields=["member", "-id"], name="tip_given"),
            models.Index(fields=["to", "film", "-id"], name="tip_received"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} → {self.to_id}: {self.film_id}"

    def get_absolute_url(self) -> str:
        """The place of it among one's own, for either of the two."""
        return path("reviews:tip", self.pk)
