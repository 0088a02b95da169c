"""A member's page that is what their browser has already is answered with 304: made anew, but not sent again.

The token of a form is masked afresh on every page, and any of them is good as long as the secret behind it is the same;
so the ETag knows the secret and not the masks. It is a weak one: compressed or not, padded or not, it is the same page.
Whatever else a member is answered, and says nothing of being kept, is theirs alone.
"""

import hashlib
import re
from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control

# What may show a secret once, and what is only for the staff, is not for a browser to keep.
NEVER: Final = ("/accounts/", "/admin/", "/api/", "/_allauth/")
MASKED: Final = re.compile(rb'(name="csrfmiddlewaretoken" value=")[A-Za-z0-9]{64}"')


class Unchanged:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if _is_for_member(request) and "Cache-Control" not in response:
            is_page = _is_page_of_member(request, response)
            patch_cache_control(response, private=True, no_cache=True)
            return _with_etag(request, response) if is_page else response
        return response


def _with_etag(request: HttpRequest, response: HttpResponse) -> HttpResponseBase:
    secret = str(request.META.get("CSRF_COOKIE", "")).encode()
    page = MASKED.sub(rb"\1", response.content)
    etag = f'W/"{hashlib.blake2b(page + secret, digest_size=16).hexdigest()}"'
    response["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response) or response


def _is_for_member(request: HttpRequest) -> bool:
    user = request.__dict__.get("_cached_user")  # as far as the answer asked who reads it
    return user is not None and bool(user.is_authenticated)


def _is_page_of_member(request: HttpRequest, response: HttpResponse) -> bool:
    return (
        request.method in {"GET", "HEAD"}
        and response.status_code == 200
        and not response.streaming
        and not request.path.startswith(NEVER)
        and response.get("Content-Type", "").startswith("text/html")
        and "ETag" not in response
    )
