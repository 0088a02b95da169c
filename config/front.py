"""Kept pages, answered by the gateway itself, without a thread, Django or the database.

What `config/kept_pages.py` keeps is kept here once more as it was sent, with its headers, once compressed and once not.
So whatever is answered here would be answered there with the same page. A page that is kept there but was not sent in
this form yet is "at hand": its request passes those that wait for a thread.
"""

import io
import time
from typing import Any, Final

from allauth.account.adapter import get_adapter
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.core.handlers.wsgi import WSGIRequest

from config import request_log
from config.freshness import Memory, shared
from config.gateway import Answer, Message, environ
from config.keeping import Kept, Key, shelf
from config.kept_pages import KEPT, NEVER, key_of

OF_ONE_REQUEST: Final = b"x-request-id"
OF_A_BODY: Final = {b"content-type", b"content-length", b"content-encoding"}


def given(scope: Message) -> Answer | None:
    """The answer to a request, if it is kept here and nothing that it was made of has been written to since."""
    began = time.perf_counter()
    if scope["method"] != "GET" or (request := _asked(scope)) is None or (key := key_of(request)) is None:
        return None
    if (kept := shelf.get(_leaving(request, key))) is None:
        return None
    headers, body, etag = kept
    asked = dict(scope["headers"])
    status = 200
    if etag in [tag.strip().removeprefix(b"W/") for tag in asked.get(b"if-none-match", b"").split(b",")]:
        status, body = 304, b""
        headers = [(name, value) for name, value in headers if name not in OF_A_BODY]
    number = _written_down(request, status, began)
    return status, [*headers, (OF_ONE_REQUEST, number.encode())], io.BytesIO(body)


def is_at_hand(scope: Message) -> bool:
    """Whether a page that is kept will answer this, though it has not left in this form yet."""
    request = _asked(scope)
    key = None if request is None else key_of(request)
    return key is not None and shelf.get(key) is not None


def keep(scope: Message, wsgi: dict[str, Any], answer: Answer) -> None:
    """Keep an answer as it is sent, if `KeptPages` has kept its page."""
    kept: Kept | None = wsgi.get(KEPT)
    status, headers, body = answer
    if kept is None or status != 200 or scope["method"] != "GET":
        return
    # From `scope` and not from `wsgi`: there Django has replaced the path by what it read.
    if (request := _asked(scope)) is None or (key := key_of(request)) is None:
        return
    content = body.read()
    body.seek(0)
    etag = dict(headers)[b"etag"].removeprefix(b"W/")
    made = ([(name, value) for name, value in headers if name != OF_ONE_REQUEST], content, etag)
    shelf.put(_leaving(request, key), made, len(content), kept.tags, kept.stamps, kept.until)


def _asked(scope: Message) -> WSGIRequest | None:
    """The request as Django will see it; None where no look at memory alone can answer it."""
    if scope["path"].startswith(NEVER) or not isinstance(shared, Memory):
        return None
    return WSGIRequest(environ(scope, io.BytesIO()))


def _leaving(request: WSGIRequest, key: Key) -> Key:
    """The key of a page as it is sent: compressed or not."""
    return ("front", "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", ""), *key)


def _written_down(request: WSGIRequest, status: int, began: float) -> str:
    """The line of the log that every request leaves; gives its number."""
    number = request_log.id_for(request)
    try:
        address = get_adapter().get_client_ip(request)
    except (ImproperlyConfigured, PermissionDenied):  # what stands behind the proxies is not as it was said
        address = ""
    request_log.write_kept(request.path, status, number, address, began)
    return number
