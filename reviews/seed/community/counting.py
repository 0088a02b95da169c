"""What the site's triggers and jobs would have counted of each film, from the arrays: the films are written once.

`check_integrity` and the hourly jobs say the same of the rows; making.py has them look, and mend what is not.
"""

from decimal import Decimal
from typing import Final

import numpy as np
from django.conf import settings

from films.models import Prior
from reviews.actions.popularity import DAYS
from reviews.seed.community.columns import Array
from reviews.seed.community.lines import NULL, array_of
from reviews.seed.community.members import Members
from reviews.seed.community.opinions import DAY, PUBLIC, Marks
from reviews.seed.community.sizes import Sizes
from reviews.seed.community.texts import Reviews

HALVES: Final = np.arange(1, 11)


def count_films(
    sizes: Sizes, number: int, members: Members, marks: Marks, reviews: Reviews, fans: Array
) -> dict[str, list[str]]:
    """By column, for the first so many films, as COPY reads it."""

    def count(which: Array, weights: Array | None = None) -> Array:
        counted = np.bincount(marks.film[which], None if weights is None else weights[which], minlength=number)
        return counted[:number].astype(np.int64)

    rated, stars, public = marks.rated, marks.half_stars, marks.visibility == PUBLIC
    reviewed = np.zeros(len(marks), dtype=bool)
    reviewed[reviews.mark[~reviews.draft]] = True
    counted = {
        "rating_count": count(rated), "rating_sum": count(rated, stars), "blind_count": count(marks.blind),
        "blind_sum": count(marks.blind, stars), "watch_count": count(marks.watched), "like_count": count(marks.liked),
        "watchlist_count": count(marks.listed), "fan_count": fans[:number], "review_count": count(reviewed & public),
    }  # fmt: skip
    shown = public & ~members.private[marks.member]
    for name, days in DAYS.items():
        counted[name] = count(shown & (marks.at > sizes.now - days * DAY))
    columns = {name: list(map(str, each.tolist())) for name, each in counted.items()}
    bars = np.stack([count(stars == half) for half in HALVES], axis=1)
    columns["rating_histogram"] = [array_of(row) for row in bars.tolist()]
    return columns | _weigh(counted["rating_count"], counted["rating_sum"], bars)


def _weigh(count: Array, total: Array, bars: Array) -> dict[str, list[str]]:
    """As films/tallies.py has it, which puts right the last of six places where that came out otherwise."""
    rated = count > 0
    mean = Decimal(int(total.sum())) / int(count.sum()) if rated.any() else Prior().mean
    prior = Prior(mean=round(mean, 6), weight=max(1, settings.WEIGHTED_PRIOR))
    if not Prior.objects.exists():
        prior.save()
    known = np.maximum(count, 1)
    weighted = (prior.weight * float(prior.mean) + total) / (prior.weight + count)
    spread = bars @ (HALVES * HALVES) / known - (total / known) ** 2
    return {
        name: [f"{value:.6f}" if there else NULL for value, there in zip(values.tolist(), rated.tolist(), strict=True)]
        for name, values in (("rating_weighted", weighted), ("rating_spread", spread.clip(min=0)))
    }
