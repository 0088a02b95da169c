"""The open data of a night: written from one moment of the database, kept for some nights, taken away at any time."""

import gzip
import hashlib
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from io import BufferedRandom
from typing import IO, Final

from django.core.files import File
from django.db import connection, transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

from config.backup.dump import one_moment
from config.writes import only
from reviews.actions.exporting import place, sweep
from reviews.models import Edition, EditionFile
from reviews.open_data import FILES, blocks

FOLDER: Final = "open-data"
TAG: Final = "open_data"  # of what shows it


@dataclass(frozen=True, slots=True)
class Written:
    """A file that is not stored yet; `size` is in bytes."""

    kind: str
    file: BufferedRandom
    lines: int
    size: int
    sha256: str


def make_edition(told: Callable[[Written], None] = lambda written: None) -> Edition:
    """Tonight's edition; the one that is there, if it was made before. `told` hears of each file that is written.

    Its files are stored before rows say so: what is killed in between leaves some that a night sweeps up.
    """
    made_at = timezone.now()
    if (there := Edition.objects.filter(day=made_at.date()).first()) is not None:
        return there
    with ExitStack() as files:
        with one_moment():
            _take_the_time()
            written = [_written(kind, files.enter_context(tempfile.TemporaryFile()), told) for kind in FILES]
        names = [place().save(f"{FOLDER}/{get_random_string(32)}.jsonl.gz", File(one.file)) for one in written]
    edition = _say(made_at, written, names)
    if edition is None:  # another process was quicker
        for name in names:
            place().delete(name)
    return edition or Edition.objects.get(day=made_at.date())


def _take_the_time() -> None:
    """Of a large site one file takes longer than any other statement may."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")


def _written(kind: str, file: BufferedRandom, told: Callable[[Written], None]) -> Written:
    lines = 0
    with gzip.GzipFile("", "wb", 6, file, mtime=0) as packed:
        for block in blocks(kind):
            packed.write(block)
            lines += block.count(b"\n")
    size = file.tell()
    file.seek(0)
    written = Written(kind, file, lines, size, hashlib.file_digest(file, "sha256").hexdigest())
    file.seek(0)
    told(written)
    return written


@transaction.atomic
def _say(made_at: datetime, written: list[Written], names: list[str]) -> Edition | None:
    """The rows of files that are stored; None where the day has some already."""
    with only(TAG):
        edition, is_new = Edition.objects.get_or_create(day=made_at.date(), defaults={"made_at": made_at})
        if not is_new:
            return None
        EditionFile.objects.bulk_create(
            EditionFile(edition=edition, kind=one.kind, lines=one.lines, size=one.size, sha256=one.sha256, file=name)
            for one, name in zip(written, names, strict=True)
        )
    return edition


@transaction.atomic
def withdraw_edition(*, edition: Edition) -> None:
    """The night and its files go at once. Asked twice, it is done once."""
    with only(TAG):
        for file in EditionFile.objects.filter(edition=edition):
            transaction.on_commit(partial(place().delete, file.file), robust=True)
        Edition.objects.filter(pk=edition.pk).delete()


def forget_editions() -> int:
    """Every night: those that were kept long enough, and files that belong to none. Returns how many nights went."""
    outdated = list(Edition.objects.outdated())
    for edition in outdated:
        withdraw_edition(edition=edition)
    sweep(FOLDER, EditionFile.objects.values_list("file", flat=True))
    return len(outdated)


def opened(file: EditionFile) -> IO[bytes]:
    """The file itself, to be read. Raises FileNotFoundError."""
    return place().open(file.file)
