from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from films.models import Film
from reviews.stars import VALIDATORS, to_stars, within_scale


class Viewing(models.Model):
    """One dated watch of a film: a line of the diary, with the stars of that evening."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="viewings")
    film = models.ForeignKey(Film, on_delete=models.CASCADE, related_name="viewings")
    watched_on = models.DateField(_("watched on"))
    rewatch = models.BooleanField(_("seen before"), default=False)
    half_stars = models.PositiveSmallIntegerField(_("stars, doubled"), null=True, blank=True, validators=VALIDATORS)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("viewing")
        verbose_name_plural = _("viewings")
        ordering = ["-watched_on", "-id"]
        constraints = [within_scale("viewing_stars_within_scale")]
        indexes = [
            models.Index(fields=["member", "-watched_on", "-id"], name="viewing_diary"),
            models.Index(fields=["film", "-watched_on"], name="viewing_film"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.film_id} on {self.watched_on}"

    @property
    def stars(self) -> float | None:
        return to_stars(self.half_stars)
