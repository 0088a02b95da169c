"""The whole site as its host starts it: opened, beside a command, killed, opened again, closed."""

import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from pathlib import Path

import psutil
import pytest
from django.conf import settings

from config import embedded
from tests.base import wait_until
from tests.site import free_port

COUNT = "from films.models import Film; print(Film.objects.count())"
RENAME = "; from accounts.models import User; User.objects.filter(username='curator').update(display_name='Kept')"
NAME = "; from accounts.models import User; print(User.objects.get(username='curator').display_name)"


class Site:
    """A site with a data directory of its own, empty at first."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.port = free_port()
        self.log = data / "run.txt"
        self.environment = {
            "PATH": "/usr/bin:/bin", "HOME": str(data), "DATA_DIR": str(data), "ENV_FILE": "/dev/null",
            "PORT": str(self.port), "LOG_FORMAT": "plain",
        }  # fmt: skip

    def start(self) -> subprocess.Popen:
        with self.log.open("wb") as output:
            return subprocess.Popen(
                [sys.executable, "-m", "config.run"],
                cwd=settings.BASE_DIR, env=self.environment, stdout=output, stderr=output,
            )  # fmt: skip

    def open(self) -> subprocess.Popen:
        process = self.start()
        wait_until(lambda: "is open at" in self.told() or process.poll() is not None, seconds=300, every=0.2)
        assert process.poll() is None, self.told()
        return process

    def told(self) -> str:
        return self.log.read_text()

    def status(self, path: str) -> int:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=20) as answer:
                return answer.status
        except urllib.error.HTTPError as refused:
            return refused.code

    def manage(self, code: str) -> str:
        command = [sys.executable, "manage.py", "shell", "-v", "0", "-c", code]
        done = subprocess.run(command, cwd=settings.BASE_DIR, env=self.environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()


@pytest.fixture
def site():
    data = Path(tempfile.mkdtemp(prefix="im-", dir=settings.DATA_DIR))
    data.chmod(0o755)  # the database's own user must get in
    site = Site(data)
    yield site
    embedded.stop(data / "postgres")
    shutil.rmtree(data)


@pytest.mark.slow
@pytest.mark.e2e
def test_a_site_opens_full_survives_a_kill_and_closes_in_order(site):
    first = site.open()
    try:
        assert re.search(r"username +curator\n +password +\S{12,}\n", site.told())
        assert site.status("/healthz") == 200
        wait_until(lambda: site.status("/readyz") == 200, seconds=30)
        assert site.status("/films/baby-driver-2017/") == 200
        # A command beside the running site, which must not stop its database.
        films = int(site.manage(COUNT + RENAME))
        assert films > 1000
        assert site.status("/films/baby-driver-2017/") == 200

        second = site.start()
        assert second.wait(60) == 1
        assert f"already (process {first.pid})" in site.told()

        parts = psutil.Process(first.pid).children(recursive=True)
        first.kill()
        first.wait()
        _gone, alive = psutil.wait_procs(parts, 30)
        assert alive == []
    finally:
        first.kill()
        first.wait()

    again = site.open()
    try:
        assert "password" not in site.told()
        assert site.status("/films/baby-driver-2017/") == 200
        assert site.manage(COUNT + NAME).split() == [str(films), "Kept"]
        again.send_signal(signal.SIGTERM)
        assert again.wait(40) == 0
        assert "Intermission is closed." in site.told()
        assert not (site.data / "postgres" / "postmaster.pid").exists()
    finally:
        again.kill()
        again.wait()


def test_a_taken_port_gets_a_sentence(site):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", site.port))
        taken.listen()
        (site.data / ".env").write_text("PROT=8001\nSITE_NAME=Club\n# ODD=1\nTHEATRE=1\nPGSSLMODE=prefer\n")
        site.environment["ENV_FILE"] = str(site.data / ".env")
        process = site.start()
        assert process.wait(60) == 1
    assert site.told().splitlines() == [
        "PROT in .env is no setting; did you mean PORT?",
        "THEATRE in .env is no setting.",
        f"Port {site.port} of 127.0.0.1 cannot be had (Address already in use): set PORT to another one.",
    ]


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("PORT", "eight", "PORT is 'eight': write a whole number from 1 to 65535"),
        ("PORT", "70000", "PORT is '70000': write a whole number from 1 to 65535"),
        ("HOST", "nowhere.invalid", "HOST is 'nowhere.invalid': write an address of this machine, such as"),
        ("WEB_WORKERS", "0", "WEB_WORKERS is '0': write a whole number from 1 to 256"),
        ("WEB_PATIENCE", "soon", "WEB_PATIENCE is 'soon': write a whole number of at least 1"),
        ("WORKER_STALE_SECONDS", "0", "WORKER_STALE_SECONDS is '0': write a number of seconds, more than 0"),
        (
            "WEB_WORKERS",
            "20",
            "The database grants 97 connections, and WEB_WORKERS × (WEB_THREADS + 1) + 10 is 110: lower",
        ),
        ("DATABASE_DIRECT_URL", "postgresql://ana@host/films", "DATABASE_DIRECT_URL is for what goes around a pooler"),
        ("DATA_DIR", "/dev/null/data", "/dev/null/data cannot be used (Not a directory): set DATA_DIR to a folder"),
        ("DATABASE_URL", "postgresql://ana@host:many/films", "DATABASE_URL has no port where one may be: write"),
        ("DATABASE_URL", "postgresql://ana@127.0.0.1:1/films", "The database cannot be reached (DATABASE_URL says"),
    ],
)
def test_a_setting_that_makes_no_sense_gets_a_sentence(site, name, value, told):
    site.environment[name] = value
    process = site.start()
    assert process.wait(60) == 1
    assert told in site.told()
    assert "Traceback" not in site.told()
