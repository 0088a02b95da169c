"""Reading what was sent without trust, and answering reads with a 304 where nothing has changed."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from typing import IO, Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.dateparse import parse_datetime
from django.utils.http import http_date, quote_etag
from django.utils.translation import gettext as _
from rest_framework import exceptions, parsers, status
from rest_framework.response import Response

from config.api.errors import TooLarge


def is_storable(text: str) -> bool:
    """Whether PostgreSQL can keep it: neither NUL nor half of a surrogate pair."""
    return "\x00" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)


class JSONParser(parsers.JSONParser):
    """JSON, where what is too deep, too long or cannot be stored is the sender's mistake and not ours."""

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        try:
            parsed = super().parse(stream, media_type, parser_context)
        except RecursionError:
            raise exceptions.ParseError(_("The JSON is nested too deeply.")) from None
        except exceptions.ParseError as refusal:
            if "set_int_max_str_digits" in str(refusal):  # Python's own words are for whoever runs it
                raise exceptions.ParseError(_("The JSON holds a number that is too long.")) from None
            raise
        if not all(is_storable(text) for text in _texts(parsed)):
            raise exceptions.ParseError(_("The JSON holds a character that cannot be stored: NUL or a lone surrogate."))
        return parsed


def _texts(parsed: Any) -> Iterable[str]:
    """Every text in a parsed JSON, names of members included. A loop: the nesting may be near the limit."""
    waiting = [parsed]
    while waiting:
        part = waiting.pop()
        if isinstance(part, str):
            yield part
        elif isinstance(part, dict):
            waiting.extend(part)
            waiting.extend(part.values())
        elif isinstance(part, list):
            waiting.extend(part)


def refuse_unreadable(request: HttpRequest, address: Iterable[object]) -> None:
    """Refuse a body that is too large before it is read, and addresses with characters that no row can have."""
    most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    announced = request.META.get("CONTENT_LENGTH") or "0"
    if most is not None and (not str(announced).isdigit() or int(announced) > most):
        raise TooLarge
    if not all(is_storable(str(part)) for part in address):
        raise Http404
    for name, values in request.GET.lists():
        if not is_storable(name) or not all(is_storable(value) for value in values):
            raise exceptions.ParseError(_("The address holds a character that cannot be searched for."))


def make_conditional(request: HttpRequest, response: Response, keep: Callable[[Response], None]) -> None:
    """Give a read its ETag, its Last-Modified, and a 304 when the reader has the same answer already.

    `keep` gets the answer in whole before that.

    The ETag is a hash of the answer, so it sees every change; it alone decides. A date cannot see a tally that
    changed, so If-Modified-Since by itself always gets the whole answer.
    """
    patch_vary_headers(response, ("Authorization", "Cookie", "X-Session-Token"))
    patch_cache_control(response, private=True, no_cache=True)
    if response.status_code == status.HTTP_200_OK:
        if newest := _newest(response.data):
            response["Last-Modified"] = http_date(newest)
        response.add_post_render_callback(lambda rendered: _tag(request, rendered, keep))


def _tag(request: HttpRequest, rendered: Response, keep: Callable[[Response], None]) -> HttpResponseBase | None:
    etag = quote_etag(hashlib.sha256(rendered.content).hexdigest()[:40])
    rendered["ETag"] = etag
    keep(rendered)
    answer = get_conditional_response(request, etag=etag, response=rendered)
    return None if answer is rendered else answer


def _newest(data: Any) -> float | None:
    """The latest `updated_at` of what was answered."""
    if not isinstance(data, Mapping):
        return None
    rows = data.get("results", [data])
    times = [row.get("updated_at") for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []
    return max((moment.timestamp() for time in times if time and (moment := parse_datetime(time))), default=None)
