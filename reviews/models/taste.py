"""What films have in common, learnt from everybody's ratings, and what a member does not want to be shown again."""

from typing import Final

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.rows import Row
from films.models import Film

MOST_SHOWN: Final = 12
SCALE: Final = 10_000  # weights are whole numbers of this


class Kindred(Row):
    """Other films that somebody would like (or, by a negative weight, not like) who liked this one.

    Made anew by reviews/actions/learning.py, from what everybody may see and from the catalogue alone. The first few,
    one for each letter of `why`, are those that the film's page shows, the likest first. A row a film instead of one a
    pair: a million films have twelve or sixty others each, and all of them are read at once or not at all.
    """

    class Why(models.TextChoices):
        """Why a film is shown beside another, in a letter."""

        TASTE = "t", _("Loved by the same members")
        FRANCHISE = "f", _("From the same series")
        DIRECTOR = "d", _("By the same director")
        PEOPLE = "p", _("With some of the same people")
        COMPANY = "c", _("From the same company")
        KIND = "k", _("Of the same kind and time")
        PLACE = "l", _("From the same country and time")

    film = models.OneToOneField(Film, on_delete=models.CASCADE, related_name="kindred")
    # Numbers of films, without a foreign key each: one that is gone, or became part of another, is found no more.
    others = ArrayField(models.BigIntegerField())
    weights = ArrayField(models.SmallIntegerField())
    why = models.CharField(max_length=MOST_SHOWN)

    class Meta:
        verbose_name = _("film beside another")
        verbose_name_plural = _("films beside others")

    def __str__(self) -> str:
        return f"{self.film_id}: {len(self.others)}"


class Dismissal(Row):
    """A film that a member does not want to have recommended any more."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="dismissals")
    film = models.ForeignKey(Film, on_delete=models.CASCADE, related_name="dismissals")
    created_at = models.DateTimeField(default=timezone.now, db_default=Now())

    class Meta:
        verbose_name = _("dismissal")
        verbose_name_plural = _("dismissals")
        constraints = [models.UniqueConstraint(fields=["member", "film"], name="dismissal_once")]
        indexes = [models.Index(fields=["member", "-created_at", "-id"], name="dismissal_newest")]

    def __str__(self) -> str:
        return f"{self.member_id} ⊘ {self.film_id}"
