"""A small server that speaks WebDAV, with a certificate of its own, on a socket of this machine."""

import base64
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from accounts.copying import set_copy_place
from accounts.models import CopyPlace, User
from tests.accounts.receiver import certificate

FOLDER = "/dav/films/"


@dataclass
class Cloud:
    """What it keeps, by name, and how it is: full from `room` bytes on, without MOVE, or with answers of its own."""

    port: int = 0
    password: str = "app-pass-word: ü"
    files: dict[str, bytes] = field(default_factory=dict)
    room: int = 10_000_000
    can_move: bool = True
    answers: dict[str, int] = field(default_factory=dict)  # method → status
    asked: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"https://localhost:{self.port}{FOLDER}"

    def named(self) -> list[str]:
        return sorted(self.files)


class Handler(BaseHTTPRequestHandler):
    cloud: Cloud

    def answer(self, status: int) -> None:
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def refused(self, path: str) -> int:
        """What it answers whoever may not do that; 0 for whoever may."""
        self.cloud.asked.append(self.command)
        login = base64.b64encode(f"ana:{self.cloud.password}".encode()).decode()
        if self.headers.get("Authorization") != f"Basic {login}":
            return 401
        return self.cloud.answers.get(self.command, 0 if path.startswith(FOLDER) else 404)

    def do_PROPFIND(self) -> None:
        self.answer(self.refused(self.path) or 207)

    def do_PUT(self) -> None:
        size = int(self.headers["Content-Length"])
        status = self.refused(self.path) or (507 if size > self.cloud.room else 0)
        if status:  # at once, whatever is still on its way
            self.answer(status)
            self.close_connection = True
            return
        body = self.rfile.read(size)
        if len(body) == size:
            self.cloud.files[unquote(self.path).removeprefix(FOLDER)] = body
            self.answer(201)

    def do_MOVE(self) -> None:
        status = self.refused(self.path) or (0 if self.cloud.can_move else 405)
        target = urlsplit(self.headers["Destination"])
        if not status:
            moved = self.cloud.files.pop(unquote(self.path).removeprefix(FOLDER))
            self.cloud.files[unquote(target.path).removeprefix(FOLDER)] = moved
        self.answer(status or 201)

    def do_DELETE(self) -> None:
        status = self.refused(self.path)
        gone = self.cloud.files.pop(unquote(self.path).removeprefix(FOLDER), None)
        self.answer(status or (204 if gone is not None else 404))

    def handle(self) -> None:
        try:
            super().handle()
        except (ConnectionError, ssl.SSLError):
            pass  # the other side hung up

    def log_message(self, *said: Any) -> None:
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *said: Any) -> None:
        pass  # who does not trust the certificate hangs up in the handshake


@pytest.fixture
def cloud(settings, tmp_path, monkeypatch) -> Iterator[Cloud]:
    """One on this machine, which the site may reach and trusts."""
    settings.WEBHOOKS_PRIVATE = True
    made, trust = Cloud(), certificate(tmp_path, ("localhost",))
    server = Server(("127.0.0.1", 0), type("OfCloud", (Handler,), {"cloud": made}))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(trust)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    made.port = server.server_address[1]
    monkeypatch.setenv("SSL_CERT_FILE", str(trust))
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()


def at(cloud: Cloud, member: User, **other: str) -> CopyPlace:
    asked = {"address": cloud.address, "username": "ana", "password": cloud.password, "often": "week"}
    return set_copy_place(member=member, **asked | other)


@pytest.fixture
def own_place(cast, cloud) -> CopyPlace:
    return at(cloud, cast.ana)
