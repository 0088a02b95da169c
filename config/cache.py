"""The cache that all machines of a site share: a table of the database, or a Redis of its own (`CACHE_URL`).

That may be away at any time. Whoever needs it is told so at once by CacheAway, for which config/errors.py has a page:
limits on guessing count in it, so nobody can log in meanwhile. What is only kept in it for a while is made anew
(`kept_for`), and of pages nothing is kept (config/freshness.py).
"""

import logging
import secrets
import time
from collections.abc import Callable
from functools import cached_property
from typing import Any, Final

from django.conf import settings
from django.core.cache import cache
from django.core.cache.backends import db, redis
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.db import OperationalError, connections, router

logger = logging.getLogger(__name__)

PATIENCE: Final = 1  # seconds, of which a page asks some of a millisecond
AWAY: Final = 1  # seconds for which one that failed is not asked

REDIS: Final = f"{__name__}.RedisCache"

_epoch = 0


class CacheAway(Exception):
    """The cache cannot be reached, does not answer or takes nothing."""


def epoch() -> int:
    """Another number whenever the cache may be another than before: one that was started again has what was kept."""
    return _epoch


def begin_anew() -> None:
    global _epoch
    _epoch = secrets.randbits(62)


class DatabaseCache(db.DatabaseCache):
    """Django's own, but whoever adds something is told when the database takes nothing.

    Django answers then as if somebody else had been first, which to a limit on guessing is "too often".
    """

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Raises OperationalError where nothing can be written, as on a full disk."""
        refusals: list[OperationalError] = []

        def note(execute: Callable[..., Any], *asked: Any) -> Any:
            try:
                return execute(*asked)
            except OperationalError as refusal:
                refusals.append(refusal)
                raise

        with connections[router.db_for_write(self.cache_model_class)].execute_wrapper(note):
            is_new = super().add(key, value, timeout, version)
        if refusals:
            raise refusals[-1]
        return is_new


class Asked:
    """A client of the cache. Only one asks again whether it is back; the others are told at once that it is away."""

    def __init__(self, client: Any, troubles: type[Exception]) -> None:
        self.client, self.troubles = client, troubles
        self.away_until = 0.0

    def __getattr__(self, name: str) -> Callable[..., Any]:
        call = getattr(self.client, name)

        def ask(*values: Any, **named: Any) -> Any:
            if self.away_until:
                if time.monotonic() < self.away_until:
                    raise CacheAway
                self.away_until = time.monotonic() + AWAY + 2 * PATIENCE
            try:
                answer = call(*values, **named)
            except self.troubles as trouble:
                begin_anew()
                self.away_until = time.monotonic() + AWAY
                logger.warning("The cache is away: %s", trouble)
                raise CacheAway from trouble
            self.away_until = 0.0
            return answer

        return ask


class RedisCache(redis.RedisCache):
    @cached_property
    def _cache(self) -> Any:
        from redis import RedisError
        from redis.backoff import NoBackoff
        from redis.retry import Retry

        ways = {
            "socket_connect_timeout": PATIENCE,
            "socket_timeout": PATIENCE,
            "retry": Retry(NoBackoff(), 1),  # a connection that was closed while nobody used it
            "redis_connect_func": _connected,
        }
        django: Any = self  # whose own names stubs do not tell
        return Asked(django._class(django._servers, **django._options | ways), RedisError)


def _connected(connection: Any) -> None:
    begin_anew()
    connection.on_connect()


def state() -> str | None:
    """`ok` or `away`; None where the site's own database is the cache."""
    if settings.CACHES["default"]["BACKEND"] != REDIS:
        return None
    try:
        cache.get("state")
    except CacheAway:
        return "away"
    return "ok"


def kept_for[Made](seconds: int, key: str, make: Callable[[], Made]) -> Made:
    """What was made in the last seconds, by whichever process. None is not kept."""
    try:
        found: Made | None = cache.get(key)
    except CacheAway:
        return make()
    if found is not None:
        return found
    made = make()
    try:
        cache.set(key, made, seconds)
    except CacheAway:
        pass
    return made
