"""What a visitor sees when something broke."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import TemplateDoesNotExist, loader
from django.utils.translation import gettext as _
from django.views import defaults

from config.cache import CacheAway
from config.storage import StoreAway


def server_error(request: HttpRequest) -> HttpResponse:
    """503 when something that the site needs is away or too slow, since it soon will not be; 500 for our mistakes."""
    error = sys.exc_info()[1]
    if not isinstance(error, (OperationalError, InterfaceError, CacheAway, StoreAway)):
        if wants_json(request):
            return JsonResponse({"detail": _("Something went wrong on our side."), "code": "error"}, status=500)
        return defaults.server_error(request)
    sentence = _("The site cannot reach its data just now. Try again in a minute.")
    if wants_json(request):
        response: HttpResponse = JsonResponse({"detail": sentence, "code": "unavailable"}, status=503)
    else:
        try:
            response = HttpResponse(loader.get_template("503.html").render(), status=503)
        except TemplateDoesNotExist:
            response = HttpResponse(f"{sentence}\n", "text/plain; charset=utf-8", status=503)
    response["Retry-After"] = "10"
    response["Cache-Control"] = "no-store"
    return response


def nothing_here(request: HttpRequest, **address: str) -> HttpResponse:
    """For addresses that a package brings and the house does without."""
    return JsonResponse({"detail": _("There is nothing here by that name."), "code": "not_found"}, status=404)


def wants_json(request: HttpRequest) -> bool:
    return request.path.startswith(("/api/", "/_allauth/"))
