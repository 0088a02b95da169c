"""Pictures that members and curators upload: checked, made anew in the site's sizes, stored.

No byte of an uploaded file is served. A separate process with little memory and time
(accounts/pictures_worker.py) decodes it and writes new files without metadata.
"""

import contextlib
import json
import logging
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from django.utils.translation import gettext as _

from accounts.picture_files import master_of, new_key, remove_picture, store, write_whole
from accounts.picture_shapes import Cut

MAX_BYTES = 5 * 2**20
MAX_PIXELS = 25_000_000
MAX_SIDE = 10_000
AVATAR_WIDTHS = (52, 104, 208)
MASTER_SIDE = 2400

logger = logging.getLogger(__name__)

_WORKER = Path(__file__).with_name("pictures_worker.py")
_PATIENCE, _QUEUE = 20, 8  # seconds that reading one picture may take, and waiting for a turn
_turns = threading.BoundedSemaphore(2)  # a picture of 25 megapixels may take 400 MB while it is read

_REASONS: dict[str, Callable[[], str]] = {
    "empty": lambda: _("This file is empty. Choose the picture again."),
    "unknown": lambda: _("This file is not a picture we can read. Use a JPEG, PNG or WebP."),
    "broken": lambda: _(
        "This picture is damaged or cut short. Save it again as a JPEG or PNG, then choose the new file."
    ),
    "slow": lambda: _("This picture took too long to read. Save a smaller copy as a JPEG, then choose that."),
    "stored": lambda: _("The site cannot store pictures just now. Send yours again later; nothing else is lost."),
    "busy": lambda: _("Many pictures are being read just now. Send yours again in a minute."),
}


class Readable(Protocol):
    """An uploaded file, or any other open for bytes."""

    def read(self, size: int, /) -> bytes: ...

    def seek(self, offset: int, /) -> Any: ...


class PictureRefused(ValueError):
    """A picture that cannot be taken. The text is for the person who sent it and says what to do."""


def not_stored() -> PictureRefused:
    """For whoever sent a picture while the disk is full or the bucket away; the log has the reason."""
    logger.exception("A picture could not be stored")
    return PictureRefused(_REASONS["stored"]())


@dataclass(frozen=True)
class Decoded:
    """What a file turned out to be: JPEG, PNG or WEBP, and its size in pixels as stored."""

    format: str
    width: int
    height: int


def read_picture(
    file: Readable, *, max_bytes: int = MAX_BYTES, max_pixels: int = MAX_PIXELS, max_side: int = MAX_SIDE
) -> Decoded:
    """Read a picture through without keeping it, as a form does. Raises PictureRefused."""
    with _spooled(file, max_bytes) as place:
        found = _worked(place, max_pixels, max_side, None)
    return Decoded(found["format"], found["width"], found["height"])


def save_picture(
    file: Readable,
    *,
    folder: str,
    widths: Sequence[int],
    kinds: Sequence[str] = ("webp", "avif"),
    aspect: float | None = None,
    focus: tuple[float, float] = (0.5, 0.5),
    keep_master: bool = False,
    max_bytes: int = MAX_BYTES,
    max_pixels: int = MAX_PIXELS,
    max_side: int = MAX_SIDE,
) -> str:
    """Make a picture's files and store them; returns its key. Raises PictureRefused.

    `aspect` is width to height and crops around `focus` (parts of width and height, from the
    upper left). `keep_master` keeps a large copy, cleaned like the rest, out of the web's reach.
    """
    key = new_key(folder)
    cuts = [Cut("", widths, aspect, kinds)]
    cut_picture(file, key, cuts, focus, keep_master, max_bytes=max_bytes, max_pixels=max_pixels, max_side=max_side)
    return key


def cut_picture(
    file: Readable,
    key: str,
    cuts: Sequence[Cut],
    focus: tuple[float, float] = (0.5, 0.5),
    keep_master: bool = False,
    *,
    max_bytes: int = MAX_BYTES,
    max_pixels: int = MAX_PIXELS,
    max_side: int = MAX_SIDE,
) -> None:
    """Make a picture's files in these cuts and store them under the key, all or none. Raises PictureRefused."""
    with _spooled(file, max_bytes) as place:
        made = {
            "folder": str(place),
            "cuts": [cut.order() for cut in cuts],
            "focus": focus,
            "master": MASTER_SIDE if keep_master else 0,
        }
        found = _worked(place, max_pixels, max_side, made)
        try:
            if keep_master:
                write_whole(master_of(key), (place / "master.webp").read_bytes())
            for made_name in found["files"]:
                store(f"{key}/{made_name}", (place / made_name).read_bytes())
        except BaseException:
            with contextlib.suppress(OSError):  # what cannot be removed now is swept up one night
                remove_picture(key)
            raise


def save_avatar(file: Readable) -> str:
    """A member's face: square, in the widths of AVATAR_WIDTHS, WebP only. Raises PictureRefused."""
    return save_picture(file, folder="avatars", widths=AVATAR_WIDTHS, kinds=("webp",), aspect=1, focus=(0.5, 0.4))


@contextlib.contextmanager
def _spooled(file: Readable, max_bytes: int) -> Iterator[Path]:
    """A private folder with the file in it as `source`, copied in small parts and never beyond the limit.

    Where that, or what is done with it, finds no room or no way to be written, the picture is refused.
    """
    try:
        with _copied(file, max_bytes) as place:
            yield place
    except OSError as trouble:
        raise not_stored() from trouble


@contextlib.contextmanager
def _copied(file: Readable, max_bytes: int) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="picture-") as folder:
        size = 0
        file.seek(0)
        with (Path(folder) / "source").open("wb") as copy:
            while part := file.read(64 * 1024):
                size += len(part)
                if size > max_bytes:
                    raise PictureRefused(
                        _("This file is larger than %(limit)d MB. Save a smaller copy as a JPEG, then choose that.")
                        % {"limit": max_bytes // 2**20}
                    )
                copy.write(part)
        file.seek(0)
        if not size:
            raise PictureRefused(_REASONS["empty"]())
        yield Path(folder)


def _worked(place: Path, max_pixels: int, max_side: int, make: dict[str, Any] | None) -> dict[str, Any]:
    """Have the worker read `place/source`; its answer, or PictureRefused in words."""
    order = {"source": str(place / "source"), "max_pixels": max_pixels, "max_side": max_side, "make": make}
    if not _turns.acquire(timeout=_QUEUE):
        raise PictureRefused(_REASONS["busy"]())
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(_WORKER)],
            input=json.dumps(order),
            capture_output=True,
            text=True,
            timeout=_PATIENCE,
            cwd=place,
            env={"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8"},  # none of the site's secrets
        )
    except subprocess.TimeoutExpired as error:
        raise PictureRefused(_REASONS["slow"]()) from error
    finally:
        _turns.release()
    answer = json.loads(done.stdout) if done.returncode == 0 and done.stdout else {"refused": "broken"}
    if reason := answer.get("refused"):
        raise PictureRefused(_refusal(reason, max_pixels, max_side))
    return answer


def _refusal(reason: str, max_pixels: int, max_side: int) -> str:
    if reason == "pixels":
        return _(
            "This picture is too large: at most %(pixels)d megapixels and %(side)d pixels a side. "
            "Save a smaller copy, then choose that."
        ) % {"pixels": max_pixels // 1_000_000, "side": max_side}
    return _REASONS.get(reason, _REASONS["broken"])()
