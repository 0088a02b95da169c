"""Where allauth asks the house about OpenID Connect: which key it signs with, and what an app is told of a member."""

import secrets
from collections.abc import Iterable
from typing import Any, ClassVar, Final
from urllib.parse import urljoin

from allauth.idp.oidc.adapter import DefaultOIDCAdapter
from allauth.idp.oidc.models import Client, PrivateKey
from cryptography.fernet import InvalidToken
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import SigningKey, User
from accounts.models.token import Scope
from accounts.picture_files import url_of
from accounts.sealing import cipher_for

PICTURE_WIDTH: Final = 208
PROFILE: Final = ("preferred_username", "name", "profile", "picture")
# What an app may ask for, and how the member is asked.
ASKED: Final[dict[str, Any]] = {
    "openid": _("Know who you are here"),
    "profile": _("Read your username, the name you go by, and your picture"),
    "email": _("Read your email address"),
    Scope.READ.value: _("Read all that you can read, also what only you see"),
    Scope.WRITE.value: _("Rate, write, list and change things in your name"),
}


def absolute(address: str) -> str:
    """An address of the site as others write it."""
    return urljoin(f"{settings.SITE_URL}/", address)


class IdentityAdapter(DefaultOIDCAdapter):
    scope_display: ClassVar[dict[str, Any]] = ASKED

    def generate_client_secret(self) -> str:
        """Without signs that a shell or an address would take for its own."""
        return secrets.token_urlsafe(32)

    def get_issuer(self) -> str:
        return str(settings.SITE_URL)

    def list_private_keys(self, **_wanted: Any) -> list[PrivateKey]:
        """One, which is made when it is first needed."""
        return [PrivateKey(pem=signing_key())]

    def get_claims(
        self, purpose: Any, user: Any, client: Client, scopes: Iterable[str], email: str | None = None, **kwargs: Any
    ) -> dict[str, Any]:
        """`sub` is the member's number, which stays when they take another name."""
        claims = super().get_claims(purpose, user, client, [s for s in scopes if s != "profile"], email, **kwargs)
        if "profile" in scopes:
            claims |= _profile(user)
        return claims

    def populate_server_metadata(self, data: dict[str, Any]) -> None:
        """What we do, of all that allauth could do."""
        data["scopes_supported"] = list(ASKED)
        data["response_types_supported"] = ["code"]
        data["grant_types_supported"] = ["authorization_code", "refresh_token"]
        data["claims_supported"] = ["sub", *PROFILE, "email", "email_verified"]
        data["service_documentation"] = absolute(reverse("api_docs"))
        for left_out in ("device_authorization_endpoint", "end_session_endpoint"):
            del data[left_out]


def _profile(member: User) -> dict[str, str]:
    said = {
        "preferred_username": member.username,
        "name": member.name,
        "profile": absolute(member.get_absolute_url()),
    }
    if picture := url_of(member.avatar_key, PICTURE_WIDTH):
        said["picture"] = absolute(picture)
    return said


def signing_key() -> str:
    """The key in PEM. Where none can be read, as after another SECRET_KEY was set, a new one is made.

    What it signed holds for five minutes, so a new key turns nobody out. Of two processes that make one at once, both
    use the first.
    """
    cipher = cipher_for("accounts.SigningKey")
    for _attempt in range(2):
        for row in SigningKey.objects.using("default").order_by("pk"):
            try:
                return cipher.decrypt(row.sealed.encode()).decode()
            except InvalidToken:
                continue
        SigningKey.objects.create(sealed=cipher.encrypt(_new_key()).decode())
    raise RuntimeError("A signing key that was just sealed cannot be opened.")


def _new_key() -> bytes:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
