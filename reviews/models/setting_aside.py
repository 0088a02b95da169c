from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from config.rows import Row


class SettingAside(Row):
    """A member of whom some rows still count who was suspended, or do not count yet who was reinstated.

    A trigger writes it in the statement that did so (reviews/tallies.py), and a job deletes it when all is done.
    """

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    since = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("member being set aside")
        verbose_name_plural = _("members being set aside")

    def __str__(self) -> str:
        return str(self.member_id)
