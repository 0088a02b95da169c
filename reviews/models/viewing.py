from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.viewer import Viewer
from config.rows import Row
from films.models import Film
from reviews.models.tags import LONGEST_TAG, MOST_TAGS, folded
from reviews.models.visibility import Visibility, open_to
from reviews.stars import VALIDATORS, to_stars, within_scale


class ViewingQuerySet(models.QuerySet["Viewing"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """The one door to diaries. Where and how it was seen is shown only if `context_shown`, or to its member."""
        return self.filter(open_to(viewer))


class Cut(models.TextChoices):
    """Which version of the film it was."""

    THEATRICAL = "theatrical", _("Theatrical cut")
    DIRECTORS = "directors", _("Director’s cut")
    EXTENDED = "extended", _("Extended cut")
    RESTORED = "restored", _("Restoration")
    OTHER = "other", _("Another version")


class Format(models.TextChoices):
    """How it came to the eye."""

    CINEMA = "cinema", _("Cinema")
    IMAX = "imax", _("IMAX")
    FILM_70 = "70mm", _("70 mm")
    FILM_35 = "35mm", _("35 mm")
    FILM_16 = "16mm", _("16 mm")
    STREAM = "stream", _("Streaming")
    DISC = "disc", _("Disc")
    TELEVISION = "tv", _("Television")
    OPEN_AIR = "open_air", _("Open air")
    TRAVEL = "travel", _("On the way (plane, train)")
    OTHER = "other", _("Something else")


class Viewing(Row):
    """One dated watch of a film: a line of the diary, with the stars of that evening."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="viewings")
    film = models.ForeignKey(Film, on_delete=models.CASCADE, related_name="viewings")
    watched_on = models.DateField(_("watched on"))
    rewatch = models.BooleanField(_("seen before"), default=False)
    half_stars = models.PositiveSmallIntegerField(_("stars, doubled"), null=True, blank=True, validators=VALIDATORS)
    cut = models.CharField(_("cut"), max_length=12, choices=Cut, blank=True, db_default="")
    format = models.CharField(_("format"), max_length=12, choices=Format, blank=True, db_default="")
    place = models.CharField(_("place"), max_length=80, blank=True, db_default="")
    context_shown = models.BooleanField(
        _("show where and how"),
        default=False,
        db_default=False,
        help_text=_("Otherwise the cut, the format and the place are for your eyes only."),
    )
    # Of a line with a review, the review's; see reviews/actions/writing.py.
    tags = ArrayField(models.CharField(max_length=LONGEST_TAG), size=MOST_TAGS, default=list, blank=True, db_default=[])
    folded_tags = folded()
    visibility = models.CharField(
        _("who can see this"),
        max_length=10,
        choices=Visibility,
        default=Visibility.PUBLIC,
        db_default=Visibility.PUBLIC,
    )
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)

    objects = ViewingQuerySet.as_manager()

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
