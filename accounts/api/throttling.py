"""How often one may ask, counted exactly: one statement of PostgreSQL counts and tells, whichever process asks."""

import time
from ipaddress import IPv6Address, ip_address
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from accounts.models.limit import SPAN, count_request


def address_of(request: HttpRequest) -> str:
    """Where the request comes from, as the log-in limits see it. One home has a whole /64 of IPv6."""
    try:
        found = str(get_adapter().get_client_ip(request))
        address = ip_address(found)
    except (ValueError, PermissionDenied, ImproperlyConfigured):
        return "unknown"
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return f"{IPv6Address(int(address) >> 64 << 64)}/64"
    return found


class Requests(BaseThrottle):
    """Limits how many requests may come in five minutes: from a member, however many tokens they have, or else from an
    address.
    """

    def allow_request(self, request: Request, view: Any) -> bool:
        if request.user and request.user.is_authenticated:
            key, most = f"member:{request.user.pk}", settings.API_REQUESTS_MEMBER
        else:
            key, most = f"address:{address_of(request._request)}", settings.API_REQUESTS_ANONYMOUS
        self.now = time.time()
        return count_request(key, int(self.now // SPAN)) <= most

    def wait(self) -> float:
        return SPAN - self.now % SPAN
