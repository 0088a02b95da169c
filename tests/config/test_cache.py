"""The cache that machines share is away, and comes back."""

import time
from types import SimpleNamespace
from unittest.mock import patch

import pytest
from django.core.cache import cache
from django.core.cache.backends.locmem import LocMemCache
from django.db import connection

from config import cache as config_cache
from config import freshness
from config.cache import Asked, CacheAway, kept_for
from config.freshness import ANY, Cached
from tests import make
from tests.base import wait_until


class Refusing(Exception):
    """As a library of the cache calls it."""


class Redis:
    """A server that keeps what it has while nobody reaches it."""

    def __init__(self) -> None:
        self.kept = LocMemCache("far", {})
        self.kept.clear()
        self.is_reached, self.asked = True, 0

    def __getattr__(self, name):
        def call(*values, **named):
            self.asked += 1
            if not self.is_reached:
                raise Refusing
            return getattr(self.kept, name)(*values, **named)

        return call


@pytest.fixture
def server(monkeypatch) -> Redis:
    server = Redis()
    monkeypatch.setattr(config_cache, "AWAY", 0.1)
    monkeypatch.setattr(config_cache, "PATIENCE", 0)
    monkeypatch.setattr(freshness, "PAY_EVERY", 0.02)
    asked = Asked(server, Refusing)
    for module in (config_cache, freshness):
        monkeypatch.setattr(module, "cache", asked)
    return server


def test_what_was_written_while_it_was_away_is_known_to_the_other_machine_once_it_is_back(server):
    here, there = Cached(), Cached()
    was = there.stamps(["film:7", "film:8", ANY])
    assert here.stamps(["film:7", "film:8", ANY]) == was
    server.is_reached = False
    here.touch(["film:7"])
    assert there.stamps(["film:8"]) != there.stamps(["film:8"]), "nothing counts as kept meanwhile"
    assert here.before().stamps([ANY]) is None
    server.is_reached = True
    wait_until(lambda: not here.owed, seconds=5)
    with patch.object(config_cache, "_epoch", 0):
        seven, eight, _ = there.stamps(["film:7", "film:8", ANY])
    assert seven != was[0] and eight == was[1]


def test_what_was_kept_before_it_was_away_counts_no_more_since_it_may_have_been_started_again(server):
    here = Cached()
    was = here.stamps([ANY])
    server.is_reached = False
    here.stamps([ANY])
    server.is_reached = True
    wait_until(lambda: here.stamps([ANY]) == here.stamps([ANY]), seconds=5)
    assert here.stamps([ANY]) != was


def test_one_alone_asks_whether_it_is_back_and_figures_are_made_anew_meanwhile(server):
    assert kept_for(60, "figures", lambda: 1) == kept_for(60, "figures", lambda: 2) == 1
    server.is_reached = False
    assert kept_for(60, "figures", lambda: 2) == 2
    asked = server.asked
    assert kept_for(60, "figures", lambda: 3) == 3 and server.asked == asked
    server.is_reached = True
    time.sleep(0.15)
    assert kept_for(60, "figures", lambda: 4) == 1


def test_nobody_is_let_in_while_guesses_cannot_be_counted(client, db, settings, monkeypatch):
    client.raise_request_exception = False
    make.member(username="ann", password="correct-horse-77")

    def away(*values, **named):
        raise CacheAway

    monkeypatch.setattr("allauth.core.internal.ratelimit.cache", SimpleNamespace(add=away))
    answer = client.post("/accounts/login/", {"login": "ann", "password": "correct-horse-77"})
    settings.CACHES = {"default": {"BACKEND": config_cache.REDIS}}
    monkeypatch.setattr(config_cache, "cache", SimpleNamespace(get=away))
    assert client.get("/readyz").json()["cache"] == "away"
    assert answer.status_code == 503 and answer["Retry-After"] and "_auth_user_id" not in client.session


FULL = """
CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$;
CREATE TRIGGER full_disk BEFORE INSERT OR UPDATE ON cache EXECUTE FUNCTION full_disk();
"""


def test_on_a_full_disk_logging_in_says_so_and_counts_nothing(client, db):
    client.raise_request_exception = False
    make.member(username="ann", password="correct-horse-77")
    with connection.cursor() as cursor:
        cursor.execute(FULL)
    page = client.post("/accounts/login/", {"login": "ann", "password": "wrong-horse-77"})
    program = client.post(
        "/_allauth/app/v1/auth/login", {"username": "ann", "password": "wrong-horse-77"}, "application/json"
    )
    assert page.status_code == program.status_code == 503
    assert "No room left" in page.text and "too often" not in page.text and page["Retry-After"]
    assert program.json()["code"] == "unavailable" and "no room left" in program.json()["detail"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cache")
        assert cursor.fetchone() == (0,)
        cursor.execute("DROP FUNCTION full_disk CASCADE")
    assert client.post("/accounts/login/", {"login": "ann", "password": "correct-horse-77"}).status_code == 302


def test_of_two_who_add_the_same_one_is_told_that_it_is_there(db):
    assert cache.add("door", "ann", 60) and not cache.add("door", "ben", 60)
    assert cache.get("door") == "ann"
