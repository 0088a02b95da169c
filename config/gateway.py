"""Between the server and Django: a request costs a thread only once it is here in whole, and only when one is near.

The server (granian, by ASGI) holds any number of connections cheaply. This takes each body in without a thread, up
to a size and within a time; refuses with 503 when too many requests wait already, or would have to wait too long; and
runs Django's WSGI application in a few threads, each of which keeps its own database connection. The answer is taken
from the thread in whole, too, so that nobody who reads slowly holds one. Static files need no thread
(`config/shelf.py`). `docs/decisions.md` has the measurements behind this.
"""

import asyncio
import io
import json
import math
import os
import sys
import time
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from tempfile import SpooledTemporaryFile
from typing import IO, Any
from urllib.parse import unquote_to_bytes

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
WSGI = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
Environment = dict[str, Any]
Answer = tuple[int, list[tuple[bytes, bytes]], IO[bytes]]
Shelf = Callable[[Message], Answer | None]

IN_MEMORY = 256 * 1024  # of one body or answer; what is more goes to a temporary file
CHUNK = 128 * 1024
BODY_SECONDS = 20  # for a body to come, and a second more for each SLOWEST bytes of it that did
SLOWEST = 32 * 1024
# For programs, as config/api/errors.py calls them.
CODES = {400: "broken_off", 408: "too_slow", 413: "too_large", 503: "busy"}
PROBES = {"/healthz", "/readyz"}  # never refused
MEMORY = 0.03  # how much the newest answer counts in the mean pace of answers


class Refused(Exception):
    """The request is answered with this status and sentence, without Django."""

    def __init__(self, status: int, sentence: str, wait: float = 0) -> None:
        self.status, self.sentence, self.wait = status, sentence, wait

    def answer(self, path: str) -> Answer:
        kind, page = "text/plain; charset=utf-8", f"{self.sentence}\n".encode()
        if path.startswith("/api/"):
            kind, page = "application/json", json.dumps({"detail": self.sentence, "code": CODES[self.status]}).encode()
        headers = [
            (b"content-type", kind.encode()), (b"content-length", b"%d" % len(page)),
            (b"x-content-type-options", b"nosniff"), (b"content-security-policy", b"default-src 'none'"),
            (b"cache-control", b"no-store"), (b"connection", b"close"),
        ]  # fmt: skip
        if self.status == 503:
            headers.append((b"retry-after", b"%d" % max(2, math.ceil(self.wait))))
        return self.status, headers, io.BytesIO(page)


class Gateway:
    """An ASGI application around a WSGI one: `threads` requests run at once, others wait for them.

    So many may wait as `waiting` says, if they will not have to wait longer than `patience`, in seconds, by the pace at
    which those who waited of late were answered. By one of the two alone, a few slow pages would keep all waiting, or
    many quick ones.
    """

    def __init__(
        self, application: WSGI, *, threads: int, waiting: int, largest_body: int,
        patience: float = 5, shelf: Shelf = lambda scope: None,
        at_hand: Callable[[Message], bool] = lambda scope: False,
        keep: Callable[[Message, Environment, Answer], None] = lambda scope, wsgi, answer: None,
    ) -> None:  # fmt: skip
        self.application, self.shelf = application, shelf
        self.at_hand, self.keep = at_hand, keep
        self.pool, self.lane = ThreadPoolExecutor(threads, "web"), ThreadPoolExecutor(1, "lane")
        self.in_lane = 0
        self.threads, self.waiting, self.patience = threads, waiting, patience
        self.largest_body = largest_body
        self.inside = 0
        self.pace, self.paced = 0.0, 0  # seconds from answer to answer while others wait, and how many made that mean
        self.answered = 0.0

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        try:
            if (found := self.shelf(scope)) is None:
                with await self._body(scope, receive) as body:
                    found = await self._answer(scope, body, receive)
        except Refused as refused:
            found = refused.answer(scope["path"])
        except ConnectionAbortedError:
            return
        status, headers, answer = found
        with answer:
            await _send_file(send, status, headers, answer)

    async def _body(self, scope: Message, receive: Receive) -> IO[bytes]:
        """The whole body, rewound."""
        headers = dict(scope["headers"])
        announced = headers.get(b"content-length", b"0")
        if announced == b"0" and b"transfer-encoding" not in headers:
            return io.BytesIO()
        if announced.isdigit() and int(announced) > self.largest_body:
            raise self._too_large()
        body = SpooledTemporaryFile(IN_MEMORY)
        size, ends, more = 0, time.monotonic() + BODY_SECONDS, True
        while more:
            try:
                message = await asyncio.wait_for(receive(), ends + size / SLOWEST - time.monotonic())
            except TimeoutError:
                raise Refused(408, "The rest of the request did not come in time.") from None
            if message["type"] == "http.disconnect":
                # Nobody hears it who has gone; but somebody whose pieces made no sense is still there.
                raise Refused(400, "The rest of the request did not come as it was announced.")
            size += body.write(message.get("body", b""))
            if size > self.largest_body:
                raise self._too_large()
            more = message.get("more_body", False)
        body.seek(0)
        return body

    def _too_large(self) -> Refused:
        return Refused(413, f"That is too large: the site takes at most {self.largest_body // 2**20} MB at once.")

    async def _answer(self, scope: Message, body: IO[bytes], receive: Receive) -> Answer:
        ahead = self.inside - self.threads + 1
        if scope["path"] in PROBES or (0 < ahead and self.in_lane < self.waiting and self.at_hand(scope)):
            return await self._answer_in_lane(scope, body)
        wait = max(0, ahead) * self.pace
        if ahead > self.waiting or wait > self.patience:
            raise _busy(wait)
        self.inside += 1
        try:
            given = self.pool.submit(self._run_in_time, scope, body, time.monotonic())
            answer = await (asyncio.wrap_future(given) if ahead <= 0 else _unless_gone(given, receive))
        finally:
            self.inside -= 1
        self._keep_pace()
        return answer

    async def _answer_in_lane(self, scope: Message, body: IO[bytes]) -> Answer:
        """Past those who wait: for whoever watches the site, and for what is answered in less than a millisecond."""
        self.in_lane += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self.lane, self._run, scope, body)
        finally:
            self.in_lane -= 1

    def _keep_pace(self) -> None:
        """Note that a request was answered. The time since the last answer counts for the pace only if others wait."""
        now, before = time.monotonic(), self.answered
        self.answered = now if self.inside >= self.threads else 0.0
        if before and self.answered:
            self.paced += 1
            self.pace += max(MEMORY, 1 / self.paced) * (now - before - self.pace)

    def _run_in_time(self, scope: Message, body: IO[bytes], came: float) -> Answer:
        """Runs in a thread, unless the wait became so long that hardly anybody waits any more."""
        if time.monotonic() - came > 1.25 * self.patience:
            raise _busy(self.patience)
        return self._run(scope, body)

    def _run(self, scope: Message, body: IO[bytes]) -> Answer:
        """Django's answer in whole; runs in a thread."""
        started: list[Any] = []
        wsgi = environ(scope, body)
        parts = self.application(wsgi, lambda *start: started.extend(start))
        try:
            answer = _of_disk(parts) or _copied(parts)
        finally:
            if close := getattr(parts, "close", None):
                close()
        if scope["method"] == "HEAD":
            answer.close()
            answer = io.BytesIO()
        headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in started[1]]
        whole = int(started[0][:3]), headers, answer
        self.keep(scope, wsgi, whole)
        return whole


def _copied(parts: Iterable[bytes]) -> IO[bytes]:
    answer = SpooledTemporaryFile(IN_MEMORY)
    for part in parts:
        answer.write(part)
    answer.seek(0)
    return answer


def _of_disk(answer: Any) -> IO[bytes] | None:
    """The file itself where Django answers with one: a hundred who fetch a large one slowly need no hundred copies.

    Opened anew, since Django closes its own.
    """
    try:
        file = answer.file_to_stream
        same = os.fdopen(os.dup(file.fileno()), "rb")
    except (AttributeError, OSError):  # no file, or one in memory
        return None
    same.seek(file.tell())
    return same


def _busy(wait: float) -> Refused:
    return Refused(503, "The site is very busy just now. Try again in a few seconds.", wait)


async def _left(receive: Receive) -> None:
    """Ends when the client leaves. Where there is no body, the server says so first."""
    while (await receive())["type"] != "http.disconnect":
        pass


async def _unless_gone(given: Future[Answer], receive: Receive) -> Answer:
    """The answer of what waits for a thread; it never runs if its client goes away before it could begin."""
    answer = asyncio.wrap_future(given)
    gone = asyncio.ensure_future(_left(receive))
    try:
        either: list[asyncio.Future[Any]] = [answer, gone]
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        if not answer.done() and given.cancel():
            raise ConnectionAbortedError
        return await answer
    finally:
        gone.cancel()


async def _send_file(send: Send, status: int, headers: list[tuple[bytes, bytes]], answer: IO[bytes]) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    chunk = answer.read(CHUNK)
    while len(chunk) == CHUNK:
        await send({"type": "http.response.body", "body": chunk, "more_body": True})
        chunk = answer.read(CHUNK)
    await send({"type": "http.response.body", "body": chunk})


def environ(scope: Message, body: IO[bytes]) -> dict[str, Any]:
    """The WSGI environment of an ASGI request."""
    host, port = scope.get("server") or ("localhost", 80)
    client = scope.get("client") or ("", 0)
    length = body.seek(0, io.SEEK_END)
    body.seek(0)
    wsgi: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(scope["raw_path"]).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": host,
        "SERVER_PORT": str(port),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": client[0],
        "CONTENT_LENGTH": str(length) if length else "",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for raw_name, raw_value in scope["headers"]:
        name, value = raw_name.decode("latin-1").upper(), raw_value.decode("latin-1")
        if "_" in name or name == "CONTENT-LENGTH":  # an underscore could pass for a dash, and so for another header
            continue
        name = name.replace("-", "_")
        key = name if name == "CONTENT_TYPE" else f"HTTP_{name}"
        joint = "; " if key == "HTTP_COOKIE" else ","
        wsgi[key] = f"{wsgi[key]}{joint}{value}" if key in wsgi else value
    return wsgi
