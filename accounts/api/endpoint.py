"""What all endpoints have in common, as the one base beside the framework's own."""

from collections.abc import Mapping
from typing import Any, NoReturn

from django.http import HttpResponseBase
from django.urls import reverse
from rest_framework import exceptions
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.idempotency import once
from config.api.errors import Moved
from config.api.reading import make_conditional, refuse_unreadable


class Endpoint:
    """Limits that refusals count towards, conditional reads, and POSTs that may be sent twice."""

    request: Request
    kwargs: dict[str, Any]
    http_method_names = ("get", "post", "put", "patch", "delete", "head", "options")

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        refuse_unreadable(request._request, kwargs.values())
        try:
            super().initial(request, *args, **kwargs)  # type: ignore[misc]  # stands before an APIView
        except (exceptions.NotAuthenticated, exceptions.AuthenticationFailed, exceptions.PermissionDenied):
            self.check_throttles(request)  # type: ignore[attr-defined]  # as above
            raise
        if request.method == "POST" and "Idempotency-Key" in request.headers and request.user.is_authenticated:
            self.post = once(self.post)  # type: ignore[has-type]  # as above; this object serves one request

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> HttpResponseBase:
        answer = super().finalize_response(request, response, *args, **kwargs)  # type: ignore[misc]  # as above
        if request.method in SAFE_METHODS:
            make_conditional(request._request, answer)
        else:
            answer["Cache-Control"] = "no-store"
        return answer

    def move(self, **address: str) -> NoReturn:
        """Answer with a permanent redirect to the same endpoint at another address."""
        match = self.request.resolver_match
        kwargs: Mapping[str, Any] = self.kwargs | address
        location = self.request.build_absolute_uri(reverse(match.view_name, kwargs=kwargs))
        query = self.request.META.get("QUERY_STRING", "")
        raise Moved(f"{location}?{query}" if query else location)
