from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.rows import Row
from films.models.film import Film
from films.models.run import ImportRun
from films.models.source import Source


class FilmChange(Row):
    """One fact of a film before and after: who changed it, when, and on whose word. Never changed, never deleted.

    Both values are as films/record.py reads them; a film that came by an import has its first values from there
    without a row here.
    """

    film = models.ForeignKey(Film, on_delete=models.CASCADE, related_name="changes")
    fact = models.CharField(max_length=80)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    source = models.CharField(_("source"), max_length=10, choices=Source)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    run = models.ForeignKey(ImportRun, on_delete=models.SET_NULL, null=True, blank=True, related_name="changes")
    # The change that this one took back.
    reverts = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="reverted_by")
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["film", "-at", "-id"], name="film_change_newest")]

    def __str__(self) -> str:
        return f"{self.film_id} {self.fact} {self.at:%Y-%m-%d %H:%M %Z}"
