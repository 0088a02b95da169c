"""One ZIP of all formats, written piece by piece: however much a member has, little of it is in memory at once."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import IO, Any, Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from django.conf import settings
from django.core.files.storage import default_storage
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import slugify

from accounts.models import User
from accounts.pictures import AVATAR_WIDTHS
from reviews.exporters import imdb, json_files, letterboxd, shelf
from reviews.exporters.account import PICTURE
from reviews.exporters.letterboxd import Cells
from reviews.exporters.pages import pages

# Letterboxd takes no file over a megabyte.
LARGEST_CSV: Final = 900_000

type Step = Callable[[ZipFile, User], None]


def write_archive(member: User, file: IO[bytes], told: Callable[[int, int], None]) -> None:
    """Everything of the member into a ZIP. `told(done, of)` hears after each step how far it is."""
    with ZipFile(file, "w", ZIP_DEFLATED, allowZip64=True) as archive:
        for number, step in enumerate(STEPS, 1):
            step(archive, member)
            told(number, len(STEPS))


def _readme(archive: ZipFile, member: User) -> None:
    shown = {"member": member, "site_name": settings.SITE_NAME, "site_url": settings.SITE_URL}
    archive.writestr("README.txt", render_to_string("export/README.txt", shown | {"made_at": timezone.now()}))
    archive.writestr("json/export.json", json_files.head(member, timezone.now(), settings.SITE_URL))


def _json(kind: str) -> Step:
    def write(archive: ZipFile, member: User) -> None:
        with _text(archive, f"json/{kind}.json") as file:
            file.writelines(json_files.lines(kind, member))

    return write


def _letterboxd(archive: ZipFile, member: User) -> None:
    for name, text in in_files("letterboxd/diary", letterboxd.DIARY, letterboxd.diary(member)):
        archive.writestr(name, text)
    for name, text in in_files("letterboxd/watchlist", letterboxd.FILM, letterboxd.watchlist(member)):
        archive.writestr(name, text)
    for film_list, entries in letterboxd.lists(member):
        name = f"letterboxd/lists/{film_list.pk}-{slugify(film_list.title)[:60]}".rstrip("-")
        for place, text in in_files(name, letterboxd.LIST, entries):
            archive.writestr(place, text)


def _imdb(archive: ZipFile, member: User) -> None:
    with _text(archive, "imdb/ratings.csv") as file:
        writer = csv.writer(file)
        writer.writerow(imdb.RATINGS)
        writer.writerows(imdb.ratings(member))


def _shelf(archive: ZipFile, member: User) -> None:
    with _text(archive, "csv/shelf.csv") as file:
        writer = csv.writer(file)
        writer.writerow(shelf.COPIES)
        writer.writerows(shelf.copies(member))


def _pages(archive: ZipFile, member: User) -> None:
    for name, text in pages(member):
        archive.writestr(name, text)


def _pictures(archive: ZipFile, member: User) -> None:
    """The member's picture as the site keeps it, the widest there is. The uploaded file is not kept after it is cut."""
    if not member.avatar_key:
        return
    for width in sorted(AVATAR_WIDTHS, reverse=True):
        with suppress(FileNotFoundError), default_storage.open(f"{member.avatar_key}/{width}.webp") as picture:
            archive.writestr(PICTURE, picture.read(), ZIP_STORED)
            return


STEPS: Final[tuple[Step, ...]] = (
    _readme,
    *map(_json, json_files.KINDS),
    _letterboxd,
    _imdb,
    _shelf,
    _pages,
    _pictures,
)


def in_files(name: str, header: Cells, rows: Iterable[Cells], largest: int = LARGEST_CSV) -> Iterator[tuple[str, str]]:
    """CSV in as many files as no one of them needs to be larger (in bytes): `name-1.csv`, `name-2.csv`…"""
    number, file, size = 1, io.StringIO(), 0
    begin = _line(header)
    for row in rows:
        line = _line(row)
        if size and size + len(line.encode()) > largest:
            yield f"{name}-{number}.csv", file.getvalue()
            number, file, size = number + 1, io.StringIO(), 0
        if not size:
            file.write(begin)
            size = len(begin.encode())
        file.write(line)
        size += len(line.encode())
    if size:
        yield f"{name}-{number}.csv", file.getvalue()


def _line(cells: Cells) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()


@contextmanager
def _text(archive: ZipFile, name: str) -> Iterator[Any]:
    with archive.open(name, "w", force_zip64=True) as raw, io.TextIOWrapper(raw, "utf-8", newline="") as file:
        yield file
