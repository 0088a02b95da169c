"""Who may do what: every address of the site, by verb and by who asks, held to the table in permissions.txt.

A cell is the status of the answer, or `login` for a redirect to the log-in page; with `=` before it, nothing happens
all the same: a form was shown again, or it said what is so already. An address that the table does not
know fails, so that nothing is opened by forgetting it. Where a cell refuses, and wherever the verb only reads,
nothing may be written. What is kept secret (drafts, what is private or removed, those who block one) is 404, never 403.
"""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, reset_queries, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, get_resolver, resolve

from reviews.models import Notice
from tests.base import png, rows_for_a_module
from tests.house import House, furnish
from tests.walk import log_in_afresh

pytestmark = pytest.mark.django_db
TABLE = Path(__file__).with_name("permissions.txt")
WHO = {
    "anonymous": None, "member": "fay", "follower": "bea", "blocked": "cem", "author": "ana",
    "curator": "dora", "moderator": "eli", "suspended": "gus", "administrator": "boss",
}  # fmt: skip
READS = {"GET", "HEAD", "OPTIONS"}
VERBS = ("GET", "POST", "PUT", "PATCH", "DELETE")

# What is sent where the empty form would be refused for what it says, not for who sends it.
SENT: dict[str, dict[str, Any]] = {
    "POST films:mark": {"stars": "4"},
    "POST films:dismiss": {"dismissed": "1"},
    "POST reviews:write_review": {"body": "A new evening, a new view.", "visibility": "public"},
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
    **{f"POST reviews:{kind}_subscription": {"follow": "1"} for kind in ("review", "list", "article")},
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
    "POST reviews:edit_comment": {"body": "That is so."},
    "POST reviews:new_list": {"title": "A new list", "visibility": "public"},
    "POST reviews:edit_list": {"title": "A better name", "visibility": "public", "version": "1"},
    "POST reviews:like_list": {"liked": "1"},
    "POST reviews:list_films": {"film": "dunkirk-2017"},
    "POST reviews:list_entry": {"do": "move", "position": "2"},
    "POST reviews:list_people": {"do": "invite", "username": "fay"},
    "POST reviews:join_evening": {"name": "Zoë"},
    "POST reviews:evening_picks": {"film": "dunkirk-2017", "says": "want"},
    "POST reviews:evening_vetoes": {"film": "reel-1-1961"},
    "POST reviews:evening_watched": {"visibility": "public"},
    "POST reviews:follow": {"follow": "1"},
    "POST reviews:block": {"block": "1"},
    "POST reviews:favourites": {"film": "dunkirk-2017", "do": "add"},
    "POST reviews:privacy": {"comment_policy": "followers"},
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
    "POST reviews:notice_choices": {f"{kind}_mailing": "daily" for kind in Notice.values},
    "PATCH api:notification": {"read": True},
    "PATCH api:notice_choices": {"choices": [{"kind": "follow", "mail": "weekly"}]},
    "POST accounts:tokens": {"name": "A program", "scope": "read", "lifetime": "30"},
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
    **{f"POST api:{kind}_comments": {"body": "Is that so?"} for kind in ("review", "list", "article", "film")},
    "POST api:review_report": {"reason": "spam"},
    "PATCH api:comment": {"body": "That is so."},
    "POST api:comment_report": {"reason": "spam"},
    "POST api:diary": {"film": "dunkirk-2017", "watched_on": "2024-01-28"},
    "PATCH api:diary_line": {"rewatch": False},
    "PUT api:favourites": {"films": ["dunkirk-2017"]},
    "PATCH api:me": {"location": "Atlanta"},
    "POST api:tokens": {"name": "A program", "scopes": ["read"]},
}
# Counters, and what a log-in leaves; neither is anything that the refused asked for.
BESIDE = re.compile(
    r'"(?:django_session|cache|accounts_requestcount|usersessions_usersession|account_emailconfirmation)"'
    r"|accounts_requestcount"
)
# Brought by allauth, and hidden behind an address of our own before them.
OUT_OF_REACH = {
    "_allauth/app/v1/account/phone", "_allauth/app/v1/auth/phone/verify", "_allauth/app/v1/auth/phone/verify/resend",
}  # fmt: skip
WRITES = re.compile(r"\s*(?:INSERT|UPDATE|DELETE|MERGE|TRUNCATE|COPY)\b", re.I)


# Words of the house that are not for everybody, and in whose answers they may stand. Moderators read in the admin
# what members said of their own, as far as it was meant for others.
SECRETS = {
    "Nobody must know that I wept": {"author"},
    "It is too long": {"author", "follower", "moderator", "administrator"},
    "I am not sure yet": {"author"},
    "Buy watches here": {"author", "moderator", "administrator"},
    "Shown between friends": {"author", "follower", "moderator", "administrator"},
    "Hidden from them all": {"author"},
    "Made by two of us": {"author", "curator", "moderator"},
    "Bad watches": {"author", "moderator", "administrator"},
    "Before I had to go": {"moderator", "administrator"},
    "Do not tell": {"author", "follower", "curator", "moderator", "administrator"},
    "I am no longer here": {"moderator", "administrator"},
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


def routes() -> set[str]:
    def walk(patterns: Any, before: str) -> Iterator[str]:
        for pattern in patterns:
            route = before + str(pattern.pattern).removeprefix("^" if before else "")
            if isinstance(pattern, URLPattern):
                yield route
            else:
                yield from walk(pattern.url_patterns, route)

    return set(walk(get_resolver().url_patterns, ""))


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: Any) -> Iterator[House]:
    """One for all rows: what a cell does is undone after it."""
    with rows_for_a_module(django_db_blocker):
        made = furnish()
        made["media"] = default_storage.save("posters/tests/one.png", ContentFile(png()))
        made["site"] = settings.SITE_URL
        yield made
        default_storage.delete(made["media"])


@pytest.fixture(scope="module")
def clients(house: House) -> dict[str, Client]:
    made = {}
    for who, name in WHO.items():
        made[who] = Client(raise_request_exception=False)
        if name:
            member = house[name]
            member.is_active = True  # the suspended one was not yet when they logged in
            made[who].force_login(member)
            log_in_afresh(made[who])
    return made


def path_of(row: Row, house: House) -> str:
    """The row's address; `{pk}` in the admin is the one that the house has of that kind."""
    path = row.path
    if "{pk}" in path:
        kind = path.split("/")[3]
        thing = house[{"user": "ana", "review": "public", "filmlist": "list"}.get(kind, kind)]
        path = path.replace("{pk}", str(thing.pk))
    return house.address(re.sub(r"\{(\w+)_id\}", lambda name: str(house[name[1]].pk), path))


def ask(client: Client, verb: str, path: str, headers: dict[str, str] | None = None) -> tuple[str, list[str], str]:
    """The status of the answer, or `login`; what was written; and what was said. Nothing of it stays."""
    name = resolve(path.partition("?")[0]).view_name
    sent: Any = SENT.get(f"{verb} {name}", {})
    options: dict[str, Any] = {"headers": headers}
    if verb not in READS and path.startswith(("/api/", "/_allauth/")):
        options["content_type"] = "application/json"
    jar = {key: morsel.value for key, morsel in client.cookies.items()}
    reset_queries()  # its list has an end
    with CaptureQueriesContext(connection) as queries, transaction.atomic():
        response = getattr(client, verb.lower())(path, sent, **options)
        words = b"".join(response) if response.streaming else response.content
        transaction.set_rollback(True)
    client.cookies.clear()
    client.cookies.load(jar)
    written = [q["sql"] for q in queries if WRITES.match(q["sql"]) and not BESIDE.search(q["sql"])]
    to_login = response.status_code == 302 and re.match(r"/(accounts|admin)/login/", response["Location"])
    return "login" if to_login else str(response.status_code), written, words.decode(errors="replace")


@pytest.mark.parametrize("row", table(), ids=str)
def test_it_answers_as_the_table_says(row: Row, house: House, clients: dict[str, Client]):
    path = path_of(row, house)
    assert len(row.expected) == len(WHO)
    for (who, client), expected in zip(clients.items(), row.expected, strict=True):
        answer, written, words = ask(client, row.verb, path)
        assert answer == expected.removeprefix("="), f"{row} as {who}"
        assert [secret for secret, readers in SECRETS.items() if secret in words and who not in readers] == [], who
        nothing_happens = row.verb in READS or expected == "login" or expected.startswith("=") or int(expected) >= 400
        assert bool(written) is not nothing_happens, f"{row} as {who}: {written[:3]}"


def test_the_table_knows_every_address(house: House):
    known = {resolve(path_of(row, house).partition("?")[0]).route for row in table()}
    assert len(known) > 200
    assert routes() - known == OUT_OF_REACH, "write what each of these answers to whom into tests/permissions.txt"


def test_the_table_knows_every_verb(house: House, clients: dict[str, Client]):
    """A verb that has no row does nothing, even for those who may do most."""
    told, wrong = {(row.path, row.verb) for row in table()}, []
    paths = {resolve(path_of(row, house).partition("?")[0]).route: row.path for row in table()}
    for path in paths.values():  # one for each kind of address
        for verb in VERBS:
            if (path, verb) in told:
                continue
            address = path_of(Row(path, verb, ()), house)
            for who in ("author", "administrator"):
                answer, written, _words = ask(clients[who], verb, address)
                if written or (answer.startswith("5") and path != "/readyz"):
                    wrong.append(f"{verb} {path} as {who}: {answer} {written[:1]}")
    assert wrong == []


def test_head_answers_visitors_like_get(house: House, clients: dict[str, Client]):
    for row in table():
        if row.verb == "GET" and row.expected[0] == "200" and not row.path.startswith("/_allauth/"):
            assert ask(clients["anonymous"], "HEAD", path_of(row, house)) == ("200", [], ""), row


# Signed addresses to which mail programs post by themselves, without cookies (RFC 8058).
WITHOUT_TOKEN = "/accounts/notifications/unsubscribe/"


@pytest.mark.parametrize("sent", ["no token", "another's token", "foreign origin", "no origin"])
def test_forms_want_their_token(house: House, sent: str):
    """Without it, or from elsewhere: 403, and nothing happens."""
    client = Client(enforce_csrf_checks=True)
    client.get("/accounts/login/")
    token = client.cookies["csrftoken"].value
    client.force_login(house["ana"])
    headers = {
        "no token": {},
        "another's token": {"X-CSRFToken": "0" * 64},
        "foreign origin": {"X-CSRFToken": token, "Origin": "https://example.org"},
        "no origin": {"X-CSRFToken": token, "Origin": "null"},
    }[sent]
    unsafe = [row for row in table() if row.verb not in READS and not row.path.startswith("/_allauth/")]
    for row in {row.path: row for row in unsafe if not row.path.startswith(WITHOUT_TOKEN)}.values():
        answer, written, _words = ask(client, row.verb, path_of(row, house), headers)
        assert (answer, written) == ("403", []), row
