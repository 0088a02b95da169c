"""A machine that receives webhooks, with a certificate of its own, and can answer badly, slowly, or elsewhere."""

import base64
import hashlib
import hmac
import json
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclass
class Received:
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def said(self) -> dict[str, Any]:
        return json.loads(self.body)


@dataclass
class Receiver:
    """What it got, and what it answers: a status, or bytes that are no proper answer, one after the other."""

    port: int = 0
    got: list[Received] = field(default_factory=list)
    answers: list[int | bytes] = field(default_factory=list)
    location: str = ""
    drip: float = 0  # seconds before each byte of the answer
    connections: int = 0
    ending: threading.Event = field(default_factory=threading.Event)

    @property
    def address(self) -> str:
        return f"https://localhost:{self.port}/hook?house=1"


def signature_of(received: Received, secret: str) -> str:
    """As the specification of Standard Webhooks has it, and written anew from it."""
    signed = f"{received.headers['webhook-id']}.{received.headers['webhook-timestamp']}.{received.body.decode()}"
    key = base64.b64decode(secret.split("_", 1)[1])
    return "v1," + base64.b64encode(hmac.digest(key, signed.encode(), hashlib.sha256)).decode()


@contextmanager
def receiving(folder: Path, *, for_names: tuple[str, ...] = ("localhost",)) -> Iterator[tuple[Receiver, Path]]:
    """A receiver that listens, and the file by which its certificate can be trusted."""
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            receiver.connections += 1
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            receiver.got.append(Received(self.path, headers, body))
            answer = receiver.answers.pop(0) if receiver.answers else 204
            if isinstance(answer, int):
                where = f"Location: {receiver.location}\r\n" if receiver.location else ""
                answer = f"HTTP/1.1 {answer} So\r\n{where}Content-Length: 0\r\n\r\n".encode()
            for byte in answer:
                if receiver.drip:
                    receiver.ending.wait(receiver.drip)
                self.wfile.write(bytes([byte]))
                self.wfile.flush()

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

    trust = certificate(folder, for_names)
    server = Server(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(trust)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    receiver.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield receiver, trust
    finally:
        receiver.ending.set()
        server.shutdown()
        server.server_close()


@pytest.fixture
def receiver(settings, tmp_path, monkeypatch) -> Iterator[Receiver]:
    """One on this machine, which the site may reach and trusts."""
    settings.WEBHOOKS_PRIVATE = True
    with receiving(tmp_path) as (made, trust):
        monkeypatch.setenv("SSL_CERT_FILE", str(trust))
        yield made


def certificate(folder: Path, names: tuple[str, ...]) -> Path:
    """One that vouches for itself, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "receiver")])
    numbers = [x509.IPAddress(ip_address("127.0.0.1"))] if "localhost" in names else []
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime.now(UTC) - timedelta(days=1))
        .not_valid_after(datetime.now(UTC) + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([*map(x509.DNSName, names), *numbers]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "receiver.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM) + private)
    return file
