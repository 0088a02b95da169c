from django.db import models
from django.utils.translation import gettext_lazy as _

from config.rows import Row
from films.models.film import Film
from films.models.term import Country, Language


class AlternativeTitle(Row):
    """What the film is called elsewhere."""

    film = models.ForeignKey(Film, on_delete=models.CASCADE, related_name="alternative_titles")
    title = models.CharField(_("title"), max_length=250)
    country = models.ForeignKey(Country, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("country"))
    language = models.ForeignKey(Language, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("language"))

    class Meta:
        verbose_name = _("alternative title")
        verbose_name_plural = _("alternative titles")
        ordering = ["country", "title"]
        constraints = [
            models.UniqueConstraint(
                fields=["film", "title", "country", "language"], name="alternative_title_once", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return self.title
