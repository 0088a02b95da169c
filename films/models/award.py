from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from config.rows import Row
from films.models.film import FIRST_YEAR, LAST_YEAR, Film
from films.models.person import Person


class Award(Row):
    """A prize that a film won, or was in the running for."""

    class Outcome(models.TextChoices):
        WON = "won", _("Won")
        NOMINATED = "nominated", _("Nominated")

    film = models.ForeignKey(Film, on_delete=models.CASCADE, related_name="awards")
    award = models.CharField(_("ceremony"), max_length=120, help_text=_("Such as “Academy Awards”."))
    category = models.CharField(_("category"), max_length=150)
    year = models.PositiveSmallIntegerField(_("year held"))
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome)
    people = models.ManyToManyField(Person, related_name="awards", blank=True, verbose_name=_("people named"))
    lost_to = models.CharField(_("went to"), max_length=250, blank=True, help_text=_("The title of the film that won."))
    lost_to_film = models.ForeignKey(
        Film, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("the film that won")
    )

    class Meta:
        verbose_name = _("award")
        verbose_name_plural = _("awards")
        ordering = ["award", "year", "category"]
        constraints = [
            models.UniqueConstraint(fields=["film", "award", "category", "year"], name="award_once"),
            models.CheckConstraint(
                condition=models.Q(outcome="nominated") | models.Q(lost_to="", lost_to_film=None),
                name="award_won_is_not_lost",
                violation_error_message=_("A prize that was won cannot have gone to another film."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.award} {self.year}: {self.category}"

    def clean(self) -> None:
        """Raise ValidationError by field for a year in which no film was there."""
        if self.year is not None and not FIRST_YEAR <= self.year <= LAST_YEAR:
            years = {"first": FIRST_YEAR, "last": LAST_YEAR}
            raise ValidationError({"year": [gettext("Write a year from %(first)d to %(last)d.") % years]})
