"""What is sent through a push service so that only the browser can read it: RFC 8291, in the coding of RFC 8188."""

import base64
import binascii
import os
from typing import Final

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CURVE: Final = ec.SECP256R1()
MOST_BYTES: Final = 3_000  # of a message; every push service takes 4,096 enciphered
RECORD: Final = (4_096).to_bytes(4)
LAST: Final = b"\x02"  # after the words: this record is the last one
POINT, SECRET, SALT = 65, 16, 16  # bytes


def bytes_of(text: str) -> bytes:
    """Of base64url, padded or not. Raises ValueError for anything else."""
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeEncodeError) as trouble:
        raise ValueError(text) from trouble


def text_of(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def point_of(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def is_key(public_key: str, secret: str) -> bool:
    """Whether messages can be enciphered for these, as a browser gives them."""
    try:
        point = bytes_of(public_key)
        ec.EllipticCurvePublicKey.from_encoded_point(CURVE, point)
        return len(point) == POINT and len(bytes_of(secret)) == SECRET
    except (ValueError, UnsupportedAlgorithm):
        return False


def encipher(
    words: bytes, *, public_key: str, secret: str, salt: bytes = b"", own: ec.EllipticCurvePrivateKey | None = None
) -> bytes:
    """The body of a message, with the header that tells the browser how to read it.

    `salt` (16 bytes) and `own` are drawn anew for each message; they are said only to compare with what the RFC
    prints. Raises ValueError for more than MOST_BYTES, and for what `is_key` does not take.
    """
    if len(words) > MOST_BYTES:
        raise ValueError(len(words))
    own = own or ec.generate_private_key(CURVE)
    salt = salt or os.urandom(SALT)
    theirs, ours = bytes_of(public_key), point_of(own.public_key())
    shared = own.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, theirs))
    material = _derive(shared, bytes_of(secret), b"WebPush: info\0" + theirs + ours, 32)
    key = _derive(material, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _derive(material, salt, b"Content-Encoding: nonce\0", 12)
    head = salt + RECORD + bytes([len(ours)]) + ours
    return head + AESGCM(key).encrypt(nonce, words + LAST, None)


def _derive(material: bytes, salt: bytes, purpose: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt=salt, info=purpose).derive(material)
