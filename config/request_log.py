"""The line that each request leaves in the log: route, status, milliseconds, member's number, shortened address.

Query strings, form fields, names, full addresses, and the keys and tokens in a path are never logged.
"""

import ipaddress
import logging
import re
import time
import uuid
from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from config.logs import request_id

ACCEPTABLE_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
SECRETS = {"key", "secret", "token", "uidb36"}  # names of URL parameters
# As keys are made: no word of an address is as long without a hyphen. For a path that leads nowhere, or not quite.
LIKE_A_KEY = re.compile(r"(?<=/)[A-Za-z0-9]{20,}(?=/|$)")
PROBES = {"/healthz", "/readyz"}
requests = logging.getLogger("intermission.request")


class RequestLog:
    """Gives each request an id, says it on the answer, and writes the request's line."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        token = request_id.set(id_for(request))
        try:
            response = self.get_response(request)
            response["X-Request-ID"] = request_id.get()
            self._write(request, response, began)
            return response
        finally:
            request_id.reset(token)

    def _write(self, request: HttpRequest, response: HttpResponse, began: float) -> None:
        match = request.resolver_match
        if request.path.startswith(settings.STATIC_URL) or (request.path in PROBES and response.status_code == 200):
            return
        user = request.__dict__.get("_cached_user")  # what the answer already knew: no query for a log line
        facts = {
            "route": match.route if match else "",
            "method": request.method,
            "status": response.status_code,
            "ms": round((time.perf_counter() - began) * 1000, 1),
            "member": user.pk if user is not None else None,
            "address": shortened(get_adapter().get_client_ip(request)),
        }
        level = logging.WARNING if response.status_code in {403, 429} else logging.INFO
        requests.log(level, _without_secrets(request.path, match.kwargs if match else {}), extra=facts)


def _without_secrets(path: str, given: dict[str, Any]) -> str:
    """The path without what opens a page to whoever holds it, such as the link of a list."""
    # The longest first: a short one may be a part of it, and what is left of it would not be found.
    for secret in sorted((str(given[name]) for name in SECRETS & given.keys()), key=len, reverse=True):
        path = path.replace(secret, "…")
    return LIKE_A_KEY.sub("…", path)


def write_kept(path: str, status: int, number: str, address: str, began: float) -> None:
    """The line of a request that was answered before it came here. No page with a secret in its path is kept."""
    token = request_id.set(number)
    took = round((time.perf_counter() - began) * 1000, 1)
    facts = {"route": "", "method": "GET", "status": status, "ms": took, "member": None, "address": shortened(address)}
    requests.info(path, extra=facts)
    request_id.reset(token)


def id_for(request: HttpRequest) -> str:
    """The id that a trusted proxy gave the request, or a new one."""
    given = request.headers.get("X-Request-ID", "")
    if settings.ALLAUTH_TRUSTED_PROXY_COUNT and ACCEPTABLE_ID.fullmatch(given):
        return given
    return uuid.uuid4().hex


def shortened(address: str) -> str:
    """An IP address without the part that tells households apart: /24 of IPv4, /48 of IPv6."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return ""
    network = ipaddress.ip_network((address, 24 if parsed.version == 4 else 48), strict=False)
    return str(network.network_address)
