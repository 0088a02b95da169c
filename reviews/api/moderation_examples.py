"""What the documentation shows of reports, decisions and appeals."""

from typing import Any, Final

from reviews.api.examples import REPORT

MY_REPORT: Final[dict[str, Any]] = REPORT | {
    "about": {"kind": "review", "url": "https://films.example.org/reviews/4127/", "deleted": False},
    "closed_at": "2026-11-23T09:00:00Z",
    "outcome": "It was covered as a spoiler.",
    "url": "https://films.example.org/accounts/cases/7/",
}
APPEAL_NEW: Final = {"words": "The chase is in the trailer: it gives nothing away."}
APPEAL: Final[dict[str, Any]] = APPEAL_NEW | {
    "made_at": "2026-11-24T08:00:00Z",
    "decided_at": None,
    "outcome": None,
    "answer": "",
}
DECISION: Final[dict[str, Any]] = {
    "id": 31,
    "kind": "cover",
    "rule": "spoilers",
    "excerpt": "In the end he goes to prison, and …",
    "reason": "The first sentence tells the end.",
    "by_program": False,
    "made_at": "2026-11-23T09:00:00Z",
    "until": None,
    "reversed_at": None,
    "appeal_before": "2027-05-25T09:00:00Z",
    "appeal": APPEAL,
    "url": "https://films.example.org/accounts/decisions/31/",
}
MONTH: Final[dict[str, Any]] = {
    "month": "2026-11",
    "reports": 12,
    "flags": 3,
    "decisions": 9,
    "appeals": 1,
    "reversals": 1,
}
TRANSPARENCY: Final[dict[str, Any]] = {
    "months": [MONTH],
    "reports": {"spoilers": 9, "spam": 3},
    "flags": 3,
    "decisions": {"nothing": 4, "cover": 5},
    "rules": {"spoilers": 5},
    "by_people": 9,
    "by_program": 0,
    "appeals": {"made": 1, "waiting": 0, "upheld": 0, "reversed": 1},
    "reversals": 1,
    "median_hours": 3.5,
    "open_cases": 2,
}
