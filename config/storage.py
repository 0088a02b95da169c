"""A store of files that is another machine's, and may be away, slow or full at any time.

Its library has errors of its own for that. The site knows those of a disk, and goes on or says so in words, so that is
what they become here. Nor may each who asks wait for a store that does not answer: it is left alone for a while.
"""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from django.core.exceptions import SuspiciousOperation
from django.core.files import File
from django.core.files.storage import Storage

logger = logging.getLogger(__name__)

LONG: Final = 1.0  # seconds that a request for nothing may take
AWAY: Final = 10  # seconds for which a store that let somebody wait for nothing is not asked


class StoreAway(OSError):
    """The store cannot be reached, does not answer or takes nothing; config/errors.py says so where no view does."""


class MayBeAway(Storage):
    """To be named before another Storage: what goes wrong with it is StoreAway, a missing file FileNotFoundError."""

    _away_until = 0.0

    def _open(self, name: str, mode: str = "rb") -> "File[Any]":
        with self._asked(name):
            file: File[Any] = super()._open(name, mode)  # type: ignore[misc]  # stubs leave the method out
            if "r" in mode:
                file.seek(0)  # has it fetched here and in whole, not by whoever reads it
            return file

    def _save(self, name: str, content: "File[Any]") -> str:
        with self._asked(name):
            saved: str = super()._save(name, content)  # type: ignore[misc]  # stubs leave this one out, too
            return saved

    def delete(self, name: str) -> None:
        with self._asked(name):
            super().delete(name)

    def exists(self, name: str) -> bool:
        with self._asked(name):
            return super().exists(name)

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        with self._asked(path):
            return super().listdir(path)

    def size(self, name: str) -> int:
        with self._asked(name):
            return super().size(name)

    def get_modified_time(self, name: str) -> Any:
        with self._asked(name):
            return super().get_modified_time(name)

    @contextmanager
    def _asked(self, name: str) -> Iterator[None]:
        began = time.monotonic()
        if began < self._away_until:
            raise StoreAway(f"{name}: the store of files does not answer, and is left alone for some seconds")
        if self._away_until:  # one alone asks whether it is back
            self._away_until = began + AWAY
        try:
            yield
        except (FileNotFoundError, SuspiciousOperation):
            raise
        except Exception as trouble:  # each library has errors of its own
            if time.monotonic() - began > LONG:
                self._away_until = time.monotonic() + AWAY
                logger.warning("The store of files is left alone for %d seconds: %s", AWAY, trouble)
            raise StoreAway(f"{name}: {trouble}") from trouble
        self._away_until = 0.0
