"""Sending one message to a webhook."""

from django.conf import settings

from accounts.outside.line import Answer, exchange


def post(address: str, body: bytes, headers: dict[str, str]) -> Answer:
    """Send a message to an address that `checked_address` let through. Says what came of it, and raises nothing."""
    return exchange("POST", address, body, headers, inside=settings.WEBHOOKS_PRIVATE)
