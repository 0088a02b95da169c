"""What surrounds every page (head, header, notices, footer), put together once for all readers who see the same.

It takes longer than what most pages say themselves. What it depends on is the key under which it is kept, and its
templates may use nothing else; what is another on every page (its address, the token of a form) is put in last.
"""

import secrets
from collections.abc import Iterator
from functools import cache
from typing import Any, Final
from urllib.parse import quote

from django import template
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.template import Context
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from accounts.context import waiting_requests
from config import kept_pages
from reviews.house import House, house_of, put_away_by
from reviews.notices import unread_count

register = template.Library()

KEPT_AT_MOST: Final = 500  # of some 8 KB
# They stand for what is put in last. Nobody can guess them, so nobody can have them written.
HERE, TOKEN = f"here-{secrets.token_hex(16)}", f"token-{secrets.token_hex(16)}"
_kept: dict[tuple[Any, ...], str] = {}


@register.simple_tag(takes_context=True)
def frame(context: Context, part: str) -> SafeString:
    """`{% frame "header" %}`: templates/_header.html as this reader sees it on this page."""
    request: HttpRequest = context["request"]
    values = dict(_values(request, context))
    if part == "header":
        values |= _values_of_member(values["user"], request)
    elif part != "head":
        values |= _values_of_house(house_of(request), part, values["user"], request)
        if part == "board" and not values["notices"]:
            return SafeString("")
    key = (part, get_language(), *(_facts(values["user"], part) if name == "user" else values[name] for name in values))
    if (found := _kept.get(key)) is None or settings.DEBUG:
        found = _rendered(context, part, values)
        if len(_kept) >= KEPT_AT_MOST:
            _kept.clear()
        _kept[key] = found
    if part == "head":
        return SafeString(found)
    if TOKEN in found:
        found = found.replace(TOKEN, str(context["csrf_token"]))
    # What `quote` leaves as it is means nothing in HTML, and everything else it turns into % and digits.
    return SafeString(found.replace(HERE, quote(request.get_full_path())))


def _values(request: HttpRequest, context: Context) -> Iterator[tuple[str, Any]]:
    """All that the templates may use, by name."""
    yield "user", getattr(request, "user", None) or AnonymousUser()
    yield "place", request.path if request.path in _marked_places() else ""
    for name in ("site_name", "site_url", "signup", "open_data", "lights"):
        yield name, context[name]
    yield "languages", tuple(context["languages"])


def _values_of_member(user: Any, request: HttpRequest) -> dict[str, Any]:
    if not user.is_authenticated:
        return {"unread": 0, "waiting": 0}
    return {"unread": unread_count(user), "waiting": waiting_requests(request)}


def _values_of_house(house: House, part: str, user: Any, request: HttpRequest) -> dict[str, Any]:
    """For the foot of a page what stands there for all; for its board the notices of this reader."""
    if part == "footer":
        own = {"line": house.line, "pages": house.pages, "contact": house.contact, "contact_url": house.contact_url}
        return own | {"screens": house.screens_for(user)}
    now = timezone.now()
    if (change := house.changes_at(after=now)) is not None:
        kept_pages.true_until(request, change)
    put_away = put_away_by(user, request) if house.notices else ()
    return {"notices": house.notices_for(user, put_away, at=now)}


def _facts(user: Any, part: str) -> tuple[Any, ...] | bool:
    """What the templates may know of the reader."""
    if part != "header" or not user.is_authenticated:
        return bool(user.is_authenticated)
    return user.pk, user.username, user.display_name, user.avatar_key, user.is_private, user.is_staff


@cache
def _marked_places() -> frozenset[str]:
    """The pages on which the frame is another than elsewhere."""
    names = ("films:browse", "films:charts", "films:collections", "films:leaving_soon", "reviews:articles")
    more = ("reviews:lists", "reviews:search", "account_login", "account_signup")
    return frozenset(map(reverse, (*names, *more)))


def _rendered(context: Context, part: str, values: dict[str, Any]) -> str:
    engine = context.template.engine  # type: ignore[union-attr]  # it is being rendered
    return str(engine.get_template(f"_{part}.html").render(context.new(values | {"here": HERE, "csrf_token": TOKEN})))
