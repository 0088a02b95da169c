"""Where a webhook may lead."""

from django.conf import settings

from accounts.outside import addresses


def checked_address(address: str) -> str:
    """The address as it is stored. Raises ValidationError for one to which nothing could be sent."""
    return addresses.checked_address(address, inside=settings.WEBHOOKS_PRIVATE)
