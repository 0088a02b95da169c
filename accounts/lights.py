"""The house lights: down (dark, as in a cinema), up (light), or as the reader's system has it."""

from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

COOKIE: Final = "lights"
DOWN: Final = "down"
SETTINGS: Final = (DOWN, "up", "auto")
A_YEAR: Final = 365 * 24 * 3600


def setting_of(request: HttpRequest) -> str:
    """down, up or auto."""
    wanted = request.COOKIES.get(COOKIE, DOWN)
    return wanted if wanted in SETTINGS else DOWN


@never_cache
@require_safe
def switch(request: HttpRequest) -> HttpResponse:
    """Turn the lights `to` and go back to the page `next`.

    A GET, because all it changes is how the reader's own pages look, and so pages without a session
    need no CSRF token.
    """
    back = request.GET.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = "/"
    response = redirect(back)
    if request.GET.get("to") in SETTINGS:
        # The script that switches without loading the page writes the same cookie, so it may be read by scripts.
        response.set_cookie(
            COOKIE, request.GET["to"], max_age=A_YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
        )
    return response
