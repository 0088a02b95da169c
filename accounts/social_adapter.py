"""Where allauth asks the house about somebody who comes from another service."""

from typing import Any

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest


class SocialAdapter(DefaultSocialAccountAdapter):
    def is_auto_signup_allowed(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Without a form nobody would ask for the invitation."""
        return settings.SIGNUP != "invite" and bool(super().is_auto_signup_allowed(request, sociallogin))
