from django.db import models
from django.utils.translation import gettext_lazy as _


class RequestCount(models.Model):
    """How many requests somebody has made in one span of time. The table is unlogged: a crash may empty it."""

    key = models.CharField(max_length=80, primary_key=True)
    span = models.BigIntegerField()
    requests = models.PositiveBigIntegerField(default=1)

    class Meta:
        verbose_name = _("request count")
        verbose_name_plural = _("request counts")

    def __str__(self) -> str:
        return f"{self.key}: {self.requests}"
