"""Asking TMDB itself: never faster than it allows, never elsewhere, never without an end."""

import json
import re
import time
from collections import deque
from collections.abc import Callable
from http.client import HTTPException, HTTPResponse
from typing import IO, Any, Final
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, OpenerDirector, Request, build_opener

from django.conf import settings
from django.utils.translation import gettext as _

from films.importers.running import Refused

PARTS: Final = "credits,release_dates,alternative_titles,external_ids,videos,watch/providers"
MOST_IN_WINDOW: Final = 40
WINDOW_SECONDS: Final = 10.0
TIMEOUT_SECONDS: Final = 20
LARGEST_ANSWER: Final = 16 << 20
LARGEST_PICTURE: Final = 5 << 20
TRIES: Final = 5
LONGEST_WAIT: Final = 120.0
OLD_KEY: Final = re.compile(r"[0-9a-f]{32}")
PICTURE: Final = re.compile(r"/[A-Za-z0-9_-]{1,80}\.(?:jpg|jpeg|png|webp)")
POSTER_WIDTH: Final = "w780"


class NoAnswer(Exception):
    """TMDB does not give this; the message says why."""


class _StaysThere(HTTPRedirectHandler):
    """An answer that sends us elsewhere is none."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: Any, newurl: str
    ) -> Request | None:
        return None


class Tmdb:
    """A line to TMDB with the site's token. Raises Refused without one, or when TMDB does not accept it."""

    def __init__(self, *, sleep: Callable[[float], None] = time.sleep) -> None:
        if not settings.TMDB_TOKEN:
            raise Refused(_("Set TMDB_TOKEN to a token of your own: TMDB gives one at its website."))
        self.sleep = sleep
        self.sent: deque[float] = deque()
        self.opener: OpenerDirector = build_opener(_StaysThere)

    def movie(self, number: str) -> dict[str, Any]:
        """All that TMDB has of a film. Raises NoAnswer."""
        words = {"append_to_response": PARTS}
        headers = {"Accept": "application/json"}
        if OLD_KEY.fullmatch(settings.TMDB_TOKEN):
            words["api_key"] = settings.TMDB_TOKEN
        else:
            headers["Authorization"] = f"Bearer {settings.TMDB_TOKEN}"
        address = f"{settings.TMDB_ADDRESS}/movie/{int(number)}?{urlencode(words)}"
        try:
            answer = json.loads(self._get(address, headers, LARGEST_ANSWER))
        except (ValueError, RecursionError) as error:
            raise NoAnswer(_("TMDB's answer is no JSON that can be read.")) from error
        if not isinstance(answer, dict):
            raise NoAnswer(_("TMDB's answer is no film."))
        return answer

    def picture(self, path: str) -> bytes:
        """A poster. Raises NoAnswer."""
        if not PICTURE.fullmatch(path):
            raise NoAnswer(_("TMDB names no picture that can be fetched."))
        return self._get(f"{settings.TMDB_PICTURES}/{POSTER_WIDTH}{path}", {"Accept": "image/*"}, LARGEST_PICTURE)

    def _get(self, address: str, headers: dict[str, str], largest: int) -> bytes:
        request = Request(address, headers=headers | {"User-Agent": "Intermission"})  # noqa: S310  # our own setting
        for attempt in range(TRIES):
            self._wait_for_turn()
            try:
                with self.opener.open(request, timeout=TIMEOUT_SECONDS) as answer:
                    return _limited(answer, largest)
            except HTTPError as error:
                with error:
                    self.sleep(_pause_after(error, attempt))
            except (URLError, HTTPException, OSError):
                self.sleep(_backoff(attempt))
        raise NoAnswer(_("TMDB does not answer."))

    def _wait_for_turn(self) -> None:
        while len(self.sent) >= MOST_IN_WINDOW:
            left = self.sent[0] + WINDOW_SECONDS - time.monotonic()
            if left > 0:
                self.sleep(left)
            self.sent.popleft()
        self.sent.append(time.monotonic())


def _limited(answer: HTTPResponse, largest: int) -> bytes:
    content = answer.read(largest + 1)
    if len(content) > largest:
        raise NoAnswer(_("TMDB's answer is too large."))
    return content


def _pause_after(error: HTTPError, attempt: int) -> float:
    """How many seconds to wait before the next try. Raises NoAnswer where there is no use in one."""
    if error.code in (401, 403):
        raise Refused(_("TMDB does not accept the token: see TMDB_TOKEN."))
    if error.code == 404:
        raise NoAnswer(_("TMDB has no film of this id."))
    if error.code == 429:
        asked = (error.headers.get("Retry-After") or "").strip()
        return min(float(asked), LONGEST_WAIT) if asked.isdecimal() else _backoff(attempt)
    if error.code >= 500:
        return _backoff(attempt)
    raise NoAnswer(_("TMDB does not answer this: status %(code)d.") % {"code": error.code})


def _backoff(attempt: int) -> float:
    return min(2.0**attempt, LONGEST_WAIT)
