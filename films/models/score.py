from django.db import models
from django.utils.translation import gettext_lazy as _

from config.rows import Row
from films.models.film import Film


class OutsideScore(Row):
    """What somebody else's readers or critics make of a film."""

    film = models.ForeignKey(Film, on_delete=models.CASCADE, related_name="outside_scores")
    source = models.CharField(_("source"), max_length=60)
    value = models.DecimalField(_("score"), max_digits=6, decimal_places=2)
    scale = models.DecimalField(_("out of"), max_digits=6, decimal_places=2, default=100)
    votes = models.PositiveBigIntegerField(_("votes"), null=True, blank=True)
    as_of = models.DateField(_("as of"), null=True, blank=True)
    url = models.URLField(_("address"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("outside score")
        verbose_name_plural = _("outside scores")
        ordering = ["source"]
        constraints = [
            models.UniqueConstraint(fields=["film", "source"], name="outside_score_once"),
            models.CheckConstraint(
                condition=models.Q(value__gte=0, scale__gt=0, value__lte=models.F("scale")),
                name="outside_score_within_scale",
                violation_error_message=_("The score must lie between 0 and what it is out of."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}: {self.value.normalize():f} / {self.scale.normalize():f}"
