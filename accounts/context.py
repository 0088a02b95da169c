"""What every page knows of the house."""

from django.conf import settings
from django.http import HttpRequest

from accounts import lights


def house(request: HttpRequest) -> dict[str, object]:
    return {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "signup": settings.SIGNUP,
        "lights": lights.setting_of(request),
    }
