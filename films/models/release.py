from django.db import models
from django.utils.translation import gettext_lazy as _

from config.rows import Row
from films.models.film import Film, check_day
from films.models.term import Country


class Release(Row):
    """The day on which a film came out somewhere, with the certificate that it got there."""

    class Kind(models.TextChoices):
        PREMIERE = "premiere", _("Premiere")
        LIMITED = "limited", _("In a few cinemas")
        CINEMA = "cinema", _("In cinemas")
        DIGITAL = "digital", _("Online")
        DISC = "disc", _("On disc")
        TV = "tv", _("On television")

    film = models.ForeignKey(Film, on_delete=models.CASCADE, related_name="releases")
    country = models.ForeignKey(Country, on_delete=models.PROTECT, verbose_name=_("country"))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.CINEMA)
    released_on = models.DateField(_("day"), null=True, blank=True)
    certificate = models.CharField(_("certificate"), max_length=40, blank=True, help_text=_("Such as “15” or “R”."))
    note = models.CharField(_("note"), max_length=120, blank=True, help_text=_("Such as the name of the festival."))

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        ordering = ["released_on", "country", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["film", "country", "kind", "released_on"], name="release_once", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=models.Q(released_on__isnull=False) | ~models.Q(certificate=""),
                name="release_says_something",
                violation_error_message=_("Give the day, the certificate, or both."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["released_on", "id"], name="release_by_day", condition=models.Q(released_on__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.film_id} {self.country_id} {self.kind}"

    def clean(self) -> None:
        check_day("released_on", self.released_on)
