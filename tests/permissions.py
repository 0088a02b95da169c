"""The table in permissions.txt, row by row: who its columns are, and what is sent to an address."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from reviews.models import Notice

TABLE = Path(__file__).with_name("permissions.txt")
WHO = {
    "anonymous": None, "member": "fay", "follower": "bea", "blocked": "cem", "author": "ana",
    "curator": "dora", "moderator": "eli", "suspended": "gus", "administrator": "boss",
}  # fmt: skip

SCREENING = {
    "starts_at": "2036-05-01T20:00",
    "place": "The old dairy",
    "audience": "everybody",
    "published_at": "2026-01-01T00:00",
    "programme-TOTAL_FORMS": "1",
    "programme-INITIAL_FORMS": "0",
    "programme-0-film": "Reel 1 (1961)",
}
# What is sent where the empty form would be refused for what it says, not for who sends it.
SENT: dict[str, dict[str, Any]] = {
    "POST films:mark": {"stars": "4"},
    "POST films:dismiss": {"dismissed": "1"},
    "POST films:note": {"body": "The mirrors."},
    "POST films:shelf": {"kind": "dvd"},
    "POST reviews:edit_copy": {"kind": "dvd"},
    "POST films:recommend": {"to": "bea", "words": "Go blind."},
    "POST reviews:add_device": {
        "endpoint": "https://push.example.org/new",  # with the keys that RFC 8291 prints
        "public_key": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
        "secret": "BTBZMqHH6r4Tts7J_aSIgg",
    },
    "POST reviews:mark_tip": {"watchlist": "1"},
    "POST reviews:report_tip": {"reason": "spam"},
    "POST reviews:write_review": {"body": "A new evening, a new view.", "visibility": "public", "version": "1"},
    "POST reviews:log": {"watched_on": "2024-01-28", "visibility": "public"},
    "POST reviews:edit_viewing": {"watched_on": "2024-01-28", "visibility": "public"},
    "POST reviews:edit_review": {"body": "A better sentence.", "visibility": "public", "version": "1"},
    "POST reviews:like_review": {"liked": "1"},
    "POST reviews:pin_review": {"pinned": "0"},
    "POST reviews:report_review": {"reason": "spam"},
    "POST reviews:report_comment": {"reason": "spam"},
    "POST reviews:review_comments": {"body": "Is that so?"},
    "POST reviews:article_comments": {"body": "Is that so?"},
    "POST reviews:list_comments": {"body": "Is that so?"},
    "POST films:talk_comments": {"body": "Is that so?"},
    "POST reviews:take_down_comment": {"down": "1"},
    **{f"POST reviews:{kind}_subscription": {"follow": "1"} for kind in ("review", "list", "article", "essay")},
    "POST films:talk_subscription": {"follow": "1"},
    "POST reviews:report_member": {"reason": "abuse"},
    "POST reviews:report_list": {"reason": "spam"},
    **{f"POST {app}:report_{name}": {"reason": "abuse"} for app in ("reviews", "api") for name in ("evening", "guest")},
    "POST films:report_film": {"reason": "duplicate"},
    "POST reviews:case": {"body": "It was in another film."},
    "POST reviews:decision": {"words": "Please look again."},
    "POST reviews:decision_by_pass": {"words": "Please look again."},
    "POST api:film_report": {"reason": "duplicate"},
    "POST api:member_report": {"reason": "abuse"},
    "POST api:list_report": {"reason": "spam"},
    "POST api:decision_appeal": {"words": "Please look again."},
    "POST admin:reviews_case_change": {"kind": "nothing", "closes": "on"},
    "POST admin:reviews_appeal_change": {"outcome": "upheld", "answer": "It is one, though."},
    "POST admin:reviews_wordrule_add": {"kind": "words", "pattern": "cheap watches", "rule": "spam"},
    "POST admin:reviews_wordrule_change": {"kind": "words", "pattern": "cheap watches", "rule": "spam"},
    "POST admin:reviews_housenotice_add": {
        "kind": "news",
        "words": "We are two.",
        "audience": "everybody",
        "starts_at": "2026-01-01T00:00",
    },
    "POST admin:reviews_housenotice_change": {
        "kind": "news",
        "words": "We are two.",
        "audience": "everybody",
        "starts_at": "2026-01-01T00:00",
    },
    **{f"POST admin:reviews_screening_{page}": SCREENING for page in ("add", "change")},
    "POST reviews:screening_word": {"guests": "1"},
    "POST reviews:screening_log": {"film": "baby-driver-2017"},
    "PUT api:screening_word": {"guests": 0, "named": True},
    "POST admin:reviews_housepage_add": {"kind": "other", "title": "Getting here", "body": "By tram.", "place": "10"},
    "POST admin:reviews_housepage_begin": {"kind": "about"},
    "POST admin:reviews_housepage_change": {"kind": "other", "title": "Here", "body": "By tram.", "place": "10"},
    "POST admin:reviews_housewords_change": {"line": "The film club of the Ritz, upstairs."},
    "POST reviews:new_essay": {"title": "A new thought", "body": "It needs more room.", "visibility": "public"},
    "POST reviews:edit_essay": {"title": "A better name", "body": "And text.", "visibility": "public", "version": "1"},
    "POST reviews:like_essay": {"liked": "1"},
    "POST reviews:report_essay": {"reason": "spam"},
    "POST reviews:essay_comments": {"body": "Is that so?"},
    "POST api:essays": {"title": "By a program", "body": "It needs more room."},
    "POST api:essay_drafts": {"title": "By a program", "body": "Not yet."},
    "PATCH api:essay_draft": {"body": "Nearly."},
    "PATCH api:essay": {"title": "A better name"},
    "POST api:essay_report": {"reason": "spam"},
    "POST reviews:edit_comment": {"body": "That is so."},
    "POST reviews:new_list": {"title": "A new list", "visibility": "public"},
    "POST reviews:edit_list": {"title": "A better name", "visibility": "public", "version": "1"},
    "POST reviews:like_list": {"liked": "1"},
    "POST reviews:list_finds": {"finds": "genre=action&from=2010"},
    "POST reviews:list_films": {"film": "dunkirk-2017"},
    "POST reviews:list_entry": {"do": "move", "position": "2"},
    "POST reviews:list_people": {"do": "invite", "username": "fay"},
    "POST reviews:join_evening": {"name": "Zoë"},
    "POST reviews:evening_picks": {"film": "dunkirk-2017", "says": "want"},
    "POST reviews:evening_vetoes": {"film": "reel-1-1961"},
    "POST reviews:evening_watched": {"visibility": "public"},
    "POST reviews:follow": {"follow": "1"},
    "POST reviews:member_match": {"film": "dunkirk-2017"},
    "POST reviews:block": {"block": "1"},
    "POST reviews:favourites": {"film": "dunkirk-2017", "do": "add"},
    "POST reviews:goal": {"films": "52", "visibility": "public"},
    "POST reviews:searches": {"name": "Short nights", "query": "length=short"},
    "POST reviews:privacy": {"comment_policy": "followers", "tip_policy": "circle", "shelf_policy": "public"},
    "POST reviews:import_act": {"do": "rule", "rule": "theirs"},
    "POST reviews:import_row": {"film": "none"},
    "POST reviews:answer_request": {"accept": "dora"},
    "POST films:suggest": {"kind": "correction", "fact": "year", "value": "2015"},
    "POST admin:films_film_sources": {"fact": "genres"},
    "POST admin:reviews_incident_dry_run": {"film": "dunkirk-2017", "since": "2026-01-01T00:00", "end": "low"},
    "POST admin:films_conflict_decide": {"decision": "accept"},
    "POST admin:films_suggestion_change": {"decision": "done"},
    "POST accounts:profile": {"display_name": "Somebody else"},
    "POST accounts:username": {"username": "somebody-else"},
    "POST accounts:avatar": {"remove": "1"},
    "POST accounts:unblocking": {"username": "cem"},
    **{
        f"{verb}:copies": {
            "address": "https://cloud.example.org/dav/",
            "username": "ana",
            "password": "s",
            "often": "week",
        }
        for verb in ("POST reviews", "PUT api")
    },
    "PUT api:own_calendar": {"country": None, "ways": []},
    "POST reviews:notice_choices": {f"{kind}_mailing": "daily" for kind in Notice.values},
    "PATCH api:notification": {"read": True},
    "PATCH api:notice_choices": {"choices": [{"kind": "follow", "mail": "weekly"}]},
    "POST reviews:delete_account": {"username": "ana"},
    "POST accounts:tokens": {"name": "A program", "scope": "read", "lifetime": "30"},
    "POST reviews:elsewhere": {"on": "on"},
    "POST reviews:distant_follower": {"do": "remove"},
    "POST reviews:following_elsewhere": {"who": "@new@social.example.org"},
    "POST api:following_elsewhere": {"who": "@new@social.example.org"},
    "PATCH api:elsewhere": {"on": True},
    "PATCH api:distant_follower": {"accepted": True},
    "POST admin:accounts_serverblock_add": {"domain": "loud.example.org", "reason": "Noise."},
    "POST reviews:new_player": {"name": "Emby", "visibility": "public", "time_zone": "Europe/Berlin"},
    "POST reviews:player": {"name": "Emby", "visibility": "public", "time_zone": "Europe/Berlin"},
    "POST reviews:playing": {"film": "dunkirk-2017"},
    "POST reviews:play": {"imdb": "tt3890160", "user": "ana"},
    "POST accounts:register_app": {"name": "Rows", "addresses": "https://example.org/back", "kind": "public"},
    "POST accounts:app": {"name": "Seats", "addresses": "https://example.org/back"},
    **{
        f"POST {name}": {"address": "https://programs.example.org/other", "events": ["diary.added"]}
        for name in ("accounts:register_webhook", "accounts:webhook", "api:webhooks")
    },
    "PATCH api:webhook": {"events": ["diary.added"]},
    "POST api:films": {"title": "A Film of Today", "year": 2026},
    "POST api:film_suggestions": {"fact": "year", "value": "2015"},
    "PATCH api:film": {"tagline": "One line."},
    "PATCH api:film_me": {"stars": 4.5},
    "POST api:lists": {"title": "By a program"},
    "PATCH api:list": {"title": "A better name"},
    "POST api:list_entries": {"film": "dunkirk-2017"},
    "PATCH api:list_entry": {"position": 2},
    "PUT api:list_order": {"entries": []},
    "POST api:list_collaborators": {"username": "fay"},
    "POST api:join_evening": {"name": "Zoë"},
    "POST api:evening_picks": {"film": "dunkirk-2017", "says": "want"},
    "POST api:evening_vetoes": {"film": "reel-1-1961"},
    "PUT api:evening_services": {"services": ["netflix"]},
    "POST api:reviews": {"film": "dunkirk-2017", "body": "Three clocks, one beach."},
    "PATCH api:review": {"body": "Three clocks, one beach, no letters home."},
    **{f"POST api:{kind}_comments": {"body": "Is that so?"} for kind in ("review", "list", "article", "essay", "film")},
    "POST api:review_report": {"reason": "spam"},
    "PATCH api:comment": {"body": "That is so."},
    "POST api:comment_report": {"reason": "spam"},
    "POST api:diary": {"film": "dunkirk-2017", "watched_on": "2024-01-28"},
    "PATCH api:diary_line": {"rewatch": False},
    "PUT api:draft": {"body": "Not yet."},
    "PUT api:note": {"body": "The mirrors."},
    "POST api:shelf": {"film": "dunkirk-2017", "kind": "dvd"},
    "PATCH api:copy": {"lent_to": ""},
    "PUT api:film_tip": {"words": "Go blind."},
    "POST api:tip_report": {"reason": "spam"},
    "PUT api:goal": {"films": 52},
    "PUT api:film_guidance": {"levels": {}},
    "PUT api:cautions": {"notes": []},
    "POST api:searches": {"name": "Short nights", "query": "length=short"},
    "POST api:players": {"name": "Emby"},
    "PATCH api:player": {"name": "Emby"},
    "PATCH api:playing": {"film": "dunkirk-2017"},
    "PUT api:favourites": {"films": ["dunkirk-2017"]},
    "PATCH api:import_row": {"film": None},
    "PATCH api:me": {"location": "Atlanta"},
    "POST api:tokens": {"name": "A program", "scopes": ["read"]},
}


@dataclass(frozen=True)
class Row:
    path: str
    verb: str
    expected: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.verb} {self.path}"


@cache
def table() -> tuple[Row, ...]:
    lines = [line for line in TABLE.read_text("utf-8").splitlines() if line.strip() and not line.startswith("#")]
    head, *rest = (line.split() for line in lines)
    assert head == ["address", "verb", *WHO], "the columns are those of WHO"
    return tuple(Row(path, verb, tuple(cells)) for address, verb, *cells in rest for path in spellings(address))


def spellings(address: str) -> Iterator[str]:
    """`/a/(b|c)/` is both addresses, `(…)?` with it and without."""
    parts = re.split(r"(\([^)]*\)\??)", address)
    choices = [
        [*part.strip("()?").split("|"), *([""] if part.endswith("?") else [])] if part.startswith("(") else [part]
        for part in parts
    ]
    return ("".join(chosen) for chosen in itertools.product(*choices))
