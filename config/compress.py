"""Texts leave the site compressed; pictures and files, which are compressed already, leave as they are."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

TEXTS = ("text/", "application/json", "application/problem+json", "application/xml", "application/rss+xml",
         "application/atom+xml", "application/ld+json", "application/vnd.oai.openapi")  # fmt: skip


class Compress(GZipMiddleware):
    """Django's own, with its random padding against guessing secrets from sizes, for whole texts only.

    A file that is streamed keeps its length and its ranges.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.streaming or not response.get("Content-Type", "").startswith(TEXTS):
            return response
        return super().process_response(request, response)
