"""Which way of serving Django keeps answering under slow clients and overload, and what it costs.

`make bench ONLY=server_modes`, or `python -m bench.server_modes [seconds]`. Needs no site: it serves three pages of its
own (30 KB fixed, 30 KB after one SELECT, the same after 8 ms of work) from an embedded PostgreSQL, all on this machine.
"""

import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

import psutil

from config import embedded

HOST, PORT = "127.0.0.1", int(os.environ.get("PORT", "8119"))
GRANIAN = ["granian", "--workers", "2", "--backlog", "2048", "--log-level", "warning", "--port", str(PORT)]


class Mode(NamedTuple):
    name: str
    arguments: list[str]
    threads: int = 1
    pool: str = ""


MODES = [
    Mode("WSGI, 1 thread", ["--interface", "wsgi", "--blocking-threads", "1", "bench.modes_site:wsgi"]),
    Mode("WSGI, 4 threads", ["--interface", "wsgi", "--blocking-threads", "4", "bench.modes_site:wsgi"]),
    Mode("WSGI, default threads", ["--interface", "wsgi", "--backpressure", "128", "bench.modes_site:wsgi"]),
    Mode("ASGI, Django's own", ["--interface", "asginl", "bench.modes_site:asgi"]),
    *(Mode(f"gateway, {n} threads", ["--interface", "asginl", "bench.modes_site:gateway"], n) for n in (1, 2, 4, 8)),
    Mode("gateway, 4 threads, psycopg's pool", ["--interface", "asginl", "bench.modes_site:gateway"], 4, "yes"),
]


@contextmanager
def served(mode: Mode, database: str) -> Iterator[psutil.Process]:
    environment = os.environ | {
        "BENCH_DATABASE": database,
        "BENCH_THREADS": str(mode.threads),
        "BENCH_POOL": mode.pool,
        "PYTHONWARNINGS": "ignore",
    }
    command = [sys.executable, "-m", *GRANIAN, *mode.arguments]
    server = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        for _ in range(200):
            with suppress(OSError):
                if timed("/fixed", 2) is not None:
                    break
            time.sleep(0.1)
        yield psutil.Process(server.pid)
    finally:
        server.terminate()
        try:
            server.wait(15)
        except subprocess.TimeoutExpired:
            for process in [*psutil.Process(server.pid).children(recursive=True), server]:
                process.kill()


def request(path: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode()


def answer(connection: socket.socket) -> int:
    """Read one answer off a kept connection and give its status."""
    head = b""
    while b"\r\n\r\n" not in head:
        part = connection.recv(65536)
        if not part:
            raise OSError("closed")
        head += part
    top, _, rest = head.partition(b"\r\n\r\n")
    length = next(int(line.split(b":")[1]) for line in top.lower().split(b"\r\n") if line.startswith(b"content-length"))
    while len(rest) < length:
        rest += connection.recv(65536)
    return int(top[9:12])


def timed(path: str, timeout: float = 12) -> float | None:
    """Seconds until one request on a fresh connection is answered, or None for longer than the timeout."""
    began = time.perf_counter()
    try:
        with socket.create_connection((HOST, PORT), timeout) as connection:
            connection.settimeout(timeout)
            connection.sendall(request(path))
            answer(connection)
    except TimeoutError:
        return None
    return time.perf_counter() - began


def load(path: str, clients: int, seconds: float) -> list[tuple[int, float]]:
    """Keep `clients` connections busy; (status, seconds) of each answer."""
    answers: list[tuple[int, float]] = []
    ends = time.perf_counter() + seconds

    def client() -> None:
        connection = None
        while time.perf_counter() < ends:
            began = time.perf_counter()
            try:
                connection = connection or socket.create_connection((HOST, PORT), 15)
                connection.sendall(request(path))
                status = answer(connection)
                if status == 503:  # the server closes what it refuses, and a client waits before it asks again
                    connection.close()
                    connection = None
            except (OSError, StopIteration):
                connection, status = None, 0
            answers.append((status, time.perf_counter() - began))
            if status != 200:
                time.sleep(0.2)

    threads = [threading.Thread(target=client) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def cpu(server: psutil.Process) -> float:
    processes = [server, *server.children(recursive=True)]
    return sum(sum(process.cpu_times()[:2]) for process in processes)


def throughput(server: psutil.Process, path: str, seconds: float) -> str:
    load(path, 8, 1)
    spent = cpu(server)
    good = [took for status, took in load(path, 8, seconds) if status == 200]
    spent = cpu(server) - spent
    return f"{len(good) / seconds:5.0f} /s {spent / max(1, len(good)) * 1000:5.2f} ms"


@contextmanager
def slow_clients(kind: str, count: int = 200) -> Iterator[None]:
    start = {
        "idle": b"",
        "header": b"GET /fixed HTTP/1.1\r\nHost: x\r\nX-Slow: ",
        "body": b"POST /fixed HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\na",
    }[kind]
    connections = [socket.create_connection((HOST, PORT), 5) for _ in range(count)]
    for connection in connections:
        connection.sendall(start)
    time.sleep(0.5)
    try:
        yield
    finally:
        for connection in connections:
            connection.close()


def under_slow_clients(kind: str) -> str:
    with slow_clients(kind):
        times = [timed("/select") for _ in range(6)]
    time.sleep(0.5)
    return "> 12 s" if None in times else f"{max(times):.3f} s"  # type: ignore[type-var]  # None was ruled out


def overload(seconds: float) -> str:
    """300 clients on a page that takes 8 ms of work: how many are served and refused, and how soon."""
    answers = load("/work", 300, seconds)
    served = sorted(took for status, took in answers if status == 200)
    refused = sorted(took for status, took in answers if status == 503)
    lost = sum(status not in {200, 503} for status, _ in answers)

    def p99(times: list[float]) -> str:
        return f"{times[int(len(times) * 0.99)]:.2f} s" if times else "–"

    good = f"{len(served) / seconds:.0f}/s p99 {p99(served)}"
    return f"{good}; 503 {len(refused) / seconds:.0f}/s p99 {p99(refused)}; lost {lost}"


def main(seconds: float = 5) -> None:
    print("| mode | 30 KB, 8 clients | one SELECT | idle | header | body | overload |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory(prefix="im-bench-") as folder:
        os.chmod(folder, 0o755)  # the database's own user must get in
        database = embedded.start(Path(folder) / "postgres")
        for mode in MODES:
            with served(mode, database) as server:
                cells = [throughput(server, "/fixed", seconds), throughput(server, "/select", seconds)]
                cells += [under_slow_clients(kind) for kind in ("idle", "header", "body")]
            with served(mode, database):
                cells.append(overload(seconds))
            print(f"| {mode.name} | {' | '.join(cells)} |", flush=True)
        embedded.stop(Path(folder) / "postgres")


if __name__ == "__main__":
    main(*(float(argument) for argument in sys.argv[1:2]))
