"""What the documentation shows of lists."""

from typing import Any, Final

from accounts.api.examples import MEMBER_REF
from films.api.examples import FILM_REF

LIST: Final[dict[str, Any]] = {
    "id": 31,
    "member": MEMBER_REF,
    "title": "Counted in",
    "description": "Films that start on the *beat*.",
    "description_html": "<p>Films that start on the <em>beat</em>.</p>\n",
    "covered": False,
    "ranked": True,
    "visibility": "public",
    "tags": ["songs"],
    "finds": None,
    "most_found": None,
    "films": 30,
    "seen": 12,
    "likes": 4,
    "liked": False,
    "comments": 2,
    "cloned_from": None,
    "licence": "CC-BY-4.0",
    "version": 1,
    "created_at": "2026-11-22T17:00:00Z",
    "updated_at": "2026-11-22T17:00:00Z",
    "url": "https://films.example.org/lists/31/",
    "link": None,
}
LIST_NEW: Final = {"title": "Counted in", "description": "Films that start on the *beat*.", "ranked": True}
LIST_CHANGE: Final = {"title": "Counted in, twice", "visibility": "followers", "version": 1}
LIST_COPY: Final = {"by_hand": True}
ENTRY: Final[dict[str, Any]] = {
    "id": 210,
    "position": 1,
    "film": FILM_REF,
    "note": "The *coffee run*.",
    "note_html": "<p>The <em>coffee run</em>.</p>\n",
    "spoilers": False,
    "covered": False,
    "added_at": "2026-11-22T17:00:00Z",
    "updated_at": "2026-11-22T17:00:00Z",
}
ENTRY_NEW: Final = {"film": "baby-driver-2017", "position": 1, "note": "The *coffee run*."}
ENTRY_CHANGE: Final = {"position": 3, "note": "The coffee run.", "updated_at": "2026-11-22T17:00:00Z"}
ORDER: Final = {"entries": [212, 210, 211]}
COLLABORATOR: Final = {
    "member": {"username": "bea", "name": "Bea"},
    "invited_at": "2026-11-22T17:00:00Z",
    "accepted_at": None,
}
INVITATION: Final = {"username": "bea"}
