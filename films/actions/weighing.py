"""The site's mean, and what follows from it for every film."""

from decimal import Decimal
from typing import Final

from django.conf import settings
from django.db.models import Sum
from django.utils import timezone

from films.actions.stepping import change_films
from films.models import Film, Prior
from films.scores import prior
from films.tallies import SCORES

# In half-stars. A prior that is off by less moves no mean that is shown with two decimals by more than one of the last.
DRIFT: Final = Decimal("0.01")


def weigh_films() -> int:
    """Count the site's mean again; where it has moved, or the prior was set anew, weigh every film. How many changed.

    Ratings that come meanwhile are weighed by their own trigger with the new prior.
    """
    sums = Film.objects.aggregate(count=Sum("rating_count"), total=Sum("rating_sum"))
    mean = Decimal(sums["total"]) / Decimal(sums["count"]) if sums["count"] else Prior().mean
    weight = max(1, settings.WEIGHTED_PRIOR)
    before = prior()
    if abs(Decimal(before.mean) - mean) >= DRIFT or before.weight != weight:
        now = {"mean": mean, "weight": weight, "counted_at": timezone.now()}
        Prior.objects.update_or_create(pk=before.pk, defaults=now)
    stale = f"SELECT r.id FROM films_film r, {SCORES.beside} WHERE r.rating_count > 0 AND ({SCORES.differs})"
    return change_films(stale, SCORES.changes, beside=SCORES.beside)
