"""What the documentation shows of a member's stats."""

from typing import Any, Final

from films.api.examples import FILM_REF, PERSON_REF

PLACE: Final = PERSON_REF | {"films": 3, "rated": 2, "average": 4.25}
PERIOD: Final[dict[str, Any]] = {
    "year": 2026,
    "viewings": 97,
    "films": 94,
    "minutes": 10422,
    "films_without_runtime": 2,
    "rewatches": 3,
    "days_with_viewings": 81,
    "average": 3.62,
    "histogram": [0, 1, 2, 4, 9, 17, 21, 18, 9, 3],
    "months": [{"month": "2026-01", "viewings": 12}, {"month": "2026-02", "viewings": 9}],
    "weekdays": [9, 8, 11, 10, 19, 22, 18],
    "days": [{"day": "2026-01-01", "viewings": 2}],
    "rankings": [{"kind": "director", "most_seen": [PLACE], "highest_rated": [PLACE]}],
    "first": {"film": FILM_REF, "watched_on": "2026-01-01"},
    "last": {"film": FILM_REF, "watched_on": "2026-11-28"},
    "longest": {"film": FILM_REF, "minutes": 113},
    "highest_rated": [{"film": FILM_REF, "stars": 5.0}],
    "seen_again": [{"film": FILM_REF, "viewings": 3}],
    "above_members": [{"film": FILM_REF, "stars": 5.0, "members_mean": 4.11}],
    "below_members": [],
    "most_liked": [{"film": FILM_REF, "likes": 412}],
}
STATS: Final[dict[str, Any]] = {
    "watched": 412,
    "rated": 377,
    "liked": 88,
    "in_watchlist": 61,
    "reviews": 41,
    "watched_this_year": 97,
    "average": 3.58,
    "histogram": [2, 4, 9, 14, 31, 68, 94, 88, 46, 21],
    "years": [2026, 2025, 2024],
    "goal": 104,
    "period": PERIOD,
}
