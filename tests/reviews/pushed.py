"""A browser that a member lets the house ring, from its own end."""

import json
import os

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.test import Client

from accounts.models import User
from reviews.actions import pushing
from reviews.models import PushDevice
from reviews.pushing.enciphering import point_of, text_of
from tests.accounts.receiver import Received, Receiver


class Browser:
    """What a browser keeps of its leave, and how it reads: RFC 8291 and 8188 from the reader's end."""

    def __init__(self) -> None:
        self.key, self.secret = ec.generate_private_key(ec.SECP256R1()), os.urandom(16)

    @property
    def given(self) -> dict[str, str]:
        return {"public_key": text_of(point_of(self.key.public_key())), "secret": text_of(self.secret)}

    def read(self, body: bytes) -> bytes:
        salt, record, length = body[:16], int.from_bytes(body[16:20]), body[20]
        sender, sealed = body[21 : 21 + length], body[21 + length :]
        assert len(sealed) <= record
        point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender)
        about = b"WebPush: info\0" + point_of(self.key.public_key()) + sender

        def derived(material: bytes, with_salt: bytes, info: bytes, size: int) -> bytes:
            return HKDF(hashes.SHA256(), size, with_salt, info).derive(material)

        material = derived(self.key.exchange(ec.ECDH(), point), self.secret, about, 32)
        key = derived(material, salt, b"Content-Encoding: aes128gcm\0", 16)
        nonce = derived(material, salt, b"Content-Encoding: nonce\0", 12)
        return AESGCM(key).decrypt(nonce, sealed, None).rstrip(b"\0").removesuffix(b"\2")

    def said(self, received: Received) -> dict[str, str]:
        return json.loads(self.read(received.body))


def session_of(member: User) -> str:
    client = Client()
    client.force_login(member)
    return client.session.session_key


def let_in(member: User, browser: Browser, receiver: Receiver, name: str = "one") -> PushDevice:
    endpoint = f"https://localhost:{receiver.port}/push/{name}"
    return pushing.add_device(member=member, endpoint=endpoint, session_key=session_of(member), **browser.given)
