from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone

from config.rows import Row

THE_ONE = 1


class Prior(Row):
    """With how many ratings, of which mean, every film begins: one row for the whole site, in half-stars.

    Without a row (before the first ratings were counted) it is what the defaults say. films/scores.py has the rule.
    """

    id = models.SmallIntegerField(primary_key=True, default=THE_ONE, editable=False)
    mean = models.DecimalField(max_digits=8, decimal_places=6, default=7)
    weight = models.PositiveIntegerField(default=10, validators=[MinValueValidator(1)])
    counted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=THE_ONE), name="prior_one")]

    def __str__(self) -> str:
        return f"{self.weight} × {self.mean}"
