"""Static files, which are handed out beside Django and need not wait for pages that are yet to be made.

WhiteNoise knows them all: which are there in gzip and brotli, which have their content in their name and may be
kept for ever, who has one already. What the site says beside every answer is taken from one answer of Django's.
"""

import io
from collections.abc import Callable
from typing import IO, Any

from django.http import HttpRequest, HttpResponse
from whitenoise.middleware import WhiteNoiseMiddleware

from config.gateway import WSGI, Answer, Message, environ

ASKED = {b"accept-encoding", b"if-none-match", b"if-modified-since", b"range"}
OF_ONE_REQUEST = {"x-request-id"}


def collected(application: WSGI) -> Callable[[Message], Answer | None]:
    """What answers a request for a static file, and nothing else."""
    files = WhiteNoiseMiddleware(_nothing).files
    guards = _guards(application, next(iter(files))) if files else []

    def find(scope: Message) -> Answer | None:
        file = files.get(scope["path"])
        if file is None or scope["method"] not in {"GET", "HEAD"}:
            return None
        asked = {
            f"HTTP_{name.decode().upper().replace('-', '_')}": value.decode("latin-1")
            for name, value in scope["headers"]
            if name in ASKED
        }
        answer = file.get_response(scope["method"], asked)
        headers = [(name.lower().encode(), value.encode("latin-1")) for name, value in answer.headers]
        body: IO[bytes] = answer.file or io.BytesIO()
        return int(answer.status), headers + guards, body

    return find


def _nothing(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def _guards(application: WSGI, address: str) -> list[tuple[bytes, bytes]]:
    """The headers with which the site guards every answer, as it would be asked by a proxy that speaks https."""
    scope = {
        "method": "GET", "path": address, "raw_path": address.encode(), "query_string": b"", "http_version": "1.1",
        "scheme": "http", "headers": [(b"host", b"localhost"), (b"x-forwarded-proto", b"https")],
    }  # fmt: skip
    said: list[Any] = []
    parts = application(environ(scope, io.BytesIO()), lambda *start: said.extend(start))
    parts.close()  # type: ignore[attr-defined]  # Django's have one
    alone = {name.lower() for name, _ in WhiteNoiseMiddleware(_nothing).files[address].get_response("HEAD", {}).headers}
    own = [(name.lower(), value) for name, value in said[1]]
    return [(name.encode(), value.encode("latin-1")) for name, value in own if name not in alone | OF_ONE_REQUEST]
