from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.clock import clock_time
from config.rows import Row
from films.models.source import Source


class ImportRun(Row):
    """One reading of a source into the catalogue: how far it came, and what became of each entry."""

    source = models.CharField(_("source"), max_length=10, choices=Source)
    place = models.CharField(
        pgettext_lazy("where it came from", "from"), max_length=400, help_text=_("The folder, file or address.")
    )
    # Names the very bytes: a run that was interrupted goes on only with the same ones.
    fingerprint = models.CharField(max_length=64, blank=True, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    started_at = models.DateTimeField(_("started"), default=timezone.now)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    # Where to go on after an interruption: written in the transaction that stored what came before.
    position = models.JSONField(default=dict, blank=True, editable=False)
    new = models.PositiveBigIntegerField(_("new"), default=0)
    changed = models.PositiveBigIntegerField(_("changed"), default=0)
    same = models.PositiveBigIntegerField(_("same"), default=0)
    conflicts = models.PositiveBigIntegerField(_("conflicts"), default=0)
    skipped = models.PositiveBigIntegerField(_("skipped"), default=0)
    # The reasons with their numbers, and the first lines of each.
    reasons = models.JSONField(default=dict, blank=True, editable=False)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-started_at"]
        indexes = [models.Index(fields=["source", "-started_at"], name="import_run_newest")]

    def __str__(self) -> str:
        return f"{self.get_source_display()}, {clock_time(self.started_at)}"
