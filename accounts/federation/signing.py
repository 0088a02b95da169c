"""HTTP signatures as Mastodon takes and gives them: draft-cavage-http-signatures-12, rsa-sha256, with a digest."""

import base64
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from typing import Final
from urllib.parse import urlsplit

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

BITS: Final = 2048
LONGEST: Final = 2000  # letters of a signature's header
SKEW: Final = timedelta(hours=1)
# Without these, what was signed could be sent anywhere, at any time, or with another body.
NEEDED: Final = frozenset({"(request-target)", "host", "date", "digest"})
ALGORITHMS: Final = frozenset({"", "rsa-sha256", "hs2019"})
PART: Final = re.compile(r'(\w{1,20})="([^"]{0,1500})"')


class NotSigned(Exception):
    """A request that carries no signature which could hold. The sentence is for whoever runs the other server."""


@dataclass(frozen=True, slots=True)
class Signed:
    """Whose key is to prove what."""

    key_id: str
    words: str
    signature: str


def new_keys() -> tuple[str, bytes]:
    """A public key and its private one, both in PEM."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=BITS)
    public = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return public.decode(), private


def digest_of(body: bytes) -> str:
    return "SHA-256=" + base64.b64encode(hashlib.sha256(body).digest()).decode()


def headers_for(
    method: str, address: str, body: bytes | None, *, key_id: str, private: bytes, at: datetime
) -> dict[str, str]:
    """What goes with a request in the name of that key, made at that moment."""
    parts = urlsplit(address)
    said = {"host": parts.netloc, "date": format_datetime(at.astimezone(UTC), usegmt=True)}
    if body is not None:
        said["digest"] = digest_of(body)
    target = f"{method.lower()} {parts.path or '/'}" + (f"?{parts.query}" if parts.query else "")
    words = _words(said, ("(request-target)", *said), target)
    key = serialization.load_pem_private_key(private, None)
    assert isinstance(key, rsa.RSAPrivateKey)  # `new_keys` makes no other
    made = base64.b64encode(key.sign(words.encode(), padding.PKCS1v15(), hashes.SHA256())).decode()
    listed = " ".join(("(request-target)", *said))
    said["signature"] = f'keyId="{key_id}",algorithm="rsa-sha256",headers="{listed}",signature="{made}"'
    return {name.title(): value for name, value in said.items()}


def read_signature(
    headers: Mapping[str, str], *, method: str, target: str, host: str, body: bytes, now: datetime
) -> Signed:
    """What a request that came in says to be signed, by headers in small letters. Asks nobody.

    Raises NotSigned where no key could prove it: the date is off by more than an hour, the body is another one, the
    request was for another site, or the signature leaves one of these out.
    """
    text = headers.get("signature", "")
    if not text or len(text) > LONGEST:
        raise NotSigned("Sign the request: a Signature header as in draft-cavage-http-signatures-12.")
    parts = dict(PART.findall(text))
    listed = parts.get("headers", "").lower().split()
    if not parts.get("keyId") or not parts.get("signature") or parts.get("algorithm", "") not in ALGORITHMS:
        raise NotSigned("The Signature header names no key, no signature, or an algorithm other than rsa-sha256.")
    if not set(listed) >= NEEDED:
        raise NotSigned("Sign (request-target), host, date and digest.")
    _check_date(headers.get("date", ""), now)
    if headers.get("host", "").lower() != host.lower():
        raise NotSigned("The request was signed for another host.")
    digests = (one.strip().partition("=") for one in headers.get("digest", "").split(","))
    if digest_of(body) not in {f"{kind.upper()}={value}" for kind, _sign, value in digests}:
        raise NotSigned("The Digest header is not the SHA-256 of the body.")
    if any(name not in headers for name in listed if name != "(request-target)"):
        raise NotSigned("The signature names a header that was not sent.")
    return Signed(parts["keyId"], _words(headers, listed, f"{method.lower()} {target}"), parts["signature"])


def holds(public_key: str, words: str, signature: str) -> bool:
    """Whether the key proves these words."""
    try:
        key = serialization.load_pem_public_key(public_key.encode())
        if not isinstance(key, rsa.RSAPublicKey):
            return False
        made = base64.b64decode(signature, validate=True)
        key.verify(made, words.encode(), padding.PKCS1v15(), hashes.SHA256())
    except (InvalidSignature, ValueError):
        return False
    return True


def _check_date(said: str, now: datetime) -> None:
    try:
        at = parsedate_to_datetime(said)
        is_near = abs(at.astimezone(UTC) - now) <= SKEW
    except (ValueError, TypeError, OverflowError):
        is_near = False
    if not is_near:
        raise NotSigned("The Date header is more than an hour away from the time here.")


def _words(headers: Mapping[str, str], listed: tuple[str, ...] | list[str], target: str) -> str:
    lines = [f"{name}: {target if name == '(request-target)' else headers[name]}" for name in listed]
    return "\n".join(lines)
