"""A film’s score, weighted by the mean of the whole site."""

from typing import Final

from django.conf import settings
from django.core.cache import cache
from django.db.models import Sum

from films.models import Film

KEPT: Final = 600  # seconds: the mean of a whole site moves slowly
KEY: Final = "mean-of-all-ratings"


def site_mean() -> float | None:
    """The mean of all ratings of the site, in stars, at most ten minutes old. None before the first."""
    mean = cache.get(KEY)
    if mean is None:
        sums = Film.objects.aggregate(count=Sum("rating_count"), total=Sum("rating_sum"))
        mean = float(sums["total"]) / float(sums["count"]) / 2 if sums["count"] else 0.0
        cache.set(KEY, mean, KEPT)
    return mean or None


def weighted(film: Film, mean: float | None) -> float | None:
    """The mean rating as if the film began with some votes of the site's mean: few votes move it little.

    Known as the Bayesian mean: (prior × site mean + sum) / (prior + count). None where no average is shown.
    """
    if film.average is None or mean is None:
        return None
    prior = settings.WEIGHTED_PRIOR
    return round((prior * mean + film.rating_sum / 2) / (prior + film.rating_count), 2)
