from typing import Final, Self

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.sight import is_signed_in
from accounts.models.viewer import Viewer
from config.paths import path
from config.rows import Row
from films.models import Film

LONGEST_NOTE: Final = 5_000
MOST_NOTES: Final = 10_000


class PrivateNoteQuerySet(models.QuerySet["PrivateNote"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """The one door to private notes: each is for the eyes of its own member alone."""
        return self.filter(member=viewer) if is_signed_in(viewer) else self.none()


class PrivateNote(Row):
    """What a member wrote down about a film for themselves. Nobody else reads it, the staff included."""

    # `private_note_one_a_member_and_film` begins with it.
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="private_notes", db_index=False
    )
    film = models.ForeignKey(Film, on_delete=models.CASCADE, related_name="private_notes")
    # Of two films that became one it may be both texts, and longer.
    body = models.TextField(_("note"), max_length=LONGEST_NOTE, validators=[MaxLengthValidator(LONGEST_NOTE)])
    version = models.PositiveIntegerField(default=1, editable=False)  # counts up with each change
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)

    objects = PrivateNoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("private note")
        verbose_name_plural = _("private notes")
        constraints = [
            models.UniqueConstraint(fields=["member", "film"], name="private_note_one_a_member_and_film"),
            models.CheckConstraint(condition=~models.Q(body=""), name="private_note_says_something"),
        ]
        indexes = [models.Index(fields=["member", "-updated_at", "-id"], name="private_note_newest")]

    def __str__(self) -> str:
        return str(self.pk)  # where a desk lists what goes with a film, it tells neither whose it is nor what it says

    def get_absolute_url(self) -> str:
        return f"{path('films:film', self.film.slug)}#note"

    def take_over(self, older: "PrivateNote") -> None:
        """When two films become one and the member has a note on both: the earlier words stand below the later."""
        self.created_at = min(self.created_at, older.created_at)
        if older.body not in self.body:
            self.body, self.version = f"{self.body}\n\n{older.body}", self.version + 1
