from django.db import models
from django.utils.translation import gettext_lazy as _

from films.models.film import Film


class SoundtrackEntry(models.Model):
    """A song of a film, in the order of its cue sheet, with the scene that it plays in."""

    film = models.ForeignKey(Film, on_delete=models.CASCADE, related_name="soundtrack")
    position = models.PositiveSmallIntegerField(_("order"))
    title = models.CharField(_("song"), max_length=200)
    artist = models.CharField(_("artist"), max_length=200, blank=True)
    scene = models.CharField(_("scene"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("song")
        verbose_name_plural = _("soundtrack")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["film", "position"], name="soundtrack_position_once", deferrable=models.Deferrable.DEFERRED
            )
        ]
        indexes = [models.Index(fields=["artist"], name="soundtrack_artist")]

    def __str__(self) -> str:
        return f"{self.title}, {self.artist}" if self.artist else self.title
