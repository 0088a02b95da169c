"""Kept pages, given before a thread, Django or the database has been asked for anything.

What `config/kept_pages.py` keeps is kept here once more as it left the house, headers included. Only the plainest
request is answered so; whatever could be answered otherwise goes the usual way, which decides anew.
"""

import io
import re
import time
from typing import Any, Final

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest

from config import request_log
from config.gateway import Answer, Message, environ
from config.keeping import Kept, shelf
from config.kept_pages import KEPT, LONGEST_ADDRESS, NEVER

TELLING: Final = {b"authorization", b"hx-request", b"x-session-token", b"range"}
LIGHTS: Final = re.compile(rb"(?:^|;) *lights=(\w*)")
OF_ONE_REQUEST: Final = b"x-request-id"
OF_A_BODY: Final = {b"content-type", b"content-length", b"content-encoding"}


def given(scope: Message) -> Answer | None:
    """The answer, if it is kept and still holds."""
    began = time.perf_counter()
    key = _key_of(scope)
    kept = shelf.get(key) if key is not None else None
    if kept is None:
        return None
    headers, body, etag = kept
    asked = dict(scope["headers"])
    status = 200
    if etag in [tag.strip().removeprefix(b"W/") for tag in asked.get(b"if-none-match", b"").split(b",")]:
        status, body = 304, b""
        headers = [(name, value) for name, value in headers if name not in OF_A_BODY]
    number = _written_down(scope, asked, status, began)
    return status, [*headers, (OF_ONE_REQUEST, number.encode())], io.BytesIO(body)


def keep(scope: Message, wsgi: dict[str, Any], answer: Answer) -> None:
    """Keep an answer of the site that its middleware kept, too."""
    kept: Kept | None = wsgi.get(KEPT)
    status, headers, body = answer
    if kept is None or status != 200 or (key := _key_of(scope)) is None:
        return
    content = body.read()
    body.seek(0)
    etag = dict(headers)[b"etag"].removeprefix(b"W/")
    made = ([(name, value) for name, value in headers if name != OF_ONE_REQUEST], content, etag)
    shelf.put(key, made, len(content), kept.tags, kept.stamps, kept.until)


def _key_of(scope: Message) -> tuple[Any, ...] | None:
    if scope["method"] != "GET" or scope["path"].startswith(NEVER) or not settings.PAGES_KEPT_MB:
        return None
    headers = dict(scope["headers"])
    if len(headers) != len(scope["headers"]) or not TELLING.isdisjoint(headers) or len(settings.LANGUAGES) > 1:
        return None
    cookies = headers.get(b"cookie", b"")
    if b"session" in cookies or b"messages" in cookies or settings.SESSION_COOKIE_NAME.encode() in cookies:
        return None
    if len(scope["raw_path"]) + len(scope["query_string"]) > LONGEST_ADDRESS:
        return None
    lights = LIGHTS.search(cookies)
    return (
        "front", headers.get(b"host"), scope["raw_path"], scope["query_string"], headers.get(b"x-forwarded-proto"),
        b"gzip" in headers.get(b"accept-encoding", b""), lights[1] if lights else b"",
    )  # fmt: skip


def _written_down(scope: Message, asked: dict[bytes, bytes], status: int, began: float) -> str:
    """The line of the log that every request leaves; gives its number."""
    request = HttpRequest()
    request.META = environ(scope, io.BytesIO())
    number = request_log.id_for(request)
    try:
        address = get_adapter().get_client_ip(request)
    except (ImproperlyConfigured, PermissionDenied):  # what stands behind the proxies is not as it was said
        address = ""
    request_log.write_kept(scope["path"], status, number, address, began)
    return number
