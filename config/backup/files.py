"""The files that members' and curators' pictures are, in whatever storage they lie."""

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.core.files.storage import FileSystemStorage, Storage, default_storage
from django.utils.translation import gettext as _

from config.backup.archive import Backup, Refused, Writer

type Tell = Callable[[int], None]


def places() -> dict[str, Storage]:
    """Where files lie, by their folder in a backup: those that browsers see, and what pictures are cut from."""
    return {"pictures": default_storage, "originals": FileSystemStorage(Path(settings.DATA_DIR) / "originals")}


def names_in(storage: Storage, folder: str = "") -> Iterator[str]:
    """The names of all files in a storage, but for those that are being written."""
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    start = f"{folder}/" if folder else ""
    yield from (f"{start}{name}" for name in sorted(files) if name and not name.startswith("."))
    for name in sorted(folders):
        if name and not name.startswith("."):
            yield from names_in(storage, f"{start}{name}")


def copy_new(writer: Writer, tell: Tell) -> None:
    """Add all files that are not in the backup yet; what is deleted meanwhile is left out."""
    for folder, storage in places().items():
        for name in names_in(storage):
            if f"{folder}/{name}" in writer.entries:
                continue
            try:
                with storage.open(name) as file:
                    content = file.read()
            except FileNotFoundError:
                continue
            writer.add(f"{folder}/{name}", [content], press=False)
            tell(1)


class Restoring:
    """Brings the files of a backup into the storages: new ones first, which can be taken back, and then the rest."""

    def __init__(self, backup: Backup, tell: Tell) -> None:
        self.backup, self.tell = backup, tell
        self.added: list[tuple[str, str]] = []
        self.other: list[tuple[str, str]] = []  # the name is there, with other bytes
        self.foreign: list[tuple[str, str]] = []

    def add(self) -> None:
        """Those of which there is no file. Nothing that is there is touched."""
        for folder, storage in places().items():
            wanted = self.backup.below(folder)
            there = set(names_in(storage))
            self.foreign += [(folder, name) for name in sorted(there - wanted.keys())]
            for name, digest in wanted.items():
                if name not in there:
                    self.added.append((folder, name))
                    self._write(folder, name)
                elif _digest(storage, name) != digest:
                    self.other.append((folder, name))
                self.tell(1)

    def take_back(self) -> None:
        for folder, name in self.added:
            places()[folder].delete(name)

    def finish(self) -> None:
        """Once the database is committed: files of the same name, and those that nothing belongs to any more."""
        for folder, name in self.other:
            places()[folder].delete(name)
            self._write(folder, name)
        for folder, name in self.foreign:
            places()[folder].delete(name)

    def _write(self, folder: str, name: str) -> None:
        with self.backup.open(f"{folder}/{name}") as content:
            kept = places()[folder].save(name, File(content, name))
        if kept != name:
            places()[folder].delete(kept)
            raise Refused(_("The file %(name)s could not be stored under its name.") % {"name": name})


def _digest(storage: Storage, name: str) -> str:
    with storage.open(name) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
