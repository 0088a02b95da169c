"""Where stored pictures are: their addresses, writing them whole, and removing them.

A picture is known by its key, such as `avatars/3f/3f09…`; its files in the default storage are
`<key>/<width>.webp` and, where it was asked for, `<key>/<width>.avif`; a picture that is shown in several shapes has
the shape before the width, as in `<key>/wide-640.avif`.
"""

import contextlib
import os
import re
import secrets
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

_KEY = re.compile(r"[a-z]+/[0-9a-f]{2}/[0-9a-f]{32}")


def new_key(folder: str) -> str:
    """A name drawn by lot, in one of 256 shelves."""
    name = secrets.token_hex(16)
    return f"{folder}/{name[:2]}/{name}"


def keys_in(text: str) -> set[str]:
    """Every key of a picture that stands somewhere in a text."""
    return set(_KEY.findall(text))


def url_of(key: str, width: int | str, kind: str = "webp") -> str:
    """The address of one file of a picture; empty for no picture."""
    return default_storage.url(f"{key}/{width}.{kind}") if key else ""


def master_of(key: str) -> Path:
    """Where the large copy of a picture is, if one was kept. Not under MEDIA_ROOT: no web server reads it."""
    return Path(settings.DATA_DIR) / "originals" / f"{key}.webp"


def store(name: str, content: bytes) -> None:
    """Put a file into the default storage so that no reader ever sees half of it."""
    try:
        place = Path(default_storage.path(name))
    except NotImplementedError:  # a remote storage, which shows a file only when it has all of it
        try:
            if not default_storage.exists(name):
                default_storage.save(name, ContentFile(content))
        except Exception as trouble:  # each library of a storage has errors of its own
            raise OSError(f"{name} could not be stored: {trouble}") from trouble
    else:
        write_whole(place, content)


def remove_picture(key: str) -> None:
    """Delete every file of a picture. An empty or foreign key, or one already gone, is no error."""
    if not _KEY.fullmatch(key):
        return
    with contextlib.suppress(FileNotFoundError):
        for name in default_storage.listdir(key)[1]:
            default_storage.delete(f"{key}/{name}")
        default_storage.delete(key)
    master_of(key).unlink(missing_ok=True)


def remove_after_commit(key: str) -> None:
    """Delete a picture that was replaced, once the change that let go of it is certain."""
    if key:
        # What cannot be removed now is swept up one night; the change stands, and what else waits for the commit comes.
        transaction.on_commit(partial(remove_picture, key), robust=True)


def sweep(folder: str, used: set[str], *, older_than: timedelta = timedelta(days=1)) -> list[str]:
    """Delete the folder's pictures that no row uses: what a failed transaction left. Returns their keys.

    Young ones stay: their row may not be committed yet.
    """
    before = timezone.now() - older_than
    found = (*stored(folder), *masters(folder))
    gone = list(dict.fromkeys(key for key, made in found if key not in used and made < before))
    for key in gone:
        remove_picture(key)
    return gone


def stored(folder: str) -> Iterator[tuple[str, datetime]]:
    """Keys in a folder of the storage, each with the time it was made."""
    for shelf in _subfolders(folder):
        for name in _subfolders(f"{folder}/{shelf}"):
            key = f"{folder}/{shelf}/{name}"
            files = default_storage.listdir(key)[1] if _KEY.fullmatch(key) else []
            if files:
                yield key, default_storage.get_modified_time(f"{key}/{files[0]}")


def masters(folder: str) -> Iterator[tuple[str, datetime]]:
    """Keys of a folder that have a large copy, each with the time it was made."""
    for path in master_of(folder).with_suffix("").glob("*/*.webp"):
        yield f"{folder}/{path.parent.name}/{path.stem}", datetime.fromtimestamp(path.stat().st_mtime, UTC)


def _subfolders(folder: str) -> list[str]:
    try:
        return default_storage.listdir(folder)[0]
    except FileNotFoundError:
        return []


def write_whole(place: Path, content: bytes) -> None:
    """Write beside the place, then move there in one step."""
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=place.parent, prefix=".new-", delete=False) as file:
        try:
            file.write(content)
            file.flush()
            os.chmod(file.name, settings.FILE_UPLOAD_PERMISSIONS or 0o644)
            os.replace(file.name, place)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise
