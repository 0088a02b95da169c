"""Who may do what: every address of the site, by verb and by who asks, held to the table in permissions.txt.

A cell is the status of the answer, or `login` for a redirect to the log-in page; with `=` before it, nothing happens
all the same: a form was shown again, or it said what is so already. An address that the table does not
know fails, so that nothing is opened by forgetting it. Where a cell refuses, and wherever the verb only reads,
nothing may be written. What is kept secret (drafts, what is private or removed, those who block one) is 404, never 403.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.test import Client
from django.urls import ResolverMatch, URLPattern, get_resolver, resolve

from tests.base import png, rows_for_a_module
from tests.house import House, furnish
from tests.permissions import SENT, WHO, Row, table
from tests.walk import log_in_afresh

pytestmark = pytest.mark.django_db
READS = {"GET", "HEAD", "OPTIONS"}
VERBS = ("GET", "POST", "PUT", "PATCH", "DELETE")

# Counters, and what a log-in leaves; neither is anything that the refused asked for.
BESIDE = re.compile(
    r'"(?:django_session|cache|accounts_requestcount|usersessions_usersession|account_emailconfirmation)"'
    r"|accounts_requestcount"
)
# Brought by allauth, and hidden behind an address of our own before them.
OUT_OF_REACH = {
    "_allauth/app/v1/account/phone", "_allauth/app/v1/auth/phone/verify", "_allauth/app/v1/auth/phone/verify/resend",
}  # fmt: skip
MERELY_READS = re.compile(r"[\s(]*SELECT\b(?!\s+\w+\()", re.I)  # a function that it calls first may write
WRITES = re.compile(r"\s*(?:INSERT|UPDATE|DELETE|MERGE|TRUNCATE|COPY)\b", re.I)


# Words of the house that are not for everybody, and in whose answers they may stand. Moderators read in the admin
# what members said of their own, as far as it was meant for others.
SECRETS = {
    "Nobody must know that I wept": {"author"},
    "It is too long": {"author", "follower", "moderator", "administrator"},
    "I am not sure yet": {"author"},
    "Under the third step": {"author"},
    "Behind the third door": {"author"},
    "For the light in the last reel": {"author", "member"},
    "Do not read up on it": {"author", "follower"},
    "Buy watches here": {"author", "moderator", "administrator"},
    "Shown between friends": {"author", "follower", "moderator", "administrator"},
    "Hidden from them all": {"author"},
    "An essay between us": {"author", "follower", "moderator", "administrator"},
    "Not ready for any eyes": {"author"},
    "Only for my drawer": {"author"},
    "Cheap chairs here": {"author", "moderator", "administrator"},
    "Before I was shown out": {"moderator", "administrator"},
    "Made by two of us": {"author", "curator", "moderator"},
    "Bad watches": {"author", "moderator", "administrator"},
    "Before I had to go": {"moderator", "administrator"},
    "Do not tell": {"author", "follower", "curator", "moderator", "administrator"},
    "I am no longer here": {"moderator", "administrator"},
    "We have not voted": {"administrator"},
    "Only the club knows": {*WHO} - {"anonymous", "suspended"},
    "We have not rented": {"curator", "administrator"},
    "The key lies with Ana": {*WHO} - {"anonymous", "suspended"},
}


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


class Undone:
    """What is written in here is noted, and does not stay. Most requests only read: these want no savepoint.

    Django calls it instead of each statement. To have it put the values in as well would double its work.
    """

    def __init__(self) -> None:
        self.written: list[str] = []
        self._savepoint: str | None = None

    def __call__(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if self._savepoint is None and not MERELY_READS.match(sql):
            self._savepoint = ""  # making one comes by here, too
            self._savepoint = transaction.savepoint()
        if WRITES.match(sql) and not BESIDE.search(sql):
            self.written.append(sql)
        return execute(sql, *rest)

    def undo(self) -> None:
        transaction.set_rollback(False)
        if self._savepoint:
            transaction.savepoint_rollback(self._savepoint)
            transaction.savepoint_commit(self._savepoint)


@cache
def where(path: str) -> ResolverMatch:
    """What answers there: looked up once for all who ask."""
    return resolve(path.partition("?")[0])


def ask(client: Client, verb: str, path: str, headers: dict[str, str] | None = None) -> tuple[str, list[str], str]:
    """The status of the answer, or `login`; what was written; and what was said. Nothing of it stays."""
    sent: Any = SENT.get(f"{verb} {where(path).view_name}", {})
    options: dict[str, Any] = {"headers": headers}
    if verb not in READS and path.startswith(("/api/", "/_allauth/")):
        options["content_type"] = "application/json"
    jar = {key: morsel.value for key, morsel in client.cookies.items()}
    undone = Undone()
    with connection.execute_wrapper(undone):
        response = getattr(client, verb.lower())(path, sent, **options)
        words = b"".join(response) if response.streaming else response.content
    undone.undo()
    client.cookies.clear()
    client.cookies.load(jar)
    to_login = response.status_code == 302 and re.match(r"/(accounts|admin)/login/", response["Location"])
    return "login" if to_login else str(response.status_code), undone.written, words.decode(errors="replace")


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
    known = {where(path_of(row, house)).route for row in table()}
    assert len(known) > 200
    assert routes() - known == OUT_OF_REACH, "write what each of these answers to whom into tests/permissions.txt"


@pytest.mark.slow
def test_the_table_knows_every_verb(house: House, clients: dict[str, Client]):
    """A verb that has no row does nothing, even for those who may do most."""
    told, wrong = {(row.path, row.verb) for row in table()}, []
    paths = {where(path_of(row, house)).route: row.path for row in table()}
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


# Signed addresses to which mail programs post by themselves, without cookies (RFC 8058); secret ones to which players
# do; where other servers post what they sign; and where apps call with keys of their own, and ask to be let in (the
# member's answer wants its token: tests/accounts/test_apps.py).
WITHOUT_TOKEN = ("/accounts/notifications/unsubscribe/", "/players/", "/identity/o/", "/federation/")


@pytest.mark.slow
@pytest.mark.parametrize("sent", ["no token", "another's token", "foreign origin", "no origin"])
def test_forms_want_their_token(house: House, sent: str):
    """Without it, or from elsewhere: 403, and nothing happens.

    Django's middleware looks at what is sent before any view does, and at nothing of the view but whether it is exempt.
    So each address is asked without a token, and of those that leave it to the middleware one for each verb with what
    is wrong otherwise; those that are exempt look for themselves, and are asked with everything.
    """
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
    rows = {row.path: row for row in unsafe if not row.path.startswith(WITHOUT_TOKEN)}.values()
    if sent != "no token":
        # What views say of themselves: those look for a token on their own.
        exempt = [row for row in rows if getattr(where(path_of(row, house)).func, "csrf_exempt", False)]
        rows = [*{row.verb: row for row in rows if row not in exempt}.values(), *exempt]
    assert len(rows) > 50
    for row in rows:
        answer, written, _words = ask(client, row.verb, path_of(row, house), headers)
        assert (answer, written) == ("403", []), row
