"""What the documentation shows of the community."""

from typing import Any, Final

from accounts.api.examples import MEMBER_REF
from films.api.examples import FILM_REF, PERSON_REF

MARK: Final = {
    "stars": 4.5,
    "held": False,
    "watched": True,
    "liked": True,
    "in_watchlist": False,
    "visibility": "public",
}
MARK_CHANGE: Final = {"stars": 4.5, "liked": True}
REVIEW: Final[dict[str, Any]] = {
    "id": 4127,
    "film": FILM_REF,
    "member": MEMBER_REF,
    "stars": 4.5,
    "body": "A *musical* that happens to have cars in it.",
    "body_html": "<p>A <em>musical</em> that happens to have cars in it.</p>\n",
    "watched_on": "2026-11-20",
    "rewatch": False,
    "spoilers": False,
    "tags": ["chase", "soundtrack"],
    "covered": False,
    "visibility": "public",
    "pinned": False,
    "likes": 3,
    "comments": 1,
    "comment_policy": "",
    "thread_state": "can_comment",
    "licence": "CC-BY-4.0",
    "version": 1,
    "created_at": "2026-11-22T17:00:00Z",
    "updated_at": "2026-11-22T17:00:00Z",
    "url": "https://films.example.org/reviews/4127/",
}
REVIEW_NEW: Final = {
    "film": "baby-driver-2017",
    "body": "A *musical* that happens to have cars in it.",
    "stars": 4.5,
    "watched_on": "2026-11-20",
    "tags": ["chase", "soundtrack"],
}
REVIEW_CHANGE: Final = {"body": "A *musical* with cars in it. Louder the second time.", "stars": 5, "version": 1}
COMMENT: Final[dict[str, Any]] = {
    "id": 88,
    "member": {"username": "bea", "name": "Bea"},
    "body": "The coffee run alone is worth it.",
    "body_html": "<p>The coffee run alone is worth it.</p>\n",
    "covered": False,
    "reply_to": None,
    "deleted": False,
    "gone": None,
    "editable_seconds": 271,
    "created_at": "2026-11-22T17:05:00Z",
    "edited_at": None,
}
COMMENT_NEW: Final[dict[str, Any]] = {"body": "The coffee run alone is worth it.", "reply_to": None}
COMMENT_CHANGE: Final = {"body": "The coffee run alone is worth the ticket."}
FRIEND: Final[dict[str, Any]] = MARK | {
    "member": {"username": "bea", "name": "Bea"},
    "review": 4127,
    "updated_at": "2026-11-22T17:00:00Z",
}
LINE: Final[dict[str, Any]] = {
    "kind": "reviewed",
    "member": {"username": "bea", "name": "Bea"},
    "film": FILM_REF,
    "stars": 4.5,
    "review": 4127,
    "viewing": None,
    "list": None,
    "essay": None,
    "other": None,
    "created_at": "2026-11-22T17:00:00Z",
}
FOLLOW_REQUEST: Final = {"member": {"username": "bea", "name": "Bea"}, "created_at": "2026-11-22T17:00:00Z"}
SUBSCRIPTION: Final = {"following": True, "thread_state": "can_comment"}
REPORT_NEW: Final = {"reason": "spoilers", "message": "The last paragraph tells the end."}
REPORT: Final[dict[str, Any]] = REPORT_NEW | {"id": 12, "created_at": "2026-11-22T17:10:00Z"}
VIEWING: Final[dict[str, Any]] = {
    "id": 903,
    "film": FILM_REF,
    "watched_on": "2026-11-20",
    "rewatch": False,
    "stars": 4.5,
    "review": 4127,
    "cut": "directors",
    "format": "70mm",
    "place": "The Ritzy",
    "context_shown": True,
    "tags": ["chase"],
    "visibility": "public",
    "created_at": "2026-11-22T17:00:00Z",
    "updated_at": "2026-11-22T17:00:00Z",
}
VIEWING_NEW: Final = {"film": "baby-driver-2017", "watched_on": "2026-11-20", "stars": 4.5, "format": "70mm"}
VIEWING_CHANGE: Final = {"rewatch": True}
ARTICLE_CARD: Final[dict[str, Any]] = {
    "slug": "cut-to-the-beat",
    "kind": "essay",
    "title": "Cut to the beat",
    "standfirst": "How a film was edited to its own soundtrack.",
    "author": MEMBER_REF,
    "byline": "",
    "outlet": "",
    "outlet_url": "",
    "score": None,
    "picture": {
        "url": "https://films.example.org/media/pictures/3f/3f09a1/wide-1600.webp",
        "alt": "Two people share a pair of headphones.",
        "credit": "Ann Lee, CC BY 4.0",
    },
    "reading_minutes": 6,
    "published_at": "2026-11-22T17:00:00Z",
    "updated_at": "2026-11-22T17:00:00Z",
    "url": "https://films.example.org/articles/cut-to-the-beat/",
}
ARTICLE: Final[dict[str, Any]] = ARTICLE_CARD | {
    "body": "## The first job\n\nThe wipers keep time.",
    "body_html": '<h2 id="s-the-first-job">The first job</h2>\n<p>The wipers keep time.</p>\n',
    "covered": False,
    "headings": [{"level": 2, "id": "s-the-first-job", "text": "The first job"}],
    "films": [FILM_REF],
    "people": [PERSON_REF],
}
WATCHLIST: Final = {"film": FILM_REF, "added_at": "2026-11-22T17:00:00Z"}
FOUND: Final = {
    "type": "films",
    "id": "baby-driver-2017",
    "title": "Baby Driver",
    "detail": "2017",
    "url": "https://films.example.org/films/baby-driver-2017/",
}
COLLECTION_CARD: Final = {
    "slug": "getaways",
    "title": "Getaways",
    "text": "They drive, and somebody is behind them.",
    "picture": {
        "url": "https://films.example.org/media/pictures/3f/3f09/wide-1600.webp",
        "alt": "A row of parked cars",
    },
    "curator": {"username": "dora", "name": "Dora"},
    "shown_from": None,
    "shown_until": "2027-01-31",
    "film_count": 30,
    "seen": 12,
    "url": "https://films.example.org/collections/getaways/",
    "updated_at": "2026-11-22T17:00:00Z",
}
COLLECTION: Final = COLLECTION_CARD | {"films": [{"film": FILM_REF, "note": "Cut to the beat.", "seen": True}]}
