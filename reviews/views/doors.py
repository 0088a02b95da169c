"""Who comes to an evening by its link: the same closed door for all who have no seat, and pages that keep the link."""

from typing import Final

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render

from accounts.api.throttling import address_of
from accounts.requests import PageRequest
from reviews.looking_in import look_in
from reviews.models import Evening
from reviews.models.tonight import LASTS
from reviews.tonight import Sitting

COOKIE: Final = "seat"


def secret_of(request: PageRequest) -> str:
    """What makes a guest the one who took the seat."""
    return request.COOKIES.get(COOKIE, "")[:100]


def give_secret(response: HttpResponse, evening: Evening, secret: str) -> HttpResponse:
    """For this evening alone: the cookie goes to no other address."""
    response.set_cookie(
        COOKIE,
        secret,
        max_age=LASTS,
        path=evening.get_absolute_url(),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def private(response: HttpResponse) -> HttpResponse:
    """Kept nowhere, found nowhere, and told to no other page: its address is a key."""
    response["Cache-Control"] = "private, no-store"
    # Not "no-referrer": browsers then send forms without an origin, and they are refused.
    response["Referrer-Policy"] = "strict-origin"
    response["X-Robots-Tag"] = "noindex"
    return response


def closed(request: PageRequest) -> HttpResponse:
    """The one answer to a wrong link, one that is over, a full table, and whoever may not sit there."""
    return private(render(request, "reviews/evening_closed.html", status=404))


def look(request: PageRequest, key: str) -> Sitting | None:
    """The evening, for whoever sits there or may take a seat. Raises LimitReached for who tries many links."""
    return look_in(key, viewer=request.user, secret=secret_of(request), address=address_of(request))
