"""What a process keeps in memory of what it made: whole pages, and parts of pages. `PAGES_KEPT_MB` bounds it.

Everything is kept with the tags of what it was made of and their stamps (config/freshness.py), and given again only
while these are the same. What else it depends on belongs into its key. docs/keeping.md tells which way to keep is for
what.
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
# The tags of each thing that was made, or a function that tells them by its name and the thing, or None if it is not to
# be kept.
type Of[Name] = Tags | Callable[[Name, Any], Tags | None]


@dataclass(slots=True)
class Kept:
    """Something that was made, and until when it may be given again."""

    made: Any
    size: int  # in bytes, roughly
    tags: Tags
    stamps: Stamps  # of the moment before it was made
    until: float  # by time.monotonic(); past it, it is made anew even if nothing was written


class Shelf:
    """Things by their keys, up to `most` bytes. Beyond that, what was asked for least recently goes first."""

    def __init__(self, most: int) -> None:
        self.most, self.size = most, 0
        self.kept: OrderedDict[Key, Kept] = OrderedDict()
        self.lock = Lock()

    def get(self, key: Key) -> Any | None:
        """What is kept under the key, if nothing that it was made of was written to since; else None."""
        kept = self.kept_under(key)
        return None if kept is None else kept.made

    def kept_under(self, key: Key) -> Kept | None:
        """The same, with its tags and stamps."""
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

# The stamps of the moment when the request came, before anything was read for it: `KeptPages` sets it. Where it is not
# set, as in jobs and commands, nothing is kept.
moment: ContextVar[Before | None] = ContextVar("moment", default=None)


def may_keep() -> bool:
    """Not within a transaction: what is read there may show what was written and not committed yet."""
    return bool(settings.PAGES_KEPT_MB) and not connection.in_atomic_block


def known(key: Key) -> Any | None:
    """What is kept under that key, if it still holds."""
    return shelf.get(key) if may_keep() else None


def remembered(key: Key, make: Callable[[], Any]) -> Any:
    """What follows from its key alone, so that neither a write nor time can change it. It is kept without an end."""
    if not settings.PAGES_KEPT_MB:
        return make()
    if (made := shelf.get(key)) is None:
        made = make()
        shelf.put(key, made, 2 * len(made), (), (), until=math.inf)
    return made


_held: Final[dict[str, tuple[Any, Stamps, Any]]] = {}


def held(name: str, depends: Any, tags: Tags, make: Callable[[], Any]) -> Any:
    """The one thing of this name, which the process always holds, whatever `PAGES_KEPT_MB` is. For small things only.

    It is made anew when `depends` (such as the day) or the stamp of a tag differs from when it was last made.
    """
    if connection.in_atomic_block:
        return make()
    stamps = shared.stamps(tags)
    found = _held.get(name)
    if found is None or found[:2] != (depends, stamps):
        found = _held[name] = depends, stamps, make()
    return found[2]


def kept(key: Key, tags: Tags | Callable[[Any], Tags | None], make: Callable[[], Any]) -> Any:
    """What is kept under that key, or what `make` makes now.

    `make` must itself read from the database all that it needs: what was read before may be older than the stamps.
    `tags` may be a function that tells the tags of the thing that was made, or None if it is not to be kept.
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
    """Keep a thing of about `size` bytes until one of the tags is written to, counted from when the request came."""
    before = moment.get()
    if before is not None and (stamps := before.stamps(tags)) is not None:
        shelf.put(key, made, size, tags, stamps)


def _keep[Name](keys: dict[Name, Key], made: dict[Name, Any], tags: Of[Name]) -> None:
    for name, each in made.items():
        of = tags(name, each) if callable(tags) else tags
        if of is not None:
            keep(keys[name], each, 2 * len(each), of)
