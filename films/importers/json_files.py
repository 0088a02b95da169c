"""JSON from files of every shape, value by value: one to a line, a long list, or one whole; plain or gz.

Memory holds one value at a time, except for a file that is one value.
"""

import codecs
import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any, Final, NamedTuple

from django.utils.translation import gettext as _

from films.importers.entries import Unusable
from films.importers.shelf import Shelf

ENDINGS: Final = (".json", ".jsonl", ".ndjson", ".json.gz", ".jsonl.gz", ".ndjson.gz")
CHUNK: Final = 1 << 16
LARGEST: Final = 64 << 20  # bytes of one value
SPACE: Final = " \t\r\n"


class Value(NamedTuple):
    where: str
    value: Any


class Damaged(Exception):
    """The file cannot be read on; the message says why."""


def gather(paths: Iterable[Path], endings: Sequence[str] = ENDINGS) -> list[Path]:
    """The files named, and those with such endings in folders, by name."""
    found: list[Path] = []
    for path in paths:
        inside = sorted(path.rglob("*")) if path.is_dir() else [path]
        found += [one for one in inside if one.is_file() and (one == path or one.name.lower().endswith(tuple(endings)))]
    return found


def values(shelf: Shelf) -> Iterator[Value | Unusable]:
    """What cannot be read comes with its reason, and the rest goes on."""
    for path in shelf.paths:
        try:
            with shelf.opened(path) as file:
                yield from _values(file, path.name)
        except Damaged as reason:
            yield Unusable(path.name, str(reason))
        except (OSError, EOFError, zlib.error) as error:
            yield Unusable(path.name, _("It cannot be read: %(reason)s.") % {"reason": str(error).rstrip(".")})


def refuse_noise(start: bytes) -> None:
    """Raises Damaged for what is empty, in another encoding or no text."""
    if not start.strip(b"\xef\xbb\xbf \t\r\n"):
        raise Damaged(_("It is empty."))
    if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise Damaged(_("It is UTF-16. Save it as UTF-8."))
    if b"\x00" in start:
        raise Damaged(_("It is not a text: it holds NUL bytes."))


def _values(file: IO[bytes], name: str) -> Iterator[Value | Unusable]:
    start = file.read(CHUNK)
    refuse_noise(start)
    first = start.removeprefix(codecs.BOM_UTF8).lstrip()
    if first.startswith(b"["):
        yield from _of_list(file, first, name)
        return
    line_end = first.find(b"\n")
    line = first if line_end < 0 else first[:line_end]
    if line_end < 0:
        start = first = line = line + file.readline(LARGEST)
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        yield Value(name, _whole(first + file.read(LARGEST)))
        return
    yield from _of_lines(file, start, name)


def _whole(content: bytes) -> Any:
    if len(content) >= LARGEST:
        raise Damaged(_("It is larger than one value of JSON may be: write one film to a line."))
    try:
        return json.loads(content)
    except UnicodeDecodeError as error:
        raise Damaged(_("It is not UTF-8: byte %(place)d cannot be read.") % {"place": error.start}) from error
    except json.JSONDecodeError as error:
        raise Damaged(_("It is no JSON, or cut off: see line %(line)d.") % {"line": error.lineno}) from error
    except (ValueError, RecursionError) as error:
        raise Damaged(_("It is no JSON that can be read.")) from error


def _of_lines(file: IO[bytes], start: bytes, name: str) -> Iterator[Value | Unusable]:
    number, rest = 0, start
    while rest:
        *lines, rest = rest.split(b"\n")
        for line in lines:
            number += 1
            yield from _of_line(line, f"{name}:{number}")
        if len(rest) > LARGEST:
            raise Damaged(_("Line %(number)d is too long.") % {"number": number + 1})
        more = file.read(CHUNK)
        if not more:
            yield from _of_line(rest, f"{name}:{number + 1}")
            return
        rest += more


def _of_line(line: bytes, where: str) -> Iterator[Value | Unusable]:
    line = line.removeprefix(codecs.BOM_UTF8).strip()
    if not line:
        return
    try:
        yield Value(where, json.loads(line))
    except UnicodeDecodeError:
        yield Unusable(where, _("It is not UTF-8."))
    except (ValueError, RecursionError):
        yield Unusable(where, _("It is no JSON, or cut off."))


def _of_list(file: IO[bytes], start: bytes, name: str) -> Iterator[Value]:
    """The values of a list that is longer than memory."""
    decoder, reader = json.JSONDecoder(), codecs.getincrementaldecoder("utf-8")()
    number, text, ended = 0, "", False
    more = start[1:]
    while True:
        try:
            text = text.lstrip(SPACE + ",") + reader.decode(more, final=ended)
        except UnicodeDecodeError as error:
            raise Damaged(_("It is not UTF-8 after entry %(number)d.") % {"number": number}) from error
        while (text := text.lstrip(SPACE + ",")) and not text.startswith("]"):
            try:
                value, end = decoder.raw_decode(text)
            except (ValueError, RecursionError):
                break  # perhaps the rest of it comes with the next piece
            if end == len(text) and not ended:
                break  # a number may go on
            number, text = number + 1, text[end:]
            yield Value(_("%(file)s, entry %(number)d") % {"file": name, "number": number}, value)
        if text.startswith("]"):
            return
        if ended or len(text) > LARGEST:
            raise Damaged(_("It is no JSON, or cut off, after entry %(number)d.") % {"number": number})
        more = file.read(max(CHUNK, len(text)))  # twice as much each time: a long value is not read over and over
        ended = not more
