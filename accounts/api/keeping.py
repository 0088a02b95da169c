"""Answers that are kept until something is written that they were made of, and given again meanwhile.

Every request is let in, counted and checked first; only then is looked whether its answer is at hand.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from rest_framework.request import Request
from rest_framework.response import Response

from config.keeping import Key, Tags, keep, may_keep, shelf
from config.kept_pages import LARGEST, LONGEST_ADDRESS


class Answer(NamedTuple):
    headers: dict[str, str]
    body: bytes


def key_of(request: Request, reader: int | None) -> Key | None:
    """The key under which the answer is kept for this reader, or for everybody if `reader` is None. None if it is not
    to be kept.
    """
    address = request.get_full_path()
    if len(address) > LONGEST_ADDRESS or not may_keep():
        return None
    host = request.META.get("HTTP_HOST", "")
    return "answer", host, request.is_secure(), address, reader, get_language(), str(request.accepted_media_type)


def unless_kept(get: Callable[..., Response], key: Key) -> Callable[..., HttpResponseBase]:
    """The handler, which is called only if its answer is not at hand."""

    def answered(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        kept: Answer | None = shelf.get(key)
        if kept is None:
            return get(request, *args, **kwargs)
        response = HttpResponse(kept.body, headers=kept.headers)
        return get_conditional_response(request._request, etag=response["ETag"], response=response) or response

    return answered


def keep_answer(key: Key, rendered: Response, tags: Tags | None) -> None:
    if tags is not None and not rendered.cookies and len(rendered.content) <= LARGEST:
        keep(key, Answer(dict(rendered.items()), rendered.content), len(rendered.content), tags)
