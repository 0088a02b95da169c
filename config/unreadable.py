"""What a browser never sends: a character that the database cannot hold, in an address or a form."""

from collections.abc import Callable, Iterable

from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views import defaults

from config.api.reading import is_storable


class Unreadable:
    """Answers what cannot be stored as the sender's mistake, 404 in a path and 400 elsewhere, where no form did."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        if not isinstance(fault, DataError):
            return None
        if not is_storable(request.path_info):
            return defaults.page_not_found(request, Http404(_("There is nothing here by that name.")))
        if not all(map(is_storable, _sent(request))):
            return defaults.bad_request(request, fault)
        return None


def _sent(request: HttpRequest) -> Iterable[str]:
    for fields in (request.GET, request.POST):
        for _name, values in fields.lists():
            yield from map(str, values)
