from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.rows import Row
from films.models import Film

MOST_FAVOURITES = 4


class Favourite(Row):
    """One of the four films by which a member wants to be known: they light the member's page."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="favourites")
    film = models.ForeignKey(Film, on_delete=models.CASCADE, related_name="favourites")
    position = models.PositiveSmallIntegerField(_("position"))
    # Its member is suspended: it counts nowhere. Kept by a trigger.
    set_aside = models.BooleanField(default=False, db_default=False, editable=False)

    class Meta:
        verbose_name = _("favourite")
        verbose_name_plural = _("favourites")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["member", "film"], name="favourite_once"),
            models.UniqueConstraint(
                fields=["member", "position"], name="favourite_one_a_place", deferrable=models.Deferrable.DEFERRED
            ),
            models.CheckConstraint(
                condition=models.Q(position__range=(1, MOST_FAVOURITES)), name="favourite_one_of_four"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.film_id}"


class FilmMute(Row):
    """A member wants to hear nothing of a film: not in feeds, on the front page, nor in notices."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="film_mutes")
    film = models.ForeignKey(Film, on_delete=models.CASCADE, related_name="mutes")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "film"], name="film_mute_once")]

    def __str__(self) -> str:
        return f"{self.member_id} ⊘ film {self.film_id}"
