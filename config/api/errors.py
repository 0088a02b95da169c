"""One shape for every refusal."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.core.exceptions import PermissionDenied as DjangoPermissionDenied
from django.core.exceptions import ValidationError as DjangoValidationError
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import exceptions
from rest_framework.response import Response

from config.vanished import has_vanished


class Moved(Exception):
    """What was asked for lives at another address now: the answer is a permanent redirect there."""

    def __init__(self, location: str) -> None:
        super().__init__(location)
        self.location = location


class Conflict(exceptions.APIException):
    status_code = 409
    default_detail = gettext_lazy("This was changed elsewhere in the meantime.")
    default_code = "conflict"


class Limited(exceptions.APIException):
    """A member has done enough of something for now; `wait` is in seconds."""

    status_code = 429
    default_code = "limit"

    def __init__(self, sentence: str, wait: int) -> None:
        super().__init__(sentence)
        self.wait = wait - 1  # a second is added to what becomes Retry-After


class TooLarge(exceptions.APIException):
    status_code = 413
    default_detail = gettext_lazy("That is more than the site takes in one request.")
    default_code = "too_large"


def answer_error(exc: Exception, context: dict[str, Any]) -> Response | None:
    """Every refusal in one of two shapes: `{"field": ["message"]}`, or `{"detail": "…", "code": "…"}`.

    Django's own exceptions, which the actions raise, are understood as well, and rows that were deleted meanwhile.
    Anything else is a fault of ours and goes on to the logs.
    """
    if isinstance(exc, Moved):
        # 301 would let a client turn a PATCH into a GET; 308 keeps the verb.
        safe = context["request"].method in {"GET", "HEAD", "OPTIONS"}
        body = {"detail": _("This has moved: see Location."), "code": "moved"}
        return Response(body, status=301 if safe else 308, headers={"Location": exc.location})
    known = _as_api_exception(exc)
    if known is None and has_vanished(context["request"].method, exc):
        known = exceptions.NotFound(_("There is nothing here by that name."))
    if known is None:
        return None
    headers: dict[str, str] = {}
    if getattr(known, "auth_header", None):
        headers["WWW-Authenticate"] = known.auth_header  # type: ignore[attr-defined]  # the view has put it there
    if (seconds := getattr(known, "wait", None)) is not None:
        headers["Retry-After"] = str(int(seconds) + 1)
    return Response(_error_body(known), status=known.status_code, headers=headers)


def _as_api_exception(exc: Exception) -> exceptions.APIException | None:
    if isinstance(exc, exceptions.APIException):
        return exc
    if isinstance(exc, Http404):
        return exceptions.NotFound(_("There is nothing here by that name."))
    if isinstance(exc, DjangoPermissionDenied):
        return exceptions.PermissionDenied(str(exc) or None, code=getattr(exc, "code", None))
    if isinstance(exc, DjangoValidationError):
        if hasattr(exc, "error_dict"):
            return exceptions.ValidationError(exc.message_dict)
        if (seconds := getattr(exc, "wait", None)) is not None:
            return Limited(" ".join(exc.messages), seconds)
        return exceptions.ValidationError(exc.messages, code=getattr(exc, "code", None) or "invalid")
    return None


def _error_body(exc: exceptions.APIException) -> dict[str, Any]:
    if not isinstance(exc, exceptions.ValidationError):
        code = exc.detail.code if isinstance(exc.detail, exceptions.ErrorDetail) else exc.default_code
        return {"detail": " ".join(_messages(exc.detail)), "code": code}
    fields: dict[str, Any] = dict(exc.detail) if isinstance(exc.detail, Mapping) else {NON_FIELD_ERRORS: exc.detail}
    others = [*_details(fields.pop(NON_FIELD_ERRORS, [])), *_details(fields.pop("non_field_errors", []))]
    body: dict[str, Any] = {str(name): _messages(detail) for name, detail in fields.items()}
    if others or not body:
        code = others[0].code if others else exc.default_code
        body |= {"detail": " ".join(_messages(others)) or str(exc.default_detail), "code": code}
    return body


def _details(detail: Any) -> list[exceptions.ErrorDetail]:
    """The messages of an error, however deep they lie."""
    if isinstance(detail, Mapping):
        return [found for part in detail.values() for found in _details(part)]
    if isinstance(detail, list | tuple):
        return [found for part in detail for found in _details(part)]
    return [detail if isinstance(detail, exceptions.ErrorDetail) else exceptions.ErrorDetail(str(detail), "invalid")]


def _messages(detail: Any) -> list[str]:
    return list(dict.fromkeys(str(found) for found in _details(detail)))
