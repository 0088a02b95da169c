"""A lean client: requests over kept connections by raw sockets, in one thread. It shares the cores with the server.

An answer costs it some 40 to 60 µs; `Heard.client` says how much it was.
"""

import re
import selectors
import socket
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import repeat
from typing import Final

HOST: Final = "127.0.0.1"
LENGTH: Final = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
CHUNKED: Final = re.compile(rb"\r\ntransfer-encoding: *chunked", re.IGNORECASE)
PATIENCE: Final = 30.0
WARM: Final = 0.4  # seconds: a worker that makes a page for the first time is not what is measured
SLOW: Final = 15.0  # seconds at most for a page that takes long


@dataclass
class Heard:
    """What came of a load: seconds of each answer, the statuses, and what it cost this client."""

    times: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)
    seconds: float = 0.0
    client: float = 0.0

    def note(self, status: int, took: float) -> None:
        self.times.append(took)
        self.statuses[status] = self.statuses.get(status, 0) + 1

    @property
    def rate(self) -> float:
        """Answers a second, but those that are errors."""
        return sum(n for status, n in self.statuses.items() if status < 400) / self.seconds if self.seconds else 0.0

    @property
    def wrong(self) -> int:
        return sum(n for status, n in self.statuses.items() if status >= 400 or status == 0)

    def quantile(self, share: float) -> float:
        """In milliseconds."""
        ordered = sorted(self.times)
        return 1000 * ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0


def request(address: str, **headers: str) -> bytes:
    lines = [f"GET {address} HTTP/1.1", f"Host: {HOST}", *(f"{n.replace('_', '-')}: {v}" for n, v in headers.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


class Line:
    """One kept connection."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection((HOST, port), PATIENCE)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.heard = bytearray()
        self.whole = 0  # bytes of the answer, as soon as its head is there

    def ask(self, words: bytes) -> None:
        self.heard.clear()
        self.whole = 0
        self.began = time.perf_counter()
        self.socket.sendall(words)

    def listen(self) -> bool:
        """Take what has come; whether that is all of it."""
        part = self.socket.recv(262_144)
        if not part:
            raise ConnectionError("The server closed the connection.")
        self.heard += part
        if not self.whole:
            end = self.heard.find(b"\r\n\r\n")
            if end < 0:
                return False
            head = bytes(self.heard[:end])
            if CHUNKED.search(head):
                return self.heard.endswith(b"0\r\n\r\n")
            found = LENGTH.search(head)
            self.whole = end + 4 + (int(found[1]) if found and self.status != 304 else 0)
        return len(self.heard) >= self.whole

    @property
    def status(self) -> int:
        return int(self.heard[9:12])

    def take(self, words: bytes) -> tuple[int, bytes, bytes]:
        """One answer: status, head, body."""
        self.ask(words)
        while not self.listen():
            pass
        head, _gap, body = bytes(self.heard).partition(b"\r\n\r\n")
        return self.status, head, body


def alone(asked: list[tuple[int, bytes]], *, least: int, most: int, seconds: float) -> list[Heard]:
    """One client that asks each of these (port, request) in turn: what else the machine does meets them alike."""
    lines = [Line(port) for port, _words in asked]
    heard = [Heard() for _each in asked]
    for line, (_port, words) in zip(lines, asked, strict=True):
        line.take(words)
        line.take(words)  # both workers have seen it, perhaps
    ends = time.perf_counter() + seconds
    for number in range(most):
        if number >= least and time.perf_counter() > ends:
            break
        for line, (_port, words), each in zip(lines, asked, heard, strict=True):
            status, _head, _body = line.take(words)
            each.note(status, time.perf_counter() - line.began)
    return heard


def together(port: int, words: bytes | Iterable[bytes], *, clients: int, seconds: float) -> Heard:
    """So many clients, each of which asks again as soon as it is answered: the same, or the next until there is none.

    Counted from when all have been answered once, and every worker has had the time to; a slow page gets more time, for
    two answers to each.
    """
    heard, selector = Heard(), selectors.DefaultSelector()
    rest = repeat(words) if isinstance(words, bytes) else iter(words)
    for _client, first in zip(range(clients), rest, strict=False):
        line = Line(port)
        selector.register(line.socket, selectors.EVENT_READ, line)
        line.ask(first)
    spent, began, warm = time.process_time(), time.perf_counter(), False
    with suppress(StopIteration):  # all has been asked for
        while (now := time.perf_counter()) - began < seconds or (now - began < SLOW and len(heard.times) < 2 * clients):
            if not warm and len(heard.times) >= clients and now - began > WARM:
                heard, spent, began, warm = Heard(), time.process_time(), now, True
            for key, _events in selector.select(1.0):
                line = key.data
                try:
                    if line.listen():
                        heard.note(line.status, time.perf_counter() - line.began)
                        line.ask(next(rest))
                except OSError:
                    heard.note(0, 0.0)
                    selector.unregister(line.socket)
                    line.socket.close()
                    fresh = Line(port)
                    selector.register(fresh.socket, selectors.EVENT_READ, fresh)
                    fresh.ask(next(rest))
    heard.seconds, heard.client = time.perf_counter() - began, time.process_time() - spent
    for key in list(selector.get_map().values()):
        key.data.socket.close()
    return heard
