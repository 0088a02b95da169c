"""A request as it reaches a page."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails


class PageRequest(HttpRequest):
    """With what the middleware adds: `htmx` is true when a part of a page is asked for, not a page."""

    htmx: HtmxDetails
