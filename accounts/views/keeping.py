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
    """The page of this template at this address for this reader, kept until something that it is made of is written to.

    `make` returns the context of the template, and the tags of what that was made of, or None if the page is not to be
    kept. WIDE is added to them. Whatever else the page depends on goes into `depends`: the day, or what is written
    without a word to kept pages (`SILENT` of config/writes.py).
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
