from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from config.rows import Row
from films.models.film import Film


class Artist(Row):
    """Whoever a song is by: a singer, a band, several together, as their record names them."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    slug = models.SlugField(_("address"), max_length=120, unique=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("artist")
        verbose_name_plural = _("artists")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("films:artist", args=[self.slug])


class SoundtrackEntry(Row):
    """A song of a film, in the order of its cue sheet, with the scene that it plays in."""

    film = models.ForeignKey(Film, on_delete=models.CASCADE, related_name="soundtrack")
    position = models.PositiveSmallIntegerField(_("order"))
    title = models.CharField(_("song"), max_length=200)
    artist = models.ForeignKey(
        Artist, on_delete=models.PROTECT, null=True, blank=True, related_name="songs", verbose_name=_("artist")
    )
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

    def __str__(self) -> str:
        return f"{self.title}, {self.artist}" if self.artist else self.title
