"""How many members turned to each film lately, counted again from what they did."""

from datetime import datetime, timedelta
from typing import Final

from django.utils import timezone

from config.writes import only
from films.actions.stepping import change_films
from films.freshness import TRENDS

DAYS: Final = {"popularity_week": 7, "popularity_month": 30, "popularity_year": 365}

# What a signed-out reader may see of what members did with a film (reviews/models/visibility.py says so for single
# rows), and when: a mark by the latest thing that it says, unless an incident holds it; a viewing by its evening.
DEEDS: Final = """
    SELECT film_id, member_id, greatest(watched_at, liked_at, watchlisted_at, rated_at) AS at
        FROM reviews_mark WHERE visibility = 'public' AND NOT set_aside AND incident_id IS NULL
    UNION ALL
    SELECT film_id, member_id, watched_on::timestamptz FROM reviews_viewing WHERE visibility = 'public'
    UNION ALL
    SELECT film_id, member_id, published_at FROM reviews_review
        WHERE visibility = 'public' AND removed_at IS NULL AND NOT set_aside
"""


def latest_since(start: str) -> str:
    """A query: each member once for a film, by the latest that they did with it since the parameter `start`."""
    return f"""
        SELECT d.film_id, d.member_id, max(d.at) AS at
            FROM ({DEEDS}) d JOIN accounts_user u ON u.id = d.member_id AND u.is_active AND NOT u.is_private
            WHERE d.at > %({start})s AND d.at <= %(now)s GROUP BY d.film_id, d.member_id
    """


_COUNTS: Final = ", ".join(f"count(*) FILTER (WHERE at > %({column})s) AS {column}" for column in DAYS)
_TRUE: Final = ", ".join(f"coalesce(c.{column}, 0) AS {column}" for column in DAYS)
_DIFFERS: Final = " OR ".join(f"f.{column} <> coalesce(c.{column}, 0)" for column in DAYS)
CHANGED: Final = f"""
    SELECT f.id, {_TRUE} FROM films_film f
        LEFT JOIN (
            SELECT film_id, {_COUNTS} FROM ({latest_since("popularity_year")}) latest GROUP BY film_id
        ) c ON c.film_id = f.id
        WHERE {_DIFFERS}
"""


@only(TRENDS)
def count_popularity(*, now: datetime | None = None) -> int:
    """Bring the three numbers of every film up to date; returns how many films had changed.

    They may be an hour old, so they are no tally: what has moved is found in one query, and only that is written.
    """
    now = now or timezone.now()
    starts = {column: now - timedelta(days=days) for column, days in DAYS.items()}
    changes = ", ".join(f"{column} = c.{column}" for column in DAYS)
    return change_films(CHANGED, changes, params={"now": now, **starts})
