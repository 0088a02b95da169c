"""How far a backup is, on one line of a terminal; nothing in a pipe. And how it is interrupted."""

import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, TextIO

EVERY: Final = 0.2  # seconds


class Teller:
    """Says which step is being done and how much of it is."""

    def __init__(self, *, quiet: bool) -> None:
        self.out: TextIO = sys.stderr
        self.loud = not quiet and self.out.isatty()
        self.step, self.done, self.told = "", 0, 0.0

    def begin(self, step: str) -> None:
        """A new step; `%(count)s` in it is how much is done."""
        self.step, self.done = step, 0
        self._say()

    def count(self, more: int) -> None:
        self.done += more
        if time.monotonic() - self.told > EVERY:
            self._say()

    def megabytes(self, more: int) -> None:
        self.done += more
        if time.monotonic() - self.told > EVERY:
            self._say(2**20)

    def clear(self) -> None:
        if self.loud:
            self.out.write("\r\x1b[K")
            self.out.flush()

    def _say(self, unit: int = 1) -> None:
        if self.loud:
            self.told = time.monotonic()
            self.out.write(f"\r\x1b[K{self.step % {'count': f'{self.done // unit:,}'}} …")
            self.out.flush()


@contextmanager
def interruptible() -> Iterator[None]:
    """In here SIGTERM and a closed terminal are Ctrl-C, so that what is unfinished is tidied away."""

    def asked(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    before = {number: signal.signal(number, asked) for number in (signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
