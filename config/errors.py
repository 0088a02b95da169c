"""What a visitor sees when something broke."""

import sys
from typing import Final

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import TemplateDoesNotExist, loader
from django.utils.translation import gettext as _
from django.views import defaults

from config import room
from config.cache import CacheAway
from config.storage import StoreAway

SOON, LATER = 10, 300  # seconds; a disk is emptied by a person
AWAY: Final = (OperationalError, InterfaceError, CacheAway, StoreAway)


def server_error(request: HttpRequest) -> HttpResponse:
    """503 when something that the site needs is away, full or too slow, since it soon will not be; 500 for our
    mistakes."""
    error = sys.exc_info()[1]
    is_full = room.is_lacking(error)
    if not is_full and not isinstance(error, AWAY):
        if wants_json(request):
            return JsonResponse({"detail": _("Something went wrong on our side."), "code": "error"}, status=500)
        return defaults.server_error(request)
    sentence = (
        _("There is no room left to store what you sent, and nothing of it was. Try again later.")
        if is_full
        else _("The site cannot reach its data just now. Try again in a minute.")
    )
    if wants_json(request):
        response: HttpResponse = JsonResponse({"detail": sentence, "code": "unavailable"}, status=503)
    else:
        try:
            page = "no_room.html" if is_full else "503.html"
            response = HttpResponse(loader.get_template(page).render(), status=503)
        except TemplateDoesNotExist:
            response = HttpResponse(f"{sentence}\n", "text/plain; charset=utf-8", status=503)
    response["Retry-After"] = str(LATER if is_full else SOON)
    response["Cache-Control"] = "no-store"
    return response


def nothing_here(request: HttpRequest, **address: str) -> HttpResponse:
    """For addresses that a package brings and the house does without."""
    return JsonResponse({"detail": _("There is nothing here by that name."), "code": "not_found"}, status=404)


def wants_json(request: HttpRequest) -> bool:
    return request.path.startswith(("/api/", "/_allauth/"))
