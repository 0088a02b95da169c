"""Addresses that end mails with one click, without a log-in: they are signed, and can do nothing else."""

from typing import Final

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from accounts.models import User

# Of what a token says: the member's number and what they want no more of, a kind of notice or "daily" or "weekly".
SIGNER: Final = Signer(sep=".", salt="reviews.unsubscribing")


def token_of(member_id: int, what: str) -> str:
    return SIGNER.sign(f"{member_id}.{what}")


def unsubscribe_url(member_id: int, what: str) -> str:
    return settings.SITE_URL + reverse("reviews:unsubscribe", args=[token_of(member_id, what)])


def read_token(token: str) -> tuple[User, str] | None:
    """Whose mails, and which; None for what we never wrote, and for a member who is gone."""
    try:
        number, _dot, what = SIGNER.unsign(token).partition(".")
    except BadSignature:
        return None
    member = User.objects.filter(pk=int(number)).first()
    return (member, what) if member is not None else None
