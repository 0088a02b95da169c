"""How a push service knows that a message is from the house that the browser let in: VAPID, RFC 8292.

The key is derived from SECRET_KEY, so that all machines of a site have the same without storing it. A site that changes
SECRET_KEY is another house to the push services: they refuse it, and what it could ring is forgotten.
"""

import time
from functools import lru_cache
from typing import Final
from urllib.parse import urlsplit

import jwt
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from reviews.pushing.enciphering import CURVE, point_of, text_of

# How many points the group of P-256 has (FIPS 186-5): a private key is a number from 1 up to one less than that.
ORDER: Final = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
LASTS: Final = 12 * 3600  # seconds; the RFC allows a day


@lru_cache(maxsize=4)
def _key_from(site_secret: str) -> ec.EllipticCurvePrivateKey:
    # Sixteen bytes more than the key has, so that no number is likelier than another.
    drawn = HKDF(hashes.SHA256(), 48, salt=None, info=b"web push").derive(site_secret.encode())
    return ec.derive_private_key(int.from_bytes(drawn) % (ORDER - 1) + 1, CURVE)


def house_key() -> str:
    """What a browser is told when it is asked to let this house in: the public key, base64url."""
    return text_of(point_of(_key_from(settings.SECRET_KEY).public_key()))


def vouch_for(endpoint: str) -> str:
    """The header `Authorization` of a message to that address."""
    parts = urlsplit(endpoint)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int(time.time()) + LASTS,
        "sub": settings.SITE_URL,
    }
    token = jwt.encode(claims, _key_from(settings.SECRET_KEY), algorithm="ES256")
    return f"vapid t={token}, k={house_key()}"
