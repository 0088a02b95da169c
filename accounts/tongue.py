"""In which of the site's languages a reader wants it: as their browser asks, until they choose another."""

from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

A_YEAR: Final = 365 * 24 * 3600


@never_cache
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Speak `to` and go back to the page `next`. A GET for the reasons of the house lights."""
    back = request.GET.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = "/"
    response = redirect(back)
    if (language := request.GET.get("to", "")) in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=A_YEAR,
            samesite="Lax",
            httponly=True,
            secure=settings.LANGUAGE_COOKIE_SECURE,
        )
    return response
