"""Which films may be on a chart, and by what they are ranked: one SELECT a chart, of the program, never of input.

Each gives `id`, `year`, `tier`, `key`, `tie` and `figure`. What is asked of a film is halved from tier to tier, so that
a house with few members has charts too: a chart takes the first tier with which it has enough films, or the last there
is. The most of `key` comes first. Everything is read from what a signed-out reader may see: from the tallies, which are
the same for everybody, and from the deeds that reviews/actions/popularity.py counts.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from math import log
from typing import Any, Final

from django.conf import settings

from films.models import Chart
from reviews.actions.popularity import DAYS, latest_since

# What a film needs, tier by tier: members lately, members in the period, or ratings.
LEAST: Final[Mapping[str, tuple[int, ...]]] = {
    Chart.Name.TRENDING: (16, 8, 4, 2),
    Chart.Name.WEEK: (8, 4, 2, 1),
    Chart.Name.MONTH: (8, 4, 2, 1),
    Chart.Name.YEAR: (8, 4, 2, 1),
    Chart.Name.EVER: (0,),
    Chart.Name.TOP: (48, 24, 12, 6, 3),
    Chart.Name.GEMS: (24, 12, 6, 3),
    Chart.Name.DIVISIVE: (48, 24, 12, 6),
    Chart.Name.ANTICIPATED: (4, 2, 1),
}
RATED: Final = frozenset({Chart.Name.TOP, Chart.Name.GEMS, Chart.Name.DIVISIVE})
# With so many films a chart asks no less of them.
ENOUGH: Final = {Chart.Name.TOP: 250}
ENOUGH_OF_OTHERS: Final = 50

LATELY: Final = timedelta(days=14)
HALF_LIFE: Final = timedelta(days=2)


def least_of(name: str) -> tuple[int, ...]:
    """What a film needs, tier by tier; a rating needs what an average needs."""
    floor = max(1, settings.RATINGS_FOR_AVERAGE) if name in RATED else 0
    return tuple(dict.fromkeys(max(number, floor) for number in LEAST[name]))


def params_of(name: str, now: datetime) -> dict[str, Any]:
    """The values of the names in `%(…)s`."""
    starts = {column: now - timedelta(days=days) for column, days in DAYS.items()}
    return starts | {
        "now": now,
        "today": now.date(),
        "lately": now - LATELY,
        "half_life": HALF_LIFE.total_seconds(),
        "usual": usual_share(),
        "least": least_of(name)[-1],
    }


def usual_share() -> float:
    """What the members of the rest of the year make of `warm`, if those of the last two weeks came as they did.

    With r members a day it is the integral of r × ½^(t ÷ half-life) over the two weeks, which is
    r × half-life ÷ ln 2 × (1 − ½^(two weeks ÷ half-life)).
    """
    half_life, lately = HALF_LIFE / timedelta(days=1), LATELY / timedelta(days=1)
    return half_life / log(2) * (1 - 0.5 ** (lately / half_life)) / (DAYS["popularity_year"] - lately)


def candidates_of(name: str) -> str:
    return {
        Chart.Name.TRENDING: _trending,
        Chart.Name.WEEK: _popular,
        Chart.Name.MONTH: _popular,
        Chart.Name.YEAR: _popular,
        Chart.Name.EVER: _ever,
        Chart.Name.TOP: _top,
        Chart.Name.GEMS: _gems,
        Chart.Name.DIVISIVE: _divisive,
        Chart.Name.ANTICIPATED: _anticipated,
    }[Chart.Name(name)](name)


def _tier(name: str, column: str) -> str:
    """The first tier whose demand the column meets."""
    cases = " ".join(f"WHEN {column} >= {number} THEN {tier}" for tier, number in enumerate(least_of(name)))
    return f"CASE {cases} END"


def _trending(name: str) -> str:
    """How far what happens to a film exceeds what usually does, in the measure that Pearson gave to surprises.

    `warm` counts the members of the last two weeks, each for half as much every two days. `usual` is what that would be
    if they came as in the rest of the year (which `popularity_year` has counted before); one more, so that a film that
    nobody knew has a past. The key is Pearson's
    chi-squared, (warm − usual)² ÷ usual (Philosophical Magazine 50, 1900), of films that are above their usual. So a
    film that everybody sees all year has to have an extraordinary week, and a small one only its own.
    """
    age = "extract(epoch FROM %(now)s - at)::float8"
    return f"""
        SELECT f.id, f.year, {_tier(name, "t.lately")} AS tier, (t.warm - u.usual) ^ 2 / u.usual AS key,
               f.popularity AS tie, t.lately AS figure
        FROM (
            SELECT film_id, count(*) AS lately, sum(0.5::float8 ^ ({age} / %(half_life)s)) AS warm
            FROM ({latest_since("lately")}) latest GROUP BY film_id HAVING count(*) >= %(least)s
        ) t JOIN films_film f ON f.id = t.film_id,
        LATERAL (SELECT 1 + %(usual)s * greatest(f.popularity_year - t.lately, 0) AS usual) u
        WHERE t.warm > u.usual
    """


def _popular(name: str) -> str:
    """By how many members turned to it in the period."""
    column = f"f.popularity_{name.removeprefix('popular-')}"
    return f"""
        SELECT f.id, f.year, {_tier(name, column)} AS tier, {column} AS key, f.popularity AS tie, {column} AS figure
        FROM films_film f WHERE {column} >= %(least)s
    """


def _ever(name: str) -> str:
    """By how many have seen it or want to; before that, by how well known it is elsewhere."""
    return """
        SELECT f.id, f.year, 0 AS tier, f.popularity AS key, f.rating_count AS tie,
               f.watch_count + f.watchlist_count AS figure
        FROM films_film f WHERE f.popularity > 0
    """


def _top(name: str) -> str:
    """By the weighted mean (films/scores.py)."""
    return f"""
        SELECT f.id, f.year, {_tier(name, "f.rating_count")} AS tier, f.rating_weighted AS key,
               f.rating_count AS tie, f.rating_weighted / 2 AS figure
        FROM films_film f WHERE f.rating_weighted IS NOT NULL AND f.rating_count >= %(least)s
    """


def _gems(name: str) -> str:
    """By the weighted mean as well, but only films above the site's mean that few have seen: `most` at most."""
    return f"""
        SELECT f.id, f.year, {_tier(name, "f.rating_count")} AS tier, f.rating_weighted AS key,
               f.rating_count AS tie, f.rating_weighted / 2 AS figure
        FROM films_film f
        WHERE f.rating_weighted > %(mean)s AND f.rating_count >= %(least)s AND f.watch_count <= %(most)s
    """


def _divisive(name: str) -> str:
    """By the variance of the ratings; the figure is its root, in stars."""
    return f"""
        SELECT f.id, f.year, {_tier(name, "f.rating_count")} AS tier, f.rating_spread AS key,
               f.rating_count AS tie, sqrt(f.rating_spread) / 2 AS figure
        FROM films_film f WHERE f.rating_spread > 0 AND f.rating_count >= %(least)s
    """


def _anticipated(name: str) -> str:
    """By watchlists: films that are not out yet, and those that ten times as many want to see as have seen."""
    return f"""
        SELECT f.id, f.year, {_tier(name, "f.watchlist_count")} AS tier, f.watchlist_count AS key,
               f.renown AS tie, f.watchlist_count AS figure
        FROM films_film f
        WHERE f.watchlist_count >= %(least)s
            AND (coalesce(f.release_date > %(today)s, f.year > extract(year FROM %(today)s::date))
                OR f.watchlist_count >= 10 * f.watch_count)
    """
