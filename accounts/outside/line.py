"""One message and its answer: to the very number that was checked, by TLS, without redirects, soon or not at all.

A library for requests would look the name up a second time, after the check, and could get another answer then. So the
line is opened here, to the number, and `http.client` speaks on it. What the other side answers is read up to its
status, and beyond only as far as whoever asks says.
"""

import socket
import ssl
import time
from concurrent.futures import Future
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse, HTTPSConnection
from ipaddress import ip_address
from threading import Thread, Timer
from typing import IO, Any, Final
from urllib.parse import urlsplit

from accounts.models.trouble import Trouble
from accounts.outside.addresses import HTTPS, is_here, may_reach

PATIENCE: Final = 5.0  # seconds for a name to be looked up, for the line to be there, and for each sign of life on it
LONGEST: Final = 10.0  # seconds for all of it, however slowly the signs come
MOST_NUMBERS: Final = 2  # of a name that stands for several, so many are tried


class NotPublic(Exception):
    """A name leads to a number to which nothing is sent."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The status of the answer, if there was one, and what was wrong with it or on the way; nothing if it was taken."""

    status: int | None = None
    trouble: str = ""
    body: bytes = b""


class _Line(HTTPSConnection):
    """To one of these numbers, for a host of that name."""

    def __init__(self, host: str, port: int, numbers: list[str], patience: float) -> None:
        self.trust = ssl.create_default_context()
        super().__init__(host, port, timeout=patience, context=self.trust)
        self.numbers = numbers
        self.is_cut = False

    def connect(self) -> None:
        plain = self._reach()
        plain.settimeout(self.timeout)
        self.sock = self.trust.wrap_socket(plain, server_hostname=self.host, do_handshake_on_connect=False)
        if self.is_cut:  # before there was anything to cut
            raise TimeoutError
        self.sock.do_handshake()

    def _reach(self) -> socket.socket:
        *others, last = self.numbers[:MOST_NUMBERS]
        for number in others:
            try:
                return socket.create_connection((number, self.port), PATIENCE)
            except OSError:
                continue
        return socket.create_connection((last, self.port), PATIENCE)

    def cut(self) -> None:
        """From another thread: whoever waits on the line hears that it has ended."""
        self.is_cut = True
        if self.sock is not None:
            try:
                socket.socket.shutdown(self.sock, socket.SHUT_RDWR)
            except OSError:  # it has ended by itself
                pass


def addresses_of(host: str, port: int, *, inside: bool) -> list[str]:
    """The numbers that a name stands for now, in the order in which to try them.

    Raises socket.gaierror where there are none, TimeoutError where nobody says so in time, NotPublic if any of them is
    one to which nothing is sent: whoever answers with such a one means no good.
    """
    if is_here(host, inside=inside):
        raise NotPublic(host)
    found = _looked_up(host, port)
    numbers = list(dict.fromkeys(str(where[0]).partition("%")[0] for *_kind, where in found))
    if not numbers or not all(may_reach(ip_address(number), inside=inside) for number in numbers):
        raise NotPublic(host)
    return numbers


def _looked_up(host: str, port: int) -> list[Any]:
    """In a thread of its own: the resolver of the machine takes as long as its settings say, and cannot be stopped."""
    found: Future[list[Any]] = Future()

    def look() -> None:
        try:
            found.set_result(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except Exception as failure:
            found.set_exception(failure)

    Thread(target=look, daemon=True).start()
    return found.result(PATIENCE)


def exchange(
    method: str,
    address: str,
    body: bytes | IO[bytes] | None,
    headers: dict[str, str],
    *,
    inside: bool,
    most: int = 0,
    longest: float = 0,
    patience: float = PATIENCE,
) -> Answer:
    """Send this to an address that `checked_address` let through, and read at most so many bytes of what is answered.

    `longest` and `patience` are seconds for all of it and for each sign of life, where the usual ones are not enough.
    Says what came of it, and raises nothing. A longer answer is none: it is UNREACHABLE.
    """
    parts = urlsplit(address)
    host, port, began = parts.hostname or "", parts.port or HTTPS, time.monotonic()
    try:
        numbers = addresses_of(host, port, inside=inside)
    except NotPublic:
        return Answer(trouble=Trouble.ADDRESS)
    except TimeoutError:
        return Answer(trouble=Trouble.TIMEOUT)
    except (OSError, UnicodeError):
        return Answer(trouble=Trouble.NAME)
    line = _Line(host, port, numbers, patience)
    guard = Timer((longest or LONGEST) - (time.monotonic() - began), line.cut)
    guard.daemon = True
    guard.start()
    try:
        try:
            line.request(method, (parts.path or "/") + (f"?{parts.query}" if parts.query else ""), body, headers)
        except ConnectionError:
            if line.sock is None:
                raise
            # Who takes no more of what is sent may have answered why.
        return _read(line.getresponse(), most)
    except ssl.SSLCertVerificationError:
        return Answer(trouble=Trouble.TLS)
    except (OSError, HTTPException, ValueError) as failure:
        was_slow = line.is_cut or isinstance(failure, TimeoutError)
        return Answer(trouble=Trouble.TIMEOUT if was_slow else Trouble.UNREACHABLE)
    finally:
        guard.cancel()
        line.close()


def _read(response: HTTPResponse, most: int) -> Answer:
    """Raises ValueError for more than that."""
    status = response.status
    if not 200 <= status < 300:
        return Answer(status, Trouble.REDIRECT if 300 <= status < 400 else Trouble.STATUS)
    body = response.read(most + 1) if most else b""
    if len(body) > most:
        raise ValueError(most)
    return Answer(status, body=body)
