from datetime import timedelta
from typing import Final, Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from config.rows import Row

KEPT: Final = timedelta(hours=24)
LONGEST_KEY: Final = 200


class SentOnceQuerySet(models.QuerySet["SentOnce"]):
    def forgotten(self) -> Self:
        """Those that no program may still repeat."""
        return self.filter(created_at__lt=timezone.now() - KEPT)


class SentOnce(Row):
    """A POST with an Idempotency-Key, and its answer: sent again, it gets the same answer and has no second effect."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=LONGEST_KEY)
    path = models.CharField(max_length=500)
    digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    answer = models.TextField(blank=True, max_length=1_000_000)
    location = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = SentOnceQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "key", "path"], name="sent_once")]
        indexes = [models.Index(fields=["created_at"], name="sent_once_age")]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.path}"
