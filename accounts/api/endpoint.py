"""What all endpoints have in common, as the one base beside the framework's own."""

from typing import Any, NoReturn, cast

from django.urls import reverse
from rest_framework import exceptions
from rest_framework.mixins import ListModelMixin
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from accounts.api.idempotency import once
from accounts.api.keeping import keep_answer, key_of, unless_kept
from accounts.models import User
from config.api.asking import refuse_unknown
from config.api.errors import Moved
from config.api.reading import make_conditional, refuse_unreadable
from config.freshness import ANY
from config.keeping import Key, Tags


class Endpoint(APIView):
    """Limits that refusals count towards, conditional reads, answers that are kept, and POSTs that may be sent twice.

    `filters_class` says what the address of a list may ask for; nothing else may be asked.
    """

    get: Any
    post: Any
    filters_class: type[Serializer[Any]] | None = None
    kept_under: Key | None = None

    @property
    def me(self) -> User:
        """The member who asks, where the permissions let nobody else in."""
        return cast(User, self.request.user)

    @property
    def reader(self) -> int | None:
        """The member whom alone a kept answer is for; None where it is the same for everybody."""
        return self.request.user.pk

    @property
    def allowed_methods(self) -> list[str]:
        """As `Allow` tells them: there is no OPTIONS, the description says all."""
        return [method for method in super().allowed_methods if method != "OPTIONS"]

    def made_of(self, said: Any) -> Tags | None:
        """The tags of what was said: it is given again until something with one of them is written. None: never.

        What is said to members is kept only where a view knows that all it reads has tags (config/writes.py).
        """
        return None if self.request.user.is_authenticated else (ANY,)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        refuse_unreadable(request._request, kwargs.values())
        try:
            super().initial(request, *args, **kwargs)
        except (exceptions.NotAuthenticated, exceptions.AuthenticationFailed, exceptions.PermissionDenied):
            self.check_throttles(request)
            raise
        if request.method in SAFE_METHODS and (self.filters_class or isinstance(self, ListModelMixin)):
            refuse_unknown(request.query_params, self.filters_class)
        is_keyed = request.method == "POST" and "Idempotency-Key" in request.headers and request.user.is_authenticated
        if is_keyed and hasattr(self, "post"):
            self.post = once(self.post)  # this object serves one request, so it may have a handler of its own
        if request.method == "GET" and hasattr(self, "get") and (key := key_of(request, self.reader)) is not None:
            self.kept_under, self.get = key, unless_kept(self.get, key)

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Response:
        answer = super().finalize_response(request, response, *args, **kwargs)
        if not isinstance(answer, Response):  # a file, or what was kept
            return answer
        if request.method in SAFE_METHODS:
            make_conditional(request._request, answer, self._keep)
        else:
            answer["Cache-Control"] = "no-store"
        return answer

    def _keep(self, rendered: Response) -> None:
        if self.kept_under is not None:
            keep_answer(self.kept_under, rendered, self.made_of(rendered.data))

    def asked(self) -> Any:
        """What the address asks for. Raises ValidationError."""
        assert self.filters_class is not None  # a list that calls this has one
        filters = self.filters_class(data=self.request.query_params)
        filters.is_valid(raise_exception=True)
        return filters

    def move(self, **address: str) -> NoReturn:
        """Answer with a permanent redirect to the same endpoint at another address."""
        match = self.request.resolver_match
        assert match is not None  # a request that reached a view has one
        location = self.request.build_absolute_uri(reverse(match.view_name, kwargs=self.kwargs | address))
        query = self.request.META.get("QUERY_STRING", "")
        raise Moved(f"{location}?{query}" if query else location)
