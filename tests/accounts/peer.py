"""Another server that speaks ActivityPub: a socket, a certificate and keys of its own, and its own way with signatures.

Nothing in here uses what the site signs and reads signatures with.
"""

import base64
import hashlib
import json
import re
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from django.conf import settings as site
from django.http import HttpResponse
from django.test import Client

from accounts.models import Arrival
from reviews.jobs import take_in_arrival
from tests.accounts.receiver import certificate

ACCEPT = "application/activity+json"


def new_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def pem_of(key: rsa.RSAPrivateKey) -> str:
    public = key.public_key()
    return public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo).decode()


@dataclass
class Got:
    """What was posted to one of its inboxes."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def said(self) -> dict[str, Any]:
        return json.loads(self.body)

    @property
    def kind(self) -> str:
        return str(self.said["type"])

    def is_proved_by(self, public_pem: str) -> bool:
        """As draft-cavage-http-signatures-12 has it, and written anew from it."""
        signature = dict(re.findall(r'(\w+)="([^"]*)"', self.headers["signature"]))
        lines = []
        for name in signature["headers"].split():
            value = f"post {self.path}" if name == "(request-target)" else self.headers[name]
            lines.append(f"{name}: {value}")
        digest = base64.b64encode(hashlib.sha256(self.body).digest()).decode()
        if self.headers["digest"] != f"SHA-256={digest}" or "digest" not in signature["headers"].split():
            return False
        key = serialization.load_pem_public_key(public_pem.encode())
        assert isinstance(key, rsa.RSAPublicKey)
        key.verify(
            base64.b64decode(signature["signature"]), "\n".join(lines).encode(), padding.PKCS1v15(), hashes.SHA256()
        )
        return signature["algorithm"] == "rsa-sha256"


@dataclass
class Peer:
    """A server with people on it. `answers`: statuses with which it answers what is posted, 202 after them."""

    port: int = 0
    keys: dict[str, rsa.RSAPrivateKey] = field(default_factory=dict)
    changed: dict[str, dict[str, Any]] = field(default_factory=dict)  # what somebody's description says instead
    got: list[Got] = field(default_factory=list)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    pages: dict[str, dict[str, Any]] = field(default_factory=dict)  # by their paths
    link: dict[str, Any] = field(default_factory=dict)  # what WebFinger says instead
    instead: bytes | None = None  # of a description
    status: int = 200
    pause: float = 0  # seconds before it answers
    ending: threading.Event = field(default_factory=threading.Event)

    @property
    def host(self) -> str:
        return f"localhost:{self.port}"

    def who(self, name: str) -> str:
        return f"https://{self.host}/users/{name}"

    def described(self, name: str) -> dict[str, Any]:
        own = self.who(name)
        self.keys.setdefault(name, new_key())
        return {
            "@context": "https://www.w3.org/ns/activitystreams", "id": own, "type": "Person",
            "preferredUsername": name, "name": f"{name.capitalize()} of elsewhere", "inbox": f"{own}/inbox",
            "endpoints": {"sharedInbox": f"https://{self.host}/inbox"},
            "publicKey": {"id": f"{own}#main-key", "owner": own, "publicKeyPem": pem_of(self.keys[name])},
        } | self.changed.get(name, {})  # fmt: skip

    def known(self, path: str) -> dict[str, Any] | None:
        """What it answers besides who its people are: WebFinger's questions, and what is in `pages`."""
        asked = urlsplit(path)
        resource = dict(parse_qsl(asked.query)).get("resource", "")
        name = re.fullmatch(rf"acct:(\w+)@{self.host}|https://{self.host}/@(\w+)", resource)
        if asked.path != "/.well-known/webfinger" or name is None:
            return self.pages.get(asked.path)
        own = {"rel": "self", "type": ACCEPT, "href": self.who(name[1] or name[2])}
        return {"subject": resource, "links": [{"rel": "self", "type": "text/html", "href": "x"}, own | self.link]}

    def activity(self, kind: str, about: Any, *, by: str = "zoe", **more: Any) -> dict[str, Any]:
        number = len(self.got) + Arrival.objects.count() + 1
        own = self.who(by)
        return {
            "@context": "https://www.w3.org/ns/activitystreams", "id": f"{own}#{kind}-{number}", "type": kind,
            "actor": own, "object": about,
        } | more  # fmt: skip

    def signed(
        self, target: str, body: bytes, *, by: str = "zoe", key: rsa.RSAPrivateKey | None = None,
        late: timedelta = timedelta(0), names: str = "(request-target) host date digest", **instead: str,
    ) -> dict[str, str]:  # fmt: skip
        """The headers of a request to the site, with a signature."""
        self.keys.setdefault(by, new_key())
        at = (datetime.now(UTC) - late).strftime("%a, %d %b %Y %H:%M:%S GMT")
        digest = "SHA-256=" + base64.b64encode(hashlib.sha256(body).digest()).decode()
        said = {"host": urlsplit(site.SITE_URL).netloc, "date": at, "digest": digest} | instead
        lines = [f"{one}: {f'post {target}' if one == '(request-target)' else said[one]}" for one in names.split()]
        made = (key or self.keys[by]).sign("\n".join(lines).encode(), padding.PKCS1v15(), hashes.SHA256())
        signature = base64.b64encode(made).decode()
        key_id = f"{self.who(by)}#main-key"
        said["signature"] = f'keyId="{key_id}",algorithm="rsa-sha256",headers="{names}",signature="{signature}"'
        return said

    def post(
        self, activity: dict[str, Any] | bytes, to: str = "/federation/inbox/", *, by: str = "zoe", **how: Any
    ) -> HttpResponse:
        """Send it to the site, which only keeps it."""
        body = activity if isinstance(activity, bytes) else json.dumps(activity).encode()
        headers = self.signed(to, body, by=by, **how)
        return Client().post(to, body, content_type=ACCEPT, headers=headers)

    def send(self, activity: dict[str, Any], to: str = "/federation/inbox/", *, by: str = "zoe", **how: Any) -> Arrival:
        """Send it to the site, and have the site look at it."""
        before = Arrival.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        answer = self.post(activity, to, by=by, **how)
        assert answer.status_code == 202, answer.content
        arrival = Arrival.objects.filter(pk__gt=before).get()
        take_in_arrival(arrival.pk)
        arrival.refresh_from_db()
        return arrival

    def kinds(self) -> list[str]:
        return [got.kind for got in self.got]


@contextmanager
def speaking(folder: Path) -> Iterator[tuple[Peer, Path]]:
    """A peer that listens, and the file by which its certificate can be trusted."""
    peer = Peer()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            peer.asked.append((self.path, headers))
            peer.ending.wait(peer.pause)
            found = re.fullmatch(r"/users/(\w+)", self.path)
            said = peer.described(found[1]) if found else peer.known(self.path)
            body = json.dumps(said).encode() if peer.instead is None or not found else peer.instead
            self._answer(404 if said is None else peer.status, body)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            peer.got.append(Got(self.path, headers, body))
            peer.ending.wait(peer.pause)
            self._answer(peer.answers.pop(0) if peer.answers else 202, b"")

        def _answer(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", ACCEPT)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

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
            pass

    trust = certificate(folder, ("localhost",))
    server = Server(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(trust)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    peer.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield peer, trust
    finally:
        peer.ending.set()
        server.shutdown()
        server.server_close()


@pytest.fixture
def peer(settings, tmp_path, monkeypatch) -> Iterator[Peer]:
    """One on this machine, which the site may reach and trusts."""
    settings.FEDERATION_PRIVATE = True
    with speaking(tmp_path) as (made, trust):
        monkeypatch.setenv("SSL_CERT_FILE", str(trust))
        yield made
