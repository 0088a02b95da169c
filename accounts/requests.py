"""A request as it reaches a page, for the type checker."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from accounts.models import User


class PageRequest(HttpRequest):
    """With what the middleware adds: `htmx` is true when a part of a page is asked for, not a page."""

    htmx: HtmxDetails


class MemberRequest(PageRequest):
    """A request that `login_required` has let through, so that its user is a member."""

    user: User
