from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from config.rows import Row


class RetiredName(Row):
    """A username of an account that was deleted. Nobody can take it, so that nobody passes for whoever had it.

    Only its digest under the site's secret is kept: the name cannot be read out of it.
    """

    digest = models.CharField(max_length=64, unique=True)
    retired_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("retired name")
        verbose_name_plural = _("retired names")

    def __str__(self) -> str:
        return self.digest[:12]

    @staticmethod
    def digest_of(username: str) -> str:
        return salted_hmac("accounts.retired", username.lower(), algorithm="sha256").hexdigest()

    @classmethod
    def holds(cls, username: str) -> bool:
        return cls.objects.filter(digest=cls.digest_of(username)).exists()
