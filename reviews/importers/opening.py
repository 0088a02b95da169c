"""Opening what a member uploaded: a ZIP archive or a single file, as parts with names, or a sentence that says why not.

Nothing is ever unpacked onto the disk, so a name with `..` in it leads nowhere; it is refused all the same.
"""

import io
import json
import lzma
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any, Final

from django.contrib.humanize.templatetags.humanize import intcomma
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from reviews.importers.tables import columns_of, text_of
from reviews.models.importing import MEGABYTE, MOST_BYTES

MOST_UNPACKED: Final = 48 * MEGABYTE  # of all that is in it
MOST_RATIO: Final = 200  # of a part to what it takes up in the archive; texts reach 20
SMALL: Final = MEGABYTE  # parts below which no ratio is looked at
MOST_PARTS: Final = 2_000
# Of one file. A value of JSON takes twenty times its letters in memory, and there is room for sixteen million of them.
MOST_LINES: Final = 500_000
MOST_VALUES: Final = 4_000_000
BETWEEN_VALUES: Final = (b",", b";", b"\t", b"[", b"{")
LONGEST_NAME: Final = 200  # of which the end is kept
READ: Final = (".csv", ".json", ".ndjson")
ENTRY: Final = b"PK\x01\x02"  # what each line of an archive's contents begins with
# By what is wrong with what was packed, and how it was packed; RuntimeError for what is locked.
UNREADABLE: Final = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, EOFError, ValueError, NotImplementedError, RuntimeError,
)  # fmt: skip


@dataclass(frozen=True)
class Part:
    """One file: its name within the archive, and how to get what it holds."""

    name: str
    read: Callable[[], bytes]

    @property
    def stem(self) -> str:
        """`lists/my-list.csv` is `my-list`."""
        return self.name.rpartition("/")[2].rpartition(".")[0].lower()

    @property
    def folder(self) -> str:
        """The folder that it lies in, however the archive itself is nested: `lists`."""
        return self.name.rpartition("/")[0].rpartition("/")[2].lower()

    @property
    def ending(self) -> str:
        """`Ratings.CSV` is `csv`."""
        return self.name.rpartition(".")[2].lower()

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The header of a table; none of what is no table. Looked at once, whoever else asks."""
        return tuple(columns_of(text_of(self.read()) or "")) if self.ending == "csv" else ()

    @cached_property
    def keys(self) -> frozenset[str]:
        """The names in a JSON object, or in the first of a list of them."""
        found = json_in(self) if self.ending == "json" else None
        first = found[0] if isinstance(found, list) and found else found
        return frozenset(first) if isinstance(first, dict) else frozenset()


def json_in(part: Part) -> Any:
    """What a JSON file holds; None for what is none, or only the beginning of one."""
    try:
        return json.loads(text_of(part.read()) or "")
    except (ValueError, RecursionError):
        return None


def check_number(part: Part) -> None:
    """Raise ValidationError for a file with more in it than any export has: what it packs small, it would fill the
    memory of whoever reads it.
    """
    held = part.read()
    values = sum(held.count(sign) for sign in BETWEEN_VALUES)
    if values > MOST_VALUES or max(held.count(b"\n"), held.count(b"\r")) > MOST_LINES:
        raise ValidationError(
            _("“%(name)s” holds more than we read at once. Upload it in parts.") % {"name": part.name}, code="many"
        )


def open_upload(name: str, content: bytes) -> list[Part]:
    """The parts of an upload, by name. Raises ValidationError with a sentence for the person."""
    if len(content) > MOST_BYTES:
        raise ValidationError(_("This file is larger than %(most)d MB. Upload its parts one by one.") % {
            "most": MOST_BYTES // MEGABYTE,
        }, code="size")  # fmt: skip
    if not content.strip(b"\0 \r\n\t"):
        raise ValidationError(_("This file is empty."), code="empty")
    if content[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return _of_archive(content)
    plain = name.replace("\\", "/").rpartition("/")[2]
    if not plain.lower().endswith(READ):
        raise ValidationError(
            _(
                "This is neither a ZIP archive nor a CSV or JSON file. Upload the file as the other site gave it "
                "to you."
            ),
            code="kind",
        )
    return [Part(plain, lambda: content)]


def _of_archive(content: bytes) -> list[Part]:
    _check_parts(content.count(ENTRY))  # before they are read: a third of a million fit into an archive
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        files = [one for one in archive.infolist() if not one.is_dir()]
    except (zipfile.BadZipFile, ValueError, NotImplementedError, UnicodeError) as error:  # by what is wrong with it
        raise ValidationError(
            _("This ZIP archive is damaged. Download it again from the other site."), code="damaged"
        ) from error
    _check_parts(len(files))
    for one in files:
        _check(one)
    if sum(one.file_size for one in files) > MOST_UNPACKED:
        raise ValidationError(_("Unpacked, this archive is larger than %(most)d MB.") % {
            "most": MOST_UNPACKED // MEGABYTE,
        }, code="unpacked")  # fmt: skip
    shown = [one for one in files if one.filename.lower().endswith(READ) and not one.filename.startswith("__MACOSX/")]
    return [Part(one.filename[-LONGEST_NAME:], partial(_content, archive, one)) for one in sorted(shown, key=_place)]


def _check_parts(number: int) -> None:
    if number > MOST_PARTS:
        raise ValidationError(
            _("This archive has more than %(most)s files in it.") % {"most": intcomma(MOST_PARTS)}, code="parts"
        )


def _place(one: zipfile.ZipInfo) -> str:
    return one.filename


def _check(one: zipfile.ZipInfo) -> None:
    told = {"name": one.filename[:100]}
    steps = one.filename.replace("\\", "/").split("/")
    if ".." in steps or steps[0] == "" or ":" in steps[0] or "\0" in one.orig_filename:
        raise ValidationError(
            _("A file in this archive has a name that leads out of it: “%(name)s”.") % told, code="path"
        )
    if one.flag_bits & 0x1:
        raise ValidationError(_("“%(name)s” in this archive is locked by a password.") % told, code="locked")
    if one.file_size > SMALL and one.file_size > MOST_RATIO * max(1, one.compress_size):
        raise ValidationError(
            _("“%(name)s” in this archive grows more than %(most)d times when it is unpacked: no export does that.")
            % (told | {"most": MOST_RATIO}),
            code="bomb",
        )


def _content(archive: zipfile.ZipFile, one: zipfile.ZipInfo) -> bytes:
    """As many bytes as the archive promises and no more: a promise may be a lie. Empty where it cannot be read."""
    try:
        with archive.open(one) as file:
            return file.read(one.file_size)
    except UNREADABLE:
        return b""
