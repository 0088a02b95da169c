"""What a process keeps in memory of what it made: whole pages, and parts of pages. `PAGES_KEPT_MB` bounds it.

Everything is kept with the tags of what it was made of and their stamps (config/freshness.py), and given again only
while these are the same. What else it depends on belongs into its key.
"""

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from threading import Lock
from typing import Any, Final

from django.conf import settings
from django.db import connection

from config.freshness import Before, Stamps, shared

A_WHILE: Final = 60  # seconds, after which also what depends on the day is made anew

type Key = tuple[Any, ...]
type Tags = tuple[str, ...]
type Of[Name] = Tags | Callable[[Name, Any], Tags | None]  # what was made of what; None: it is not to be kept


@dataclass(slots=True)
class Kept:
    """`size` in bytes, about."""

    made: Any
    size: int
    tags: Tags
    stamps: Stamps
    until: float


class Shelf:
    """What is kept, by its keys; what was asked for least recently goes first when it becomes too much."""

    def __init__(self, most: int) -> None:
        self.most, self.size = most, 0
        self.kept: OrderedDict[Key, Kept] = OrderedDict()
        self.lock = Lock()

    def get(self, key: Key) -> Any | None:
        """What was made, if it still holds."""
        kept = self.kept_under(key)
        return None if kept is None else kept.made

    def kept_under(self, key: Key) -> Kept | None:
        with self.lock:
            kept = self.kept.get(key)
            if kept is None:
                return None
            self.kept.move_to_end(key)
        return kept if time.monotonic() < kept.until and shared.stamps(kept.tags) == kept.stamps else None

    def put(self, key: Key, made: Any, size: int, tags: Tags, stamps: Stamps, until: float | None = None) -> Kept:
        kept = Kept(made, size + 500, tags, stamps, until or time.monotonic() + A_WHILE)
        with self.lock:
            self._drop(key)
            self.kept[key] = kept
            self.size += kept.size
            while self.size > self.most:
                self._drop(next(iter(self.kept)))
        return kept

    def _drop(self, key: Key) -> None:
        if (kept := self.kept.pop(key, None)) is not None:
            self.size -= kept.size


shelf: Final = Shelf(settings.PAGES_KEPT_MB * 2**20)

# How things stood when the request came, before anything was read for it. Nothing is kept where that is not known.
moment: ContextVar[Before | None] = ContextVar("moment", default=None)


def may_keep() -> bool:
    """Within a transaction, what was written and not committed shows too, and is nobody else's."""
    return bool(settings.PAGES_KEPT_MB) and not connection.in_atomic_block


def known(key: Key) -> Any | None:
    """What is kept under that key, if it still holds."""
    return shelf.get(key) if may_keep() else None


def remembered(key: Key, make: Callable[[], Any]) -> Any:
    """What is made of nothing but its key, so that neither a write nor the time can make it another."""
    if not settings.PAGES_KEPT_MB:
        return make()
    if (made := shelf.get(key)) is None:
        made = make()
        shelf.put(key, made, 2 * len(made), (), (), until=math.inf)
    return made


_held: Final[dict[str, tuple[Any, Stamps, Any]]] = {}


def held(name: str, depends: Any, tags: Tags, make: Callable[[], Any]) -> Any:
    """What little of the site a process always knows, one of each name, whatever `PAGES_KEPT_MB` is.

    It is made anew when `depends` (the day, say) or a stamp of the tags is another than when it was begun.
    """
    if connection.in_atomic_block:
        return make()
    stamps = shared.stamps(tags)
    found = _held.get(name)
    if found is None or found[:2] != (depends, stamps):
        found = _held[name] = depends, stamps, make()
    return found[2]


def kept(key: Key, tags: Tags | Callable[[Any], Tags | None], make: Callable[[], Any]) -> Any:
    """What was kept under that key, or is made now. `make` must read all that it needs itself.

    What was made may say itself what it was made of; None: it is not to be kept.
    """

    def of(_name: int, made: Any) -> Tags | None:
        return tags(made) if callable(tags) else tags

    return kept_many({0: key}, of, lambda _missing: {0: make()})[0]


def kept_many[Name](
    keys: dict[Name, Key], tags: Of[Name], make: Callable[[list[Name]], dict[Name, Any]]
) -> dict[Name, Any]:
    """The same for several at once: `make` is called with the names of those that are missing, if there are any."""
    if not may_keep():
        return make(list(keys))
    found = {name: shelf.get(key) for name, key in keys.items()}
    if missing := [name for name, made in found.items() if made is None]:
        made_now = make(missing)
        found |= made_now
        _keep(keys, made_now, tags)
    return found


def keep(key: Key, made: Any, size: int, tags: Tags) -> None:
    """Keep what was made since the request came, as long as what has these tags stays as it was then."""
    before = moment.get()
    if before is not None and (stamps := before.stamps(tags)) is not None:
        shelf.put(key, made, size, tags, stamps)


def _keep[Name](keys: dict[Name, Key], made: dict[Name, Any], tags: Of[Name]) -> None:
    for name, each in made.items():
        of = tags(name, each) if callable(tags) else tags
        if of is not None:
            keep(keys[name], each, 2 * len(each), of)
