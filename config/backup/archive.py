"""The file that a backup is: a ZIP whose last entry, the manifest, has the length and the SHA-256 of all others.

It is written beside its place and moved there when it is whole and on the disk, so that what bears its name is never
half a backup. Only its owner may read it: it holds addresses and hashes of passwords.
"""

import hashlib
import json
import os
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import IO, Any, Final

from django.utils.translation import gettext as _

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
CHUNK: Final = 1 << 20
LEVEL: Final = 4  # a quarter larger than 9 at a fifth of the time

type Progress = Callable[[int], None]


class Refused(Exception):
    """A backup cannot be made or put back. The message says why, and what to do."""


class Writer:
    """Adds entries to a backup that is being made."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.entries: dict[str, list[Any]] = {}

    def add(self, name: str, chunks: Iterable[bytes], *, press: bool) -> None:
        """An entry of bytes that need not be there all at once. Pictures are pressed already."""
        self.archive.compression = zipfile.ZIP_DEFLATED if press else zipfile.ZIP_STORED
        length, digest = 0, hashlib.sha256()
        with self.archive.open(name, "w", force_zip64=True) as entry:
            for chunk in chunks:
                entry.write(chunk)
                digest.update(chunk)
                length += len(chunk)
        self.entries[name] = [length, digest.hexdigest()]

    def close(self, about: dict[str, Any]) -> None:
        manifest = {"format": FORMAT, **about, "entries": self.entries}
        self.archive.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))


@contextmanager
def writing(path: Path, *, replace: bool = False) -> Iterator[Writer]:
    """A writer of a backup that gets its name at the end, if nothing goes wrong until then.

    Raises Refused where there is something of that name (unless `replace`), or no room.
    """
    if path.is_dir():
        raise Refused(_("%(path)s is a folder: name a file in it.") % {"path": path})
    if path.exists() and not replace:
        raise Refused(_("%(path)s is there already: choose another name.") % {"path": path})
    try:
        number, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".unfinished", dir=path.parent)
    except OSError as error:
        raise Refused(_("%(path)s cannot be written: %(why)s.") % {"path": path, "why": error.strerror}) from None
    unfinished = Path(name)
    try:
        with os.fdopen(number, "wb") as file:
            with zipfile.ZipFile(file, "w", compresslevel=LEVEL) as archive:
                yield Writer(archive)
            file.flush()
            os.fsync(file.fileno())
        _give_name(unfinished, path, replace=replace)
    except OSError as error:
        raise Refused(_("%(path)s cannot be written: %(why)s.") % {"path": path, "why": error.strerror}) from error
    finally:
        unfinished.unlink(missing_ok=True)


def _give_name(unfinished: Path, path: Path, *, replace: bool) -> None:
    if replace:
        unfinished.replace(path)
    else:
        try:
            path.hardlink_to(unfinished)  # never over what somebody put there meanwhile
        except FileExistsError:
            raise Refused(_("%(path)s is there already: choose another name.") % {"path": path}) from None
        except OSError:  # a disk without such links
            unfinished.rename(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        with suppress(OSError):
            os.fsync(folder)
    finally:
        os.close(folder)


class Backup:
    """A backup that was read from its first to its last byte, and is what its manifest says."""

    def __init__(self, archive: zipfile.ZipFile, manifest: dict[str, Any]) -> None:
        self.archive, self.manifest = archive, manifest
        self.entries: dict[str, list[Any]] = manifest["entries"]

    def open(self, name: str) -> IO[bytes]:
        return self.archive.open(name)

    def below(self, folder: str) -> dict[str, str]:
        """The SHA-256 of each file in a folder of it, by its name there."""
        start = f"{folder}/"
        return {name.removeprefix(start): sha for name, (_size, sha) in self.entries.items() if name.startswith(start)}


@contextmanager
def checked(path: Path, tell: Progress) -> Iterator[Backup]:
    """The backup in this file. Raises Refused, with the file's name, unless every byte of it is as it was written."""
    try:
        archive = zipfile.ZipFile(path)
    except OSError as error:
        raise Refused(_("%(path)s cannot be read: %(why)s.") % {"path": path, "why": error.strerror}) from None
    except (zipfile.BadZipFile, ValueError):
        raise Refused(_("%(path)s is no backup, or only a part of one.") % {"path": path}) from None
    with archive:
        yield Backup(archive, _verify(archive, path, tell))


def _verify(archive: zipfile.ZipFile, path: Path, tell: Progress) -> dict[str, Any]:
    damaged = Refused(_("%(path)s is damaged: what it holds is not what was written.") % {"path": path})
    try:
        manifest = json.loads(archive.read(MANIFEST))
        if manifest["format"] != FORMAT:
            newer = _("%(path)s was made by a newer Intermission: update this one first.")
            raise Refused(newer % {"path": path})
        names = archive.namelist()
        if sorted(names) != sorted([*manifest["entries"], MANIFEST]) or not all(map(_is_plain, names)):
            raise damaged
        for name, (length, digest) in manifest["entries"].items():
            if _measure(archive, name, tell) != (length, digest):
                raise damaged
    # What reading an altered ZIP, or an altered manifest, raises.
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, KeyError, TypeError, NotImplementedError):
        raise damaged from None
    return dict(manifest)


def _is_plain(name: str) -> bool:
    """Whether it leads nowhere else than below the folder it is put into."""
    parts = PurePosixPath(name).parts
    return str(PurePosixPath(name)) == name and not name.startswith("/") and ".." not in parts and "\\" not in name


def _measure(archive: zipfile.ZipFile, name: str, tell: Progress) -> tuple[int, str]:
    length, digest = 0, hashlib.sha256()
    with archive.open(name) as entry:
        while chunk := entry.read(CHUNK):
            length += len(chunk)
            digest.update(chunk)
            tell(len(chunk))
    return length, digest.hexdigest()
