"""What the documentation shows of evenings."""

from typing import Any, Final

from accounts.api.examples import MEMBER_REF
from films.api.examples import FILM_REF

EVENING: Final[dict[str, Any]] = {
    "key": "Y9CiJRJfirMARB8LQKbrR5j0",
    "url": "https://films.example.org/tonight/Y9CiJRJfirMARB8LQKbrR5j0/",
    "name": "Friday at Ana’s",
    "host": MEMBER_REF,
    "most_minutes": 120,
    "country": None,
    "services": [{"slug": "mubi", "name": "MUBI"}],
    "shelf": True,
    "started_at": "2026-11-27T19:00:00Z",
    "phase": "striking",
    "your_seat": 1,
    "seats": [
        {"number": 1, "name": "Ana", "username": "ana", "is_host": True, "is_ready": False},
        {"number": 2, "name": "Gil", "username": None, "is_host": False, "is_ready": True},
    ],
    "picks": [{"film": FILM_REF, "says": "want"}],
    "shortlist": [
        {
            "film": FILM_REF,
            "wants": 2,
            "struck": False,
            "struck_by_you": False,
            "seen": False,
            "on_shelf": True,
            "warned": ["Flashing lights"],
        }
    ],
    "strikes_left": 3,
    "draws": [],
    "logged_by": [],
}
SEATED: Final[dict[str, Any]] = {
    "seat": 2,
    "seat_token": "lMc3oF8m1S1rJ0o1P3tqf7Yw0k6vYc2Jb2g6m3p2n1E",
    "evening": EVENING["url"],
}
START: Final = {"name": "Friday at Ana’s", "most_minutes": 120, "services": ["mubi"], "shelf": True}
DRAW: Final[dict[str, Any]] = {
    "film": FILM_REF,
    "number": 1,
    "people": 2,
    "wants": 2,
    "left": 9,
    "tied": 1,
    "lot": "b1946ac92492d234",
    "made_at": "2026-11-27T19:20:00Z",
}
JOIN: Final = {"name": "Gil"}
SAYING: Final = {"film": FILM_REF["slug"], "says": "want"}
STRIKING: Final = {"film": FILM_REF["slug"], "struck": True}
HAVING: Final = {"services": ["mubi"], "shelf": True}
WATCHED: Final = {"visibility": "followers", "is_named": True}
