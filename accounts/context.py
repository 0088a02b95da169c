"""What every page knows of the house."""

from django.conf import settings
from django.http import HttpRequest

from accounts import lights
from accounts.models import FollowRequest


def house(request: HttpRequest) -> dict[str, object]:
    return {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "signup": settings.SIGNUP,
        "open_data": settings.OPEN_DATA,
        "federation": settings.FEDERATION,
        "lights": lights.setting_of(request),
        "languages": settings.LANGUAGES if len(settings.LANGUAGES) > 1 else [],
    }


def waiting_requests(request: HttpRequest) -> int:
    """How many ask to follow the reader. Only private accounts are asked, so that others cost no query."""
    user = request.user
    if not user.is_authenticated or not user.is_private:
        return 0
    return FollowRequest.objects.filter(followed=user, follower__is_active=True).count()
