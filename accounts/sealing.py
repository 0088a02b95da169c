"""Secrets that the site has to read again are kept enciphered by keys derived from SECRET_KEY."""

import base64

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


def cipher_for(purpose: str) -> Fernet:
    """A cipher of its own for each purpose: what was sealed for one opens for no other."""
    derived = HKDF(hashes.SHA256(), 32, salt=None, info=purpose.encode()).derive(settings.SECRET_KEY.encode())
    return Fernet(base64.urlsafe_b64encode(derived))
