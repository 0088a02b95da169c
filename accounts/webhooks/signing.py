"""Signatures after Standard Webhooks (https://www.standardwebhooks.com): HMAC-SHA256, symmetric, version 1."""

import base64
import hashlib
import hmac
import secrets
from datetime import datetime
from typing import Final

from cryptography.fernet import InvalidToken

from accounts.models import Webhook
from accounts.sealing import cipher_for

PREFIX: Final = "whsec_"
LENGTH: Final = 32  # bytes, of which the specification wants 24 to 64


def new_secret() -> str:
    return PREFIX + base64.b64encode(secrets.token_bytes(LENGTH)).decode()


def seal(secret: str) -> str:
    return cipher_for("accounts.Webhook").encrypt(secret.encode()).decode()


def secrets_of(webhook: Webhook, now: datetime) -> list[str]:
    """Those that sign now: its own, and for a while after it was renewed the one before.

    Raises InvalidToken where its own cannot be read any more, as after another SECRET_KEY was set.
    """
    cipher = cipher_for("accounts.Webhook")
    found = [cipher.decrypt(webhook.sealed.encode()).decode()]
    if webhook.sealed_before and webhook.before_until and webhook.before_until > now:
        try:
            found.append(cipher.decrypt(webhook.sealed_before.encode()).decode())
        except InvalidToken:
            pass
    return found


def headers_for(message_id: str, at: datetime, body: bytes, keys: list[str]) -> dict[str, str]:
    """What goes with a message: its number, the second of this attempt, and a signature by each of the secrets."""
    second = str(int(at.timestamp()))
    signed = f"{message_id}.{second}.".encode() + body
    return {
        "webhook-id": message_id,
        "webhook-timestamp": second,
        "webhook-signature": " ".join(f"v1,{_signature(key, signed)}" for key in keys),
    }


def _signature(secret: str, signed: bytes) -> str:
    key = base64.b64decode(secret.removeprefix(PREFIX))
    return base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
