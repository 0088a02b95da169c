"""Who says that they come to a screening of the house, and what they logged of it."""

from typing import Final, Self

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.sight import is_open, not_apart
from accounts.models.viewer import Viewer
from config.rows import Row
from reviews.models.screening import ScreenedFilm, Screening
from reviews.models.viewing import Viewing

MOST_GUESTS: Final = 5


class ComingQuerySet(models.QuerySet["Coming"]):
    def with_a_seat(self) -> Self:
        return self.filter(waiting_since=None)

    def waiting(self) -> Self:
        """Whoever came first stands first."""
        return self.filter(waiting_since__isnull=False).order_by("waiting_since", "id")

    def named_to(self, viewer: Viewer) -> Self:
        """Who of those with a seat lets others see it, and may be seen by this viewer."""
        return self.with_a_seat().filter(not_apart(viewer), is_open(viewer), is_named=True)


class Coming(Row):
    """That a member says they come, with so many guests; or, from `waiting_since` on, that they wait for seats."""

    screening = models.ForeignKey(Screening, on_delete=models.PROTECT, related_name="comings", db_index=False)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="comings")
    guests = models.PositiveSmallIntegerField(
        _("guests"), default=0, db_default=0, validators=[MaxValueValidator(MOST_GUESTS)]
    )
    is_named = models.BooleanField(_("others may see that I come"), default=False, db_default=False)
    waiting_since = models.DateTimeField(null=True)
    said_at = models.DateTimeField(default=timezone.now)

    objects = ComingQuerySet.as_manager()

    class Meta:
        verbose_name = _("word of coming")
        verbose_name_plural = _("words of coming")
        constraints = [
            models.UniqueConstraint(fields=["screening", "member"], name="coming_once"),
            models.CheckConstraint(condition=Q(guests__range=(0, MOST_GUESTS)), name="coming_guests_few"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.screening_id}"

    @property
    def people(self) -> int:
        return 1 + self.guests

    @property
    def is_waiting(self) -> bool:
        return self.waiting_since is not None


class ScreeningLine(Row):
    """That a line of a diary was written by way of a screening. It goes with the line."""

    coming = models.ForeignKey(Coming, on_delete=models.CASCADE, related_name="lines", db_index=False)
    film = models.ForeignKey(ScreenedFilm, on_delete=models.CASCADE, related_name="lines")
    viewing = models.OneToOneField(Viewing, on_delete=models.CASCADE, related_name="screening_line")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("line of a screening")
        verbose_name_plural = _("lines of a screening")
        constraints = [models.UniqueConstraint(fields=["coming", "film"], name="screening_line_once")]

    def __str__(self) -> str:
        return f"{self.coming_id}: {self.viewing_id}"
