"""What the documentation shows of members."""

from typing import Any, Final

MEMBER_REF: Final = {"username": "ana", "name": "Ana"}
MEMBER: Final[dict[str, Any]] = MEMBER_REF | {
    "bio": "Rows G and H, always.",
    "pronouns": "she/her",
    "location": "Porto",
    "website": "https://ana.example.org",
    "avatar": None,
    "is_private": False,
    "followers": 12,
    "following": 8,
    "joined_at": "2026-11-22T17:00:00Z",
    "you": {"follow": True, "requested": False, "are_followed": False, "mute": False, "block": False},
    "url": "https://films.example.org/members/ana/",
}
ME: Final[dict[str, Any]] = {name: value for name, value in MEMBER.items() if name != "you"} | {
    "display_name": "Ana",
    "email": "ana@example.org",
    "comment_policy": "anyone",
    "tip_policy": "followed",
    "shelf_policy": "private",
    "hides_scores": False,
    "wants_recommendations": True,
    "lends_taste": True,
    "licence": "CC-BY-4.0",
    "opens_ratings": True,
}
ME_CHANGE: Final = {"display_name": "Ana", "bio": "Rows G and H, always."}
TOKEN: Final[dict[str, Any]] = {
    "id": 7,
    "name": "A script at home",
    "hint": "int_8fT2",
    "scopes": ["read", "write"],
    "created_at": "2026-11-22T17:00:00Z",
    "last_used_at": None,
    "expires_at": None,
}
TOKEN_ASKED: Final = {"name": "A script at home", "scopes": ["read", "write"]}
NEW_TOKEN: Final[dict[str, Any]] = TOKEN | {"secret": "int_8fT2Qy0example0example0example0example0exam"}
LET_IN: Final[dict[str, Any]] = {
    "id": "5b2f0c7e9a3d4f6f8c1e2a7b6d5c4e3f",
    "name": "Rows on a telephone",
    "made_by": {"username": "bea", "name": "Bea"},
    "scopes": ["openid", "profile", "read"],
    "since": "2026-11-22T17:00:00Z",
}
WEBHOOK: Final[dict[str, Any]] = {
    "id": 5,
    "address": "https://example.org/intermission",
    "events": ["diary.added", "rating.changed"],
    "on": True,
    "off_at": None,
    "off_because": None,
    "failing_since": None,
    "created_at": "2026-11-22T17:00:00Z",
}
WEBHOOK_SECRET: Final = {"secret": "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oDrGxYgPZzR0E="}
NEW_WEBHOOK: Final[dict[str, Any]] = WEBHOOK | WEBHOOK_SECRET
WEBHOOK_CHANGE: Final = {"events": ["diary.added", "diary.changed", "diary.deleted"], "on": True}
DELIVERY: Final[dict[str, Any]] = {
    "id": 88,
    "message_id": "msg_9f1c2d3e4b5a4c6d8e7f0a1b2c3d4e5f",
    "event": "diary.added",
    "state": "delivered",
    "attempts": 1,
    "status": 204,
    "trouble": None,
    "created_at": "2026-11-22T17:00:00Z",
    "tried_at": "2026-11-22T17:00:01Z",
    "next_at": None,
}
