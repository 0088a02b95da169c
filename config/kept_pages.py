"""Pages for readers who are signed out, kept whole and given again until something is written that they are made of.

A page is kept by the process that made it, under its address and the few things of a request that it depends on
(`key_of`, which config/front.py asks, too), with the stamps of what it depends on (config/freshness.py): of everything,
unless its view says of what (`made_of`).

Every page for a reader who is signed out gets an ETag, by which a repeated visit is answered with 304.
"""

import gzip
import hashlib
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from django.utils.translation import get_language_from_request

from config.freshness import ANY, WIDE, shared
from config.keeping import A_WHILE, Key, may_keep, moment, shelf
from config.request_log import SECRETS

LONGEST_ADDRESS: Final = 500
LARGEST: Final = 2**20  # bytes of a page
KEPT: Final = "intermission.kept"  # where a request says under what its answer was kept
API: Final = "/api/"
NEVER: Final = (
    "/accounts/",
    "/admin/",
    API,
    "/_allauth/",
    "/lights/",
    "/static/",
    "/media/",
    "/healthz",
    "/readyz",
)
# A request with one of these may be answered differently for it, so it is not for kept pages.
TELLING_HEADERS: Final = ("HTTP_AUTHORIZATION", "HTTP_HX_REQUEST", "HTTP_X_SESSION_TOKEN", "HTTP_RANGE")
LIGHTS: Final = "lights"
KEPT_LIGHTS: Final = ("", "down", "up", "auto")
AWAY: Final = "away"  # the cookie of a visitor who put notices away: their numbers, with hyphens between
MOST_AWAY: Final = 20  # numbers in it
NUMBERS: Final = re.compile(rf"[1-9][0-9]{{0,17}}(?:-[1-9][0-9]{{0,17}}){{0,{MOST_AWAY - 1}}}")


def put_away_in(cookie: str) -> frozenset[int]:
    """The numbers in what a browser sent as `AWAY`; none where the site would not have written it so."""
    return frozenset(map(int, cookie.split("-"))) if NUMBERS.fullmatch(cookie) else frozenset()


def made_of(request: HttpRequest, *tags: str) -> None:
    """The page that answers this request depends on what has these tags, and on whatever no action declares."""
    request.made_of = (WIDE, *tags)  # type: ignore[attr-defined]  # KeptPages reads it


def true_until(request: HttpRequest, end: datetime) -> None:
    """The page that answers this request says something else from then on, whether anybody writes or not."""
    request.true_until = min(end, getattr(request, "true_until", end))  # type: ignore[attr-defined]  # as above


@dataclass(slots=True)
class Page:
    """A page as it was made."""

    headers: dict[str, str]
    body: bytes
    etag: str
    _pressed: bytes = field(default=b"")

    @property
    def pressed(self) -> bytes:
        """The body in gzip, made once. There is no secret in it that its length could betray."""
        self._pressed = self._pressed or gzip.compress(self.body, 6, mtime=0)
        return self._pressed


class KeptPages:
    """Stands before everything that a page needs: sessions, log-ins, the database."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_program = request.path.startswith(API)  # whose answers are never kept whole, but may have parts that are
        never = request.path.startswith(NEVER) and not is_program
        if request.method not in {"GET", "HEAD"} or never or not may_keep():
            return self.get_response(request)
        key = key_of(request)
        if key is not None and (kept := shelf.kept_under(key)) is not None:
            request.META[KEPT] = kept
            return _answer(request, kept.made)
        before = shared.before()
        token = moment.set(before)
        try:
            response = self.get_response(request)
        finally:
            moment.reset(token)
        if key is None or not _is_for_all(request, response):
            return response
        page = _taken(response)
        tags = getattr(request, "made_of", (ANY,))
        if (stamps := before.stamps(tags)) is not None:
            request.META[KEPT] = shelf.put(key, page, 2 * len(page.body), tags, stamps, _until(request))
        return _answer(request, page)


def key_of(request: HttpRequest) -> Key | None:
    """What tells apart the pages for readers who are signed out; None for a request that no kept page may answer."""
    meta = request.META
    if request.method not in {"GET", "HEAD"} or request.path.startswith(NEVER) or not settings.PAGES_KEPT_MB:
        return None
    if any(header in meta for header in TELLING_HEADERS) or "+json" in meta.get("HTTP_ACCEPT", ""):
        return None
    lights = ""
    away: tuple[int, ...] = ()
    if "HTTP_COOKIE" in meta:
        cookies = request.COOKIES
        if settings.SESSION_COOKIE_NAME in cookies or "messages" in cookies:
            return None
        lights = cookies.get(LIGHTS, "")
        if lights not in KEPT_LIGHTS:
            lights = ""
        if AWAY in cookies:
            away = tuple(sorted(put_away_in(cookies[AWAY])))
    address = request.get_full_path()
    if len(address) > LONGEST_ADDRESS:
        return None
    language = get_language_from_request(request) if len(settings.LANGUAGES) > 1 else ""
    return meta.get("HTTP_HOST", ""), address, request.is_secure(), lights, language, away


def _until(request: HttpRequest) -> float:
    """By time.monotonic(): in a while, or sooner, where the page says when it will not be true any more."""
    end: datetime | None = getattr(request, "true_until", None)
    left = A_WHILE if end is None else min(A_WHILE, (end - timezone.now()).total_seconds())
    return time.monotonic() + left


def _is_for_all(request: HttpRequest, response: HttpResponse) -> bool:
    """A whole page that was made for nobody in particular and that says nothing else about being kept."""
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and response.get("Content-Type", "").startswith("text/html")
        and "Cache-Control" not in response
        and "ETag" not in response
        and "CSRF_COOKIE_NEEDS_UPDATE" not in request.META
        and not request.user.is_authenticated
        and not (request.resolver_match and SECRETS & request.resolver_match.kwargs.keys())
        and len(response.content) <= LARGEST
    )


def _taken(response: HttpResponse) -> Page:
    response["Cache-Control"] = "no-cache"  # which lets a browser keep it, and has it ask whether it still holds
    patch_vary_headers(response, ("Cookie", "Accept-Encoding"))
    digest = hashlib.blake2b(response.content, digest_size=16).hexdigest()
    return Page(dict(response.items()), response.content, f'"{digest}"')


def _answer(request: HttpRequest, page: Page) -> HttpResponse:
    """The page, in the form that the reader takes, or 304 when they have it."""
    wants = request.META.get("HTTP_IF_NONE_MATCH")
    pressed = "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")
    etag = f"W/{page.etag}" if pressed else page.etag
    if wants and page.etag in {tag.removeprefix("W/") for tag in parse_etags(wants)}:
        response: HttpResponse = HttpResponseNotModified()
        for name in ("Cache-Control", "Vary", "Content-Language"):
            if name in page.headers:
                response[name] = page.headers[name]
    else:
        response = HttpResponse(page.pressed if pressed else page.body, headers=page.headers)
        response["Content-Length"] = str(len(response.content))
        if pressed:
            response["Content-Encoding"] = "gzip"
    response["ETag"] = etag
    return response
