"""The ASGI entry point, which `make run` serves: Django behind the gateway, in a worker of the server."""

import gc

from config.children import die_with_parent, end_when_told

# Before the seconds of loading: a worker that the server forks inherits handlers which would swallow a call to stop.
end_when_told()
die_with_parent()

from django.urls import get_resolver  # noqa: E402 -- as above

from config import front, serving  # noqa: E402 -- as above
from config.freshness import ANY, WIDE, shared  # noqa: E402 -- as above
from config.gateway import Gateway  # noqa: E402 -- as above
from config.shelf import collected  # noqa: E402 -- as above
from config.wsgi import application as django  # noqa: E402 -- as above
from films.catalogue import load_ahead  # noqa: E402 -- as above

files = collected(django)
application = Gateway(
    django,
    threads=serving.threads(),
    waiting=serving.waiting(),
    patience=serving.patience(),
    largest_body=serving.largest_body(),
    shelf=lambda scope: files(scope) or front.given(scope),
    at_hand=front.is_at_hand,
    keep=front.keep,
)

# A process that was killed between writing and saying so left others with pages of before.
shared.touch((ANY, WIDE))

# What the first request would load is loaded now, and the collector need not go through any of it again. Nor look that
# often: nearly all that a page leaves goes by itself, and looking was a twelfth of its time.
list(get_resolver().url_patterns)
gc.collect()
gc.freeze()
gc.set_threshold(20_000)  # new ones, instead of 2,000
load_ahead()
