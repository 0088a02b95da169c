"""What the documentation shows of a score."""

from typing import Any, Final

from films.api.examples import SCORE
from reviews.score_counts import VERSION

VOICES: Final = {"count": 3, "mean": 4.33, "histogram": [0, 0, 0, 0, 0, 0, 1, 1, 1, 0]}
FEW: Final = {"count": 2, "mean": None, "histogram": None}
SHEET: Final[dict[str, Any]] = SCORE | {
    "hidden": False,
    "percentages": [0, 1, 1, 2, 4, 9, 19, 31, 21, 12],
    "version": VERSION,
    "prior": 10,
    "site_mean": 3.52,
    "raw": {
        "count": 1330,
        "mean": 3.99,
        "histogram": [49, 6, 14, 22, 51, 120, 241, 402, 268, 157],
        "percentages": [4, 0, 1, 2, 4, 9, 18, 30, 20, 12],
    },
    "aside": {"held": 46, "suspended": 0},
    "blind": {"count": 12, "mean": 3.96},
    "circle": VOICES,
    "critics": FEW,
    "seasoned": VOICES,
    "first_viewings": VOICES,
    "rewatches": FEW,
    "outside_critics": [
        {
            "title": "Nearly all of it works", "slug": "nearly-all-of-it-works", "outlet": "The Evening Reel",
            "byline": "", "value": 4.0, "scale": 5.0,
        },
    ],
    "months": [{"month": "2026-10", "count": 311, "mean": 4.12}],
    "counted_at": None,
    "incidents": [
        {
            "id": 12,
            "held_from": "2026-11-20T21:04:00Z",
            "opened_at": "2026-11-20T21:06:12Z",
            "ended_at": None,
            "ending": "",
            "words": "",
            "seen": {
                "rule": 1, "number": 30, "minutes": 2.2, "per_hour": 818.2, "usual_per_hour": 0.1, "strangers": 0.967,
                "low": 1.0, "high": 0.0, "low_before": 0.052, "high_before": 0.176, "count_before": 1284, "end": "low",
                "is_alarm": True,
            },
            "held": 46,
            "mean_without": 4.12,
            "mean_with": 3.99,
        },
    ],
}  # fmt: skip
