"""Whether what is kept is still true: stamps that every write changes, seen at once by all processes of the site.

A stamp is a number under a tag, such as `film:7`. Whatever keeps something made of the database keeps with it the
stamps it was made under, and uses it only while they are the same. `touch` gives tags new stamps, after a commit and
before the answer that tells of it, so that nobody who saw a write acknowledged is shown what was before it.

Every write that may show somewhere touches ANY, and one whose action does not say what it concerns (config/writes.py)
touches WIDE as well. Where pages are read from a replica (config/replica.py), WRITTEN is touched by every write at all.

The stamps lie in a file that the processes of one machine share as memory, which costs a look of some nanoseconds.
Where the cache is not the database's (CACHE_URL), they lie there, for all machines alike.
"""

import mmap
import os
import secrets
import time
import zlib
from collections.abc import Collection
from pathlib import Path
from threading import Lock, Thread
from typing import Final, Protocol

from django.conf import settings
from django.core.cache import cache
from django.utils.functional import SimpleLazyObject

from config.cache import CacheAway, epoch

ANY: Final = "any"
WIDE: Final = "wide"
WRITTEN: Final = "written"
OWN_SLOTS: Final = {ANY: 0, WIDE: 1, WRITTEN: 2}
# Tags that share a slot are only touched more often than need be. A page of sixty films has 66 tags, and a rating
# touches ten, so one rating in a hundred outdates such a page for nothing; with a fourth of the slots it was one in 25.
# All are copied for each page that is made, in a fiftieth of a millisecond.
SLOTS: Final = 2**16
BYTES: Final = 8 * SLOTS
NO_END: Final = None
PAY_EVERY: Final = 0.25  # seconds

type Stamps = tuple[int, ...]


class Before(Protocol):
    """The stamps of one moment, noted before something is made of the database."""

    def stamps(self, tags: Collection[str]) -> Stamps | None:
        """What they were at that moment. None where that cannot be told any more: then nothing is to be kept."""


class Shared(Protocol):
    """Where stamps lie, the same for all processes of the site."""

    def touch(self, tags: Collection[str]) -> None: ...

    def stamps(self, tags: Collection[str]) -> Stamps: ...

    def before(self) -> Before: ...


class Memory:
    """Stamps in a file of eight bytes a slot that processes of one machine map into their memory."""

    def __init__(self, path: Path) -> None:
        with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as file:
            if lacks_room(file.fileno()):
                os.ftruncate(file.fileno(), BYTES)
                file.write(os.urandom(BYTES))
                file.flush()
            self.mapped = mmap.mmap(file.fileno(), BYTES)
        self.slots = memoryview(self.mapped).cast("Q")

    def touch(self, tags: Collection[str]) -> None:
        for tag in tags:  # a new number, not the next one: two that count up at once would arrive at the same
            self.slots[slot_of(tag)] = secrets.randbits(64)

    def stamps(self, tags: Collection[str]) -> Stamps:
        slots = self.slots
        return tuple(slots[slot_of(tag)] for tag in tags)

    def before(self) -> "Copy":
        return Copy(bytes(self.mapped))


class Copy:
    """All stamps of one moment."""

    def __init__(self, copied: bytes) -> None:
        self.slots = memoryview(copied).cast("Q")

    def stamps(self, tags: Collection[str]) -> Stamps:
        return tuple(self.slots[slot_of(tag)] for tag in tags)


class Cached:
    """Stamps in the cache that all machines of the site share. One that the cache lost is given anew.

    While it is away nothing counts as kept, and what was touched is owed: it is said as soon as the cache is back.
    """

    def __init__(self) -> None:
        self.owed: dict[str, object] = {}  # by tag, which time that was
        self.lock = Lock()
        self.payer: Thread | None = None

    def touch(self, tags: Collection[str]) -> None:
        with self.lock:
            owed = dict(self.owed)
        try:
            cache.set_many({key_of(tag): secrets.randbits(62) for tag in {*owed, *tags}}, timeout=NO_END)
        except CacheAway:
            self._owe(tags)
        else:
            with self.lock:
                self.owed = {tag: when for tag, when in self.owed.items() if owed.get(tag) is not when}

    def stamps(self, tags: Collection[str]) -> Stamps:
        keys = [key_of(tag) for tag in tags]
        try:
            if self.owed:
                self.touch(())
            found = cache.get_many(keys)
            for key in keys:
                if key not in found:
                    cache.add(key, secrets.randbits(62), timeout=NO_END)
                    found[key] = cache.get(key) or secrets.randbits(62)
        except CacheAway:
            return tuple(secrets.randbits(62) for _ in keys)
        now = epoch()
        return tuple(found[key] ^ now for key in keys)

    def before(self) -> "Unless":
        return Unless(self)

    def _owe(self, tags: Collection[str]) -> None:
        with self.lock:
            self.owed |= dict.fromkeys(tags, object())
            if self.payer is None and self.owed:
                self.payer = Thread(target=self._pay, name="owed stamps", daemon=True)
                self.payer.start()

    def _pay(self) -> None:
        """For other machines, which could reach the cache all the time and know nothing of what is owed."""
        while True:
            time.sleep(PAY_EVERY)
            self.touch(())
            with self.lock:
                if not self.owed:
                    self.payer = None
                    return


class Unless:
    """The stamps of a moment where they cannot be copied: known as long as nothing at all was written since."""

    def __init__(self, shared: Cached) -> None:
        self.shared, self.any = shared, shared.stamps([ANY])[0]

    def stamps(self, tags: Collection[str]) -> Stamps | None:
        found = self.shared.stamps([*tags, ANY])
        return found[:-1] if found[-1] == self.any else None


def lacks_room(file: int) -> bool:
    """Whether the disk has yet to give this file its room. A process that touches memory for which a full disk has none
    is killed on the spot; what is written instead are new stamps, so that processes which map the file already keep
    nothing for longer than is true.
    """
    there = os.fstat(file)
    return there.st_size != BYTES or there.st_blocks * 512 < BYTES


def slot_of(tag: str) -> int:
    own = OWN_SLOTS.get(tag)
    return len(OWN_SLOTS) + zlib.crc32(tag.encode()) % (SLOTS - len(OWN_SLOTS)) if own is None else own


def key_of(tag: str) -> str:
    return f"stamp:{tag}"


def _shared() -> Shared:
    if settings.CACHES["default"]["BACKEND"].endswith("DatabaseCache"):
        return Memory(settings.STAMPS_FILE)
    return Cached()


shared: Shared = SimpleLazyObject(_shared)
