"""Pages that are kept for their reader."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from accounts.lights import setting_of
from accounts.shells import Parts, page_of, whole_of
from config import kept_pages
from config.freshness import WIDE
from config.keeping import Tags, kept


def kept_page(
    request: HttpRequest, template: str, make: Callable[[], tuple[dict[str, Any], Tags | None]], *depends: Any
) -> HttpResponse:
    """The page of this template at this address for this reader, kept until something is written that it is made of.

    `make` gives its context, and the tags of what that was made of (None: it is not kept); wide writes count for all
    of them. What else it depends on, such as what writes do not tell of (config/writes.py), is in `depends`.
    """

    def whole() -> Parts:
        context, tags = make()
        if len(address) > kept_pages.LONGEST_ADDRESS:
            tags = None
        return whole_of(template, request, context, None if tags is None else (WIDE, *dict.fromkeys(tags)))

    address = request.get_full_path()
    key = (template, address, request.user.pk, setting_of(request), get_language(), *depends)
    parts: Parts = kept(key, lambda made: made.tags, whole)
    if parts.tags is not None:
        kept_pages.made_of(request, *parts.tags)
    return page_of(template, request, parts)
