"""Starts everything the site consists of, watches over it, and stops it: `python -m config.run`, or `make run`.

The database first, then what must be done before opening (`config/prepare.py`), then the web server and the job worker.
One that ends is started again; one that keeps ending stops the whole, with a sentence. Ctrl-C or SIGTERM stops the
children, which finish what they have begun, and the database last. If this process is killed, its children end with
it and the database goes on; the next start finds it and takes it over.
"""

import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import deque
from pathlib import Path
from typing import IO

from config import database, embedded, env, known, room, serving
from config.children import die_with_parent

CHILDREN = {"web server": "config.serve", "job worker": "config.work"}
PATIENCE = 30  # seconds for a child to end by itself, and for another run that is stopping
ENDINGS_ALLOWED, WITHIN_SECONDS = 5, 60


class Stop(Exception):
    """The site is to close; the sentence says why, if it is not because somebody asked."""


class Child:
    """One process of the site and how often it has ended of late."""

    def __init__(self, name: str, module: str) -> None:
        self.name, self.module = name, module
        self.endings: deque[float] = deque(maxlen=ENDINGS_ALLOWED)
        self.start()

    def start(self) -> None:
        # A session of its own, so that Ctrl-C reaches the supervisor alone and things stop in their order.
        self.process = subprocess.Popen([sys.executable, "-m", self.module], cwd=env.BASE_DIR, start_new_session=True)

    def look_after(self) -> None:
        """Start it again if it ended, unless it keeps doing that."""
        if self.process.poll() is None:
            return
        now = time.monotonic()
        self.endings.append(now)
        if len(self.endings) == ENDINGS_ALLOWED and now - self.endings[0] < WITHIN_SECONDS:
            raise Stop(f"The {self.name} ended {ENDINGS_ALLOWED} times in a minute; what it wrote above says why.")
        say(f"The {self.name} ended ({self.process.returncode}); starting it again.")
        time.sleep(min(len(self.endings), 3))
        self.start()

    def end(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()

    def wait(self, until: float) -> None:
        try:
            self.process.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            say(f"The {self.name} did not end in {PATIENCE} seconds and was killed.")
            self.process.kill()
            self.process.wait()


def say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


def hold_the_house(data_dir: Path) -> IO[str]:
    """The lock of the one process that runs the site of this data directory; waits for one that is about to end."""
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        lock = open(data_dir / "run.lock", "a+")
    except OSError as error:
        raise Stop(f"{data_dir} cannot be used ({error.strerror}): set DATA_DIR to a folder to write in.") from None
    deadline = time.monotonic() + 3
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            number, _, state = lock.read().partition(" ")
            if time.monotonic() > deadline + (PATIENCE if state == "stopping" else 0):
                raise Stop(f"Intermission runs from {data_dir} already (process {number}): stop that first.") from None
            time.sleep(0.2)
        else:
            note(lock, "running")
            return lock


def note(lock: IO[str], state: str) -> None:
    os.ftruncate(lock.fileno(), 0)
    os.write(lock.fileno(), f"{os.getpid()} {state}".encode())


def check_port(host: str, port: int) -> None:
    """Refuse a taken port at once: the server's workers share theirs, and would share it with a stranger too."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except socket.gaierror:
            raise Stop(f"HOST is {host!r}: write an address of this machine, such as 127.0.0.1 or 0.0.0.0.") from None
        except OSError as error:
            raise Stop(f"Port {port} of {host} cannot be had ({error.strerror}): set PORT to another one.") from None


def prepare() -> None:
    preparing = subprocess.Popen([sys.executable, "-m", "config.prepare"], cwd=env.BASE_DIR)
    try:
        if preparing.wait() != 0:
            raise Stop("The site could not be made ready; what stands above says why.")
    finally:
        if preparing.poll() is None:
            preparing.terminate()
            preparing.wait()


def wait_until_open(address: str, children: list[Child]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        for child in children:
            child.look_after()
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=2):  # noqa: S310 -- our own http address
                return
        except urllib.error.HTTPError:  # it answers, if only that this name is not allowed
            return
        except OSError:
            time.sleep(0.1)
    raise Stop("The web server did not answer within a minute.")


def watch(children: list[Child], data: Path | None) -> None:
    """Until a signal comes: keep the children alive, and the database too, whose address stays the same."""
    looked = time.monotonic()
    while True:
        time.sleep(0.5)
        for child in children:
            child.look_after()
        if data and time.monotonic() - looked > 3:
            embedded.start(data)
            looked = time.monotonic()


def run() -> None:
    dotenv = Path(env.text("ENV_FILE", str(env.BASE_DIR / ".env")))
    env.read_dotenv(dotenv)
    for sentence in [*known.strangers(dotenv), *known.weak()]:
        say(sentence)
    serving.check()
    database.address("")
    host, port = env.text("HOST", "127.0.0.1"), serving.port()
    data_dir = database.data_dir()
    lock = hold_the_house(data_dir)
    check_port(host, port)
    data = None if env.text("DATABASE_URL") else data_dir / "postgres"
    children: list[Child] = []
    try:
        say("Intermission is getting ready …")
        if data:
            os.environ["DATABASE_URL"] = embedded.start(data)
        prepare()
        children += [Child(name, module) for name, module in CHILDREN.items()]
        own = f"http://{'127.0.0.1' if host in {'0.0.0.0', '::'} else f'[{host}]' if ':' in host else host}:{port}"  # noqa: S104
        wait_until_open(own, children)
        say(f"Intermission is open at {env.text('SITE_URL', own)} (Ctrl-C closes it).")
        watch(children, data)
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)  # it is closing already
        note(lock, "stopping")
        until = time.monotonic() + PATIENCE
        for child in children:
            child.end()
        for child in children:
            child.wait(until)
        if data:
            embedded.stop(data)


def main() -> None:
    def asked(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, asked)
    if "MAKELEVEL" in os.environ:  # `make` may be killed without a word to us
        die_with_parent(signal.SIGTERM)
    try:
        run()
    except KeyboardInterrupt:
        say("Intermission is closed.")
    except (Stop, env.BadSetting) as reason:
        sys.exit(str(reason))
    except OSError as trouble:
        if not room.is_lacking(trouble):
            raise
        sys.exit(room.LACKING)


if __name__ == "__main__":
    main()
