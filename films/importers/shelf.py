"""The files of an import, one after another, and how much of them has been read."""

import gzip
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Final, cast

GZIP: Final = b"\x1f\x8b"


class Shelf:
    """`read` of `size` bytes, as they lie on the disk: of a packed file those that were unpacked."""

    def __init__(self, paths: Iterable[Path]) -> None:
        self.paths = list(paths)
        self.size = sum(path.stat().st_size for path in self.paths)
        self._before, self._raw = 0, cast(IO[bytes] | None, None)

    @property
    def read(self) -> int:
        return self._before + (self._raw.tell() if self._raw else 0)

    @contextmanager
    def opened(self, path: Path) -> Iterator[IO[bytes]]:
        """The bytes of one of the files, unpacked where it is packed."""
        with path.open("rb") as self._raw:
            packed = self._raw.read(len(GZIP)) == GZIP
            self._raw.seek(0)
            try:
                unpacked: Any = gzip.open(self._raw) if packed else self._raw
                yield unpacked
            finally:
                self._before += path.stat().st_size
                self._raw = None
