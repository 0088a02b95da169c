"""The embedded server: shared by processes, stopped by the last, and unharmed by kills."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import psutil
import psycopg
import pytest
from django.conf import settings

from config import embedded, memory
from tests.base import wait_until

USE = """
import sys
from pathlib import Path
from config import embedded
print(embedded.start(Path(sys.argv[1])), flush=True)
sys.stdin.read()
"""
CHILD = """
import time
from config.children import die_with_parent
die_with_parent()
print(flush=True)
time.sleep(60)
"""
PARENT = f"""
import subprocess, sys
child = subprocess.Popen([sys.executable, "-c", {CHILD!r}], stdout=subprocess.PIPE)
child.stdout.readline()
print(child.pid, flush=True)
child.wait()
"""


@pytest.fixture
def folder():
    home = Path(tempfile.mkdtemp(prefix="im-", dir=settings.DATA_DIR))
    home.chmod(0o755)  # the database's own user must get in
    yield home / "postgres"
    embedded.stop(home / "postgres")
    shutil.rmtree(home)


@pytest.fixture
def user(folder):
    """Starts processes that use the server until their input ends."""
    processes = []

    def start() -> tuple[subprocess.Popen, str]:
        process = subprocess.Popen(
            [sys.executable, "-c", USE, str(folder)], cwd=settings.BASE_DIR, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        processes.append(process)
        return process, process.stdout.readline().strip()

    yield start
    for process in processes:
        process.kill()
        process.wait()
        process.stdin.close()
        process.stdout.close()


def leave(process: subprocess.Popen) -> None:
    process.stdin.close()
    process.wait(30)


def postmaster(folder: Path) -> int:
    return int((folder / "postmaster.pid").read_text().split()[0])


def answers(address: str) -> bool:
    try:
        with psycopg.connect(address):
            return True
    except psycopg.OperationalError:
        return False


def test_it_stops_with_its_last_user_not_with_the_first(user):
    first, address = user()
    second, same = user()
    assert same == address
    leave(first)
    assert answers(address)
    with psycopg.connect(address) as connection:
        pages = connection.execute("SELECT setting::int FROM pg_settings WHERE name = 'shared_buffers'").fetchone()[0]
    assert pages == memory.of_database() * 128  # of 8 kB
    leave(second)
    assert not answers(address)


def test_a_killed_user_does_not_keep_it_up(user):
    killed, address = user()
    killed.kill()
    killed.wait()
    assert answers(address)
    last, _ = user()
    leave(last)
    assert not answers(address)


def test_a_killed_server_comes_back_with_every_committed_row(user, folder):
    first, address = user()
    with psycopg.connect(address) as connection:
        connection.execute("CREATE TABLE kept AS SELECT generate_series(1, 1000) AS n")
    server = psutil.Process(postmaster(folder))
    parts = [*server.children(recursive=True), server]
    for part in parts:
        with contextlib.suppress(psutil.NoSuchProcess):  # the part that served the connection ends by itself
            part.kill()
    psutil.wait_procs(parts, 10)
    _second, again = user()
    with psycopg.connect(again) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (1000,)


def test_whoever_comes_while_it_recovers_waits(folder):
    """As after the system, out of memory, killed the part that served one connection: PostgreSQL starts all anew."""
    address = embedded.start(folder)
    with contextlib.suppress(psycopg.OperationalError), psycopg.connect(address) as connection:
        psutil.Process(connection.info.backend_pid).kill()
        wait_until(lambda: not answers(address), every=0.001)
    assert embedded.start(folder) == address
    assert answers(address)


def test_to_look_after_it_takes_no_connection(folder):
    address = embedded.start(folder)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("ALTER DATABASE postgres ALLOW_CONNECTIONS FALSE")  # as good as having given all of them
    assert embedded.start(folder) == address


def test_a_port_in_the_environment_leads_nobody_astray(user, monkeypatch):
    monkeypatch.setenv("PGPORT", "5999")
    _process, address = user()
    assert answers(address)


def test_a_pid_file_that_now_names_a_stranger_is_no_obstacle(user, folder):
    first, address = user()
    leave(first)
    stranger = subprocess.Popen(["sleep", "60"], user=folder.stat().st_uid)  # PostgreSQL ignores other users' processes
    lines = [str(stranger.pid), str(folder), "1700000000", "5432", str(folder), "", "0 0", "ready"]
    for name in ("postmaster.pid", ".s.PGSQL.5432.lock"):
        (folder / name).write_text("\n".join(lines) + "\n")
        shutil.chown(folder / name, folder.stat().st_uid, folder.stat().st_gid)
    try:
        _second, again = user()
        assert answers(again)
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_a_first_start_that_was_killed_leaves_nothing_half_made(user, folder):
    folder.with_suffix(".new").mkdir()
    (folder.with_suffix(".new") / "PG_VERSION").write_text("18\n")
    _process, address = user()
    assert answers(address)


def test_nobody_else_may_enter_its_files_or_its_socket(user, folder):
    user()
    assert folder.stat().st_mode & 0o077 == 0
    socket_dir = Path((folder / "postmaster.pid").read_text().splitlines()[4])
    assert socket_dir.stat().st_mode & 0o077 == 0


def test_a_path_too_long_for_a_socket_gets_a_private_folder_for_it(folder, user):
    deep = folder.parent / ("x" * 100) / "postgres"
    address = embedded.start(deep)
    try:
        socket_dir = Path(address.partition("host=")[2])
        assert answers(address)
        assert not socket_dir.is_relative_to(folder.parent)
        assert socket_dir.stat().st_mode & 0o077 == 0
    finally:
        embedded.stop(deep)


def test_children_end_with_their_parent(tmp_path):
    process = subprocess.Popen([sys.executable, "-c", PARENT], cwd=settings.BASE_DIR, stdout=subprocess.PIPE, text=True)
    number = int(process.stdout.readline())
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()

    def gone() -> bool:
        return not psutil.pid_exists(number) or psutil.Process(number).status() == psutil.STATUS_ZOMBIE

    wait_until(gone)
