"""A film's score, drawn to the mean of the whole site while its ratings are few. The one place that says the rule.

    weighted = (weight × mean of the site + sum of the film) ÷ (weight + count of the film)

Known as the Bayesian mean: the film begins with `WEIGHTED_PRIOR` ratings of the site's mean. PostgreSQL works it out in
the transaction of each rating (`SCORES` in films/tallies.py, a trigger on the film's row) and keeps it as
`rating_weighted`, so that films can be sorted by it. Weight and mean stand in the one row of `Prior`, which
`films.jobs.weigh_films` counts again every hour; when they have moved, it goes through the films.
"""

from decimal import Decimal

from films.models import Film, Prior


def prior() -> Prior:
    """With how many ratings of which mean every film begins."""
    return Prior.objects.first() or Prior()


def site_mean(prior: Prior) -> float:
    """The mean of all ratings of the site, in stars, as the weighted means are made with it."""
    return float(prior.mean) / 2


def weighted(film: Film) -> float | None:
    """The weighted mean in stars, with two decimals. None where no average is shown."""
    if film.average is None or film.rating_weighted is None:
        return None
    return round(float(Decimal(film.rating_weighted) / 2), 2)
