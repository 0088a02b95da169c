"""Files as texts: what is not one is refused with the reason."""

import hashlib
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

LARGEST = 400_000  # bytes
LONGEST = 200_000  # characters: what the document's column holds
ENDINGS = {".txt", ".md", ".markdown", ".text"}
NOT_DOCUMENTS = {"readme", "license", "licence", "copying", "changelog", "contributing"}
WORTH_READING = 3  # words


class Unreadable(Exception):
    """The file is no text that can be read; the message says why."""


@dataclass(frozen=True, slots=True)
class Source:
    """A text as it came, to the letter: line ends, byte order mark and all."""

    name: str
    text: str
    sha256: str


def gather(paths: Sequence[Path]) -> Iterator[Path]:
    """The files named, and of folders the texts in them, by name. A README beside texts is about them, not one."""
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        for inside in sorted(path.rglob("*")):
            hidden = any(part.startswith(".") for part in inside.relative_to(path).parts)
            if inside.is_file() and not hidden and inside.suffix.lower() in ENDINGS:
                if inside.stem.lower() not in NOT_DOCUMENTS:
                    yield inside


def open_file(path: Path) -> Source:
    """Raises Unreadable."""
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise Unreadable(_("It is not a file."))
        if size > LARGEST:
            raise Unreadable(too_large(size))
        content = path.read_bytes()
    except OSError as error:
        raise Unreadable(error.strerror or str(error)) from error
    return from_bytes(content, path.name)


def too_large(size: int) -> str:
    return _("It has %(size)d kB; a document has at most %(most)d.") % {"size": size // 1000, "most": LARGEST // 1000}


def from_bytes(content: bytes, name: str) -> Source:
    """Raises Unreadable for what is empty, too large, in another encoding or no text at all."""
    if len(content) > LARGEST:
        raise Unreadable(too_large(len(content)))
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise Unreadable(_("It is UTF-16. Save it as UTF-8."))
    if b"\x00" in content:
        raise Unreadable(_("It is not a text: it holds NUL bytes."))
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        reason = _("It is not UTF-8: byte %(place)d cannot be read. Save it as UTF-8.") % {"place": error.start}
        raise Unreadable(reason) from error
    if not text.strip("\ufeff \t\r\n"):
        raise Unreadable(_("It is empty."))
    if len(text) > LONGEST:
        raise Unreadable(_("It is longer than %(most)d characters.") % {"most": LONGEST})
    _refuse_noise(text)
    return Source(name, text, hashlib.sha256(content).hexdigest())


def _refuse_noise(text: str) -> None:
    controls = sum(unicodedata.category(letter) == "Cc" and letter not in "\t\n\r\f\v" for letter in text)
    if controls > len(text) / 200 + 2:
        raise Unreadable(_("It is not a text: it holds control characters."))
    if text.lstrip("\ufeff \r\n").startswith(("%PDF-", "{\\rtf", "<!DOCTYPE", "<html", "<?xml")):
        raise Unreadable(_("It is a file of another kind. Save it as plain text or Markdown."))
    letters = sum(map(str.isalpha, text))
    if letters < WORTH_READING:
        raise Unreadable(
            ngettext("It has no words, only %d letter.", "It has no words, only %d letters.", letters) % letters
        )
