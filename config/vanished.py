"""What somebody wrote about was deleted between their request's first look and its last word."""

import logging
from collections.abc import Callable
from typing import Final

from django.core.exceptions import ObjectDoesNotExist, ObjectNotUpdated
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views import defaults
from psycopg.errors import ForeignKeyViolation

ASKING: Final = frozenset({"GET", "HEAD", "OPTIONS"})
logger = logging.getLogger(__name__)


def has_vanished(method: str | None, fault: Exception) -> bool:
    """Whether an act failed because a row that it needs is not there any more. The log keeps where, in case it is ours.

    Only of what writes: who only reads looks each row up once, so one that is missing later is a fault of ours.
    """
    if method in ASKING:
        return False
    gone = isinstance(fault, ObjectDoesNotExist | ObjectNotUpdated)
    if not gone and not (isinstance(fault, IntegrityError) and isinstance(fault.__cause__, ForeignKeyViolation)):
        return False
    logger.warning("Something was deleted while it was written about", exc_info=fault)
    return True


class Vanished:
    """Answers 404, as it would have a moment later, where no view did."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        if not has_vanished(request.method, fault):
            return None
        return defaults.page_not_found(request, Http404(_("There is nothing here by that name.")))
