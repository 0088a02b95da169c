"""The ASGI entry point, which `make run` serves: Django behind the gateway, in a worker of the server."""

import gc

from django.urls import get_resolver

from config import env
from config.children import die_with_parent
from config.gateway import Gateway
from config.wsgi import application as django

die_with_parent()

application = Gateway(
    django,
    threads=env.number("WEB_THREADS", 4),
    waiting=env.number("WEB_WAITING", 64),
    largest_body=env.number("LARGEST_BODY_MB", 32) * 2**20,
)

# What the first request would load is loaded now, and the collector need not go through any of it again.
list(get_resolver().url_patterns)
gc.collect()
gc.freeze()
