"""Pages read from a replica: a real one, which follows a real database."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from config import database, embedded, replica
from config.env import BadSetting
from tests import make
from tests.base import wait_until
from tests.site import environment, served

FILM = "/films/baby-driver-2017/"
CHOSEN = re.compile(r'name="stars"[^>]* value="([\d.]+)"[^>]* checked')
ME = "/api/v1/films/baby-driver-2017/me/"


def copied(place: dict[str, Any], folder: Path, *more: str) -> None:
    """Copy a running server's files to a folder."""
    folder.mkdir(mode=0o700)
    if os.geteuid() == 0:
        os.chown(folder, *embedded._database_user(Path(place["HOST"])))
    embedded._program(
        folder, "pg_basebackup", "-h", place["HOST"], "-p", str(place["PORT"] or 5432), "-U", place["USER"],
        "-D", str(folder), "-X", "stream", "-c", "fast", *more,
    )  # fmt: skip


@dataclass
class Pair:
    """A database and one that follows it, each with the tests' rows."""

    home: Path
    name: str

    def open(self, place: dict[str, Any]) -> None:
        copied(place, self.home / "first")
        with open(self.home / "first" / "postgresql.auto.conf", "a") as changed:
            changed.write("synchronous_commit = on\n")
        self.first = self._start("first")
        copied(database.parse(self.first), self.home / "second", "-R")
        with open(self.home / "second" / "postgresql.auto.conf", "a") as changed:
            changed.write("log_statement = all\n")
        self.second = self._start("second")

    def _start(self, which: str) -> str:
        return embedded.start(self.home / which).replace(f"/{embedded.DATABASE}?", f"/{self.name}?")

    def start_again(self) -> None:
        self._start("second")

    def stop(self) -> None:
        embedded.stop(self.home / "second")

    def replay(self, *, on: bool) -> None:
        with psycopg.connect(self.second, autocommit=True) as asking:
            asking.execute(f"SELECT pg_wal_replay_{'resume' if on else 'pause'}()")

    def heard(self) -> str:
        return (self.home / "second" / "log").read_text(errors="replace")


@pytest.fixture
def pair(transactional_db: None) -> Iterator[Pair]:
    place = connection.settings_dict
    if str(settings.DATA_DIR) not in place["HOST"]:
        pytest.skip("only the embedded server's files are there to be copied")
    make.film(title="Baby Driver", year=2017)
    home = Path(tempfile.mkdtemp(prefix="im-", dir=settings.DATA_DIR))
    home.chmod(0o755)  # the database's own user must get in
    found = Pair(home, place["NAME"])
    try:
        yield found
    finally:
        for which in ("second", "first"):
            embedded.stop(home / which)
        shutil.rmtree(home)


@pytest.mark.slow
def test_pages_come_from_the_replica_and_never_from_before_what_was_written(pair, client):
    client.force_login(make.member())
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    cookie = f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={'a' * 32}"
    pair.open(connection.settings_dict)

    def ask(address: str, **change: Any) -> str:
        headers = {"Cookie": cookie, "X-CSRFToken": "a" * 32, "Content-Type": "application/json"}
        body = json.dumps(change).encode() if change else None
        with urlopen(Request(site + address, body, headers, method="PATCH" if change else "GET"), timeout=20) as answer:
            return answer.read().decode()

    def state() -> str:
        with pytest.raises(HTTPError) as answer:  # for want of a job worker
            ask("/readyz")
        return json.loads(answer.value.read())["replica"]

    def is_asked() -> bool:
        before = len(pair.heard())
        assert "Baby Driver" in ask(FILM)
        return "baby-driver-2017" in pair.heard()[before:]

    def stars() -> float | None:
        return json.loads(ask(ME))["stars"]

    quick = {"DATABASE_URL": pair.first, "REPLICA_URL": pair.second, "PAGES_KEPT_MB": "0"}
    with served(**quick) as site:
        wait_until(is_asked)
        assert state() == "ok"

        pair.replay(on=False)
        ask(ME, stars=4.5)
        assert (stars(), is_asked(), state()) == (4.5, False, "behind")
        ask(ME, stars=3)
        assert CHOSEN.findall(ask(FILM)) == ["3"]
        pair.replay(on=True)
        wait_until(is_asked)
        assert (stars(), state()) == (3, "ok")

        pair.stop()
        assert (stars(), state()) == (3, "unreachable")
        ask(ME, stars=2)
        assert stars() == 2
        pair.start_again()
        wait_until(is_asked, seconds=replica.AWAY + 10)
        assert stars() == 2

    other_site = pair.second.replace(f"/{pair.name}?", "/postgres?")
    assert "is no replica of the site's" in look(**quick | {"REPLICA_URL": other_site}).stderr

    # A server that hangs up whenever it is not asked for a moment.
    with served(**quick | {"REPLICA_URL": f"{pair.second}&options=-c%20idle_session_timeout%3D1"}) as site:
        before = len(pair.heard())
        assert [("Baby Driver" in ask(FILM)) for _again in range(5)] == [True] * 5
        wait_until(lambda: "idle-session timeout" in pair.heard()[before:])


def look(**changes: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "config.prepare", "look_at_replica"]
    return subprocess.run(
        command, cwd=settings.BASE_DIR, env=environment(**changes), capture_output=True, text=True, check=True
    )


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_what_is_no_replica_is_told_at_the_start_and_not_read_from():
    own = environment()["DATABASE_URL"]
    assert "is no replica of the site's: until that changes" in look(REPLICA_URL=own).stderr
    assert "cannot be reached: until that changes" in look(REPLICA_URL="postgresql://nobody@127.0.0.1:1/no").stderr
    assert look().stderr == ""
    with pytest.raises(BadSetting, match=r"REPLICA_URL starts with 'mysql'"):
        database.replica("mysql://somewhere/films", "web")
    assert "default_transaction_read_only=on" in database.replica(own, "jobs")["OPTIONS"]["options"]
    make.film(title="Baby Driver", year=2017)
    with served(REPLICA_URL=own, PAGES_KEPT_MB="0") as site, urlopen(site + FILM, timeout=20) as answer:
        assert "Baby Driver" in answer.read().decode()


@pytest.mark.django_db(transaction=True)
def test_a_request_that_writes_reads_what_it_wrote(monkeypatch):
    film, router = make.film(), replica.Router()
    monkeypatch.setitem(settings.DATABASES, replica.REPLICA, {})
    for write in (
        lambda: router.db_for_write(type(film), instance=film),
        lambda: connection.cursor().execute("UPDATE films_film SET tagline = '' WHERE id = %s", [film.pk]),
        lambda: connection.cursor().execute("DELETE FROM django_session WHERE session_key = ''"),
    ):
        token = replica._reading.set(replica.Reading(replica.REPLICA))
        try:
            assert router.db_for_read(type(film)) == replica.REPLICA
            write()
            assert router.db_for_read(type(film)) == "default"
        finally:
            replica._reading.reset(token)
    assert router.db_for_read(type(film)) == "default"
