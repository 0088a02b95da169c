"""A member's copy of everything that is theirs: asked for, made by a job, kept for some days."""

from datetime import datetime, timedelta
from typing import Final, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from config.rows import Row

KEPT_FOR: Final = timedelta(days=7)
# A job that has not come to an end by then will not: the member may ask again.
GIVEN_UP_AFTER: Final = timedelta(hours=2)


def new_secret() -> str:
    """Over 140 bits: nobody guesses it."""
    return get_random_string(24)


class ExportQuerySet(models.QuerySet["Export"]):
    def in_the_making(self) -> Self:
        return self.filter(finished_at=None)

    def ready(self) -> Self:
        """Those that can be fetched."""
        return self.filter(finished_at__gt=timezone.now() - KEPT_FOR).select_related("member")

    def outdated(self) -> Self:
        """Those that were kept long enough, and those that were never finished."""
        late = timezone.now() - KEPT_FOR
        return self.filter(models.Q(finished_at__lt=late) | models.Q(finished_at=None, asked_at__lt=late))


class Export(Row):
    """One archive of one member. `file` is its name in the private storage, empty until it is made."""

    class State(models.TextChoices):
        MAKING = "making", _("Being made")
        LATE = "late", _("Given up")
        READY = "ready", _("Ready")

    member = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="export")
    secret = models.CharField(max_length=24, unique=True, default=new_secret, editable=False)
    asked_at = models.DateTimeField(default=timezone.now)
    parts_done = models.PositiveSmallIntegerField(default=0)
    parts = models.PositiveSmallIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)
    file = models.CharField(max_length=80, blank=True)
    size = models.PositiveBigIntegerField(default=0)

    objects = ExportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(finished_at=None, file="")
                | (models.Q(finished_at__isnull=False) & ~models.Q(file="")),
                name="export_finished_has_a_file",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} ({self.asked_at:%Y-%m-%d})"

    def get_absolute_url(self) -> str:
        return reverse("reviews:export_file", args=[self.secret])

    @property
    def state(self) -> str:
        if self.finished_at is not None:
            return self.State.READY
        return self.State.LATE if timezone.now() - self.asked_at > GIVEN_UP_AFTER else self.State.MAKING

    @property
    def kept_until(self) -> datetime | None:
        return None if self.finished_at is None else self.finished_at + KEPT_FOR

    @property
    def percent(self) -> int:
        """How much of it is made."""
        if self.finished_at is not None:
            return 100
        return 100 * self.parts_done // self.parts if self.parts else 0
