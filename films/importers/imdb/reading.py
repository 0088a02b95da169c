"""One of IMDb's files, line by line: tab-separated, `\\N` for nothing, quotes are letters like any other."""

import gzip
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Final, cast

from django.utils.translation import gettext as _

from films.importers.reporting import Report
from films.importers.running import Refused

LONGEST_LINE: Final = 1 << 20
MOST_DIGITS: Final = 8
NOTHING: Final = "\\N"
SHOWN_EVERY: Final = 20_000  # lines

Show = Callable[[int, int], None]  # bytes read of the file, and its size


class Numbers:
    """A set of whole numbers below 100 million, a bit each."""

    def __init__(self) -> None:
        self._bits = bytearray(1 << 16)

    def add(self, number: int) -> bool:
        """Whether it was not among them before."""
        place, bit = number >> 3, 1 << (number & 7)
        if place >= len(self._bits):
            self._bits.extend(bytes(place + 1))
        new = not self._bits[place] & bit
        self._bits[place] |= bit
        return new

    def __contains__(self, number: int) -> bool:
        place = number >> 3
        return place < len(self._bits) and bool(self._bits[place] & 1 << (number & 7))


def number_of(text: str, kind: str) -> int:
    """The number in "tt0113097" or "nm0000345"; 0 when it is no such id."""
    digits = text[2:]
    if text[:2] != kind or len(digits) > MOST_DIGITS or not digits.isdecimal():
        return 0
    return int(digits)


class Lines:
    """The lines of a file that have all their columns; the others go to the report with their numbers."""

    def __init__(self, path: Path, columns: tuple[str, ...], report: Report, show: Show) -> None:
        self.path, self.columns, self.report, self.show = path, columns, report, show
        self.line = 0

    def skip(self, reason: str) -> None:
        self.report.skip(self.here(), reason)

    def doubt(self, reason: str) -> None:
        self.report.doubt(self.here(), reason)

    def here(self) -> str:
        return f"{self.path.name}:{self.line}"

    def __iter__(self) -> Iterator[list[str]]:
        try:
            with self.path.open("rb") as raw:
                packed = self.path.suffix == ".gz"
                file = cast(IO[bytes], gzip.GzipFile(fileobj=raw)) if packed else raw
                yield from self._read(file, raw)
        except (OSError, EOFError, zlib.error) as error:
            raise Refused(_("%(name)s cannot be read: %(why)s") % {"name": self.path.name, "why": error}) from error

    def _read(self, file: IO[bytes], raw: IO[bytes]) -> Iterator[list[str]]:
        self.line, size = 1, self.path.stat().st_size
        header = self._fields(file.readline(LONGEST_LINE)) or []
        missing = [name for name in self.columns if name not in header]
        if missing:
            names = {"name": self.path.name, "columns": ", ".join(missing)}
            raise Refused(_("%(name)s has no column %(columns)s.") % names)
        picked = [header.index(name) for name in self.columns]
        in_order = picked == list(range(len(header)))
        while line := file.readline(LONGEST_LINE):
            self.line += 1
            if not self.line % SHOWN_EVERY:
                self.show(raw.tell(), size)
            if len(line) == LONGEST_LINE and not line.endswith(b"\n"):
                self._pass_over(file)
                continue
            fields = self._fields(line)
            if fields is None:
                self.skip(_("The line is not UTF-8 text."))
            elif len(fields) != len(header):
                self.skip(_("The line has not as many columns as the first one."))
            else:
                yield fields if in_order else [fields[place] for place in picked]

    def _fields(self, line: bytes) -> list[str] | None:
        try:
            text = line.decode()
        except UnicodeDecodeError:
            return None
        if not text.isascii() and "\ufeff" in text:
            text = text.replace("\ufeff", "")
        return None if "\0" in text else text.rstrip("\r\n").split("\t")

    def _pass_over(self, file: IO[bytes]) -> None:
        while (rest := file.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
            pass
        self.skip(_("The line is longer than a million characters."))
