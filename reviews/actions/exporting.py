"""A member's copy of everything that is theirs: asked for, made by a job, kept for some days."""

import tempfile
import time
from collections.abc import Callable, Iterable
from datetime import timedelta
from functools import partial
from typing import IO, Final

from django.core.files import File
from django.core.files.storage import Storage, storages
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import ngettext

from accounts.actions import hold_member
from accounts.models import User
from config.jobs import enqueue
from config.writes import unseen
from reviews.actions.notifying import notify
from reviews.exporters.archive import write_archive
from reviews.models import Export, Notice
from reviews.trust import LimitReached

# Between one copy and the next.
PAUSE: Final = timedelta(minutes=30)
FOLDER: Final = "exports"
# Files that no row names by then belong to none: their transaction failed.
STRAY_AFTER: Final = timedelta(days=1)
TOLD_EVERY: Final = 0.5  # seconds, so that telling how far it is takes no time


def place() -> Storage:
    return storages["private"]


@transaction.atomic
def ask_for_export(*, member: User) -> Export:
    """The copy that is being made or, if there is none, a new one; an older one goes.

    Raises LimitReached for somebody who got one a moment ago.
    """
    with unseen():
        hold_member(member)
        last = Export.objects.filter(member=member).first()
        if last is not None and last.state == Export.State.MAKING:
            return last
        if last is not None and last.finished_at is not None:
            _refuse_too_soon(last.finished_at + PAUSE - timezone.now())
        if last is not None:
            remove(last)
        made = Export.objects.create(member=member)
        enqueue("reviews.make_export", once=f"make_export:{made.pk}", export=made.pk)
    return made


def _refuse_too_soon(wait: timedelta) -> None:
    if wait > timedelta(0):
        minutes = max(1, round(wait.total_seconds() / 60))
        sentence = ngettext(
            "Your last copy is only just made. You can ask for another in %(minutes)d minute.",
            "Your last copy is only just made. You can ask for another in %(minutes)d minutes.",
            minutes,
        )
        raise LimitReached(sentence % {"minutes": minutes}, wait)


def make_export(number: int) -> None:
    """Write the archive, store it, and tell the member. Called again it begins anew, or finds that it is done.

    The file is stored before its row says so: a worker killed in between leaves one that a night sweeps up.
    """
    export = Export.objects.in_the_making().select_related("member").filter(pk=number).first()
    if export is None or not export.member.is_active:
        return
    with tempfile.TemporaryFile() as file:
        write_archive(export.member, file, _teller(export))
        size = file.tell()
        file.seek(0)
        name = place().save(f"{FOLDER}/{get_random_string(32)}.zip", File(file))
    if not _finish(export, name, size):
        place().delete(name)


def _teller(export: Export) -> Callable[[int, int], None]:
    """Says in the row how far it is, now and then."""
    last = 0.0

    def told(done: int, of: int) -> None:
        nonlocal last
        if time.monotonic() - last >= TOLD_EVERY:
            last = time.monotonic()
            with unseen():
                Export.objects.filter(pk=export.pk).update(parts_done=done, parts=of)

    return told


@transaction.atomic
def _finish(export: Export, name: str, size: int) -> bool:
    """False where it is not wanted any more: it was made already, or its member has left."""
    with unseen():
        locked = Export.objects.select_for_update().in_the_making().filter(pk=export.pk).first()
        if locked is None:
            return False
        locked.finished_at, locked.file, locked.size = timezone.now(), name, size
        locked.save(update_fields=["finished_at", "file", "size"])
        until = {"ends_on": f"{locked.kept_until:%Y-%m-%d}"}
        notify(members=[export.member], kind=Notice.EXPORT, key=f"export:{export.pk}", details=until)
    return True


def remove(export: Export) -> None:
    """The row, and once that is certain the file. Within a transaction."""
    if export.file:
        transaction.on_commit(partial(place().delete, export.file), robust=True)
    export.delete()


def forget_exports() -> int:
    """Every night: those that were kept long enough, and files that belong to none. Returns how many rows went."""
    gone = 0
    for export in Export.objects.outdated():
        with transaction.atomic(), unseen():
            remove(export)
            gone += 1
    sweep(FOLDER, Export.objects.exclude(file="").values_list("file", flat=True))
    return gone


def sweep(folder: str, kept: Iterable[str]) -> None:
    """Delete the private files of a folder that are not among those which rows name; `kept` is read after them."""
    try:
        names = [f"{folder}/{name}" for name in place().listdir(folder)[1]]
    except FileNotFoundError:
        return
    wanted = set(kept)
    before = timezone.now() - STRAY_AFTER
    for name in names:
        if name not in wanted and place().get_modified_time(name) < before:
            place().delete(name)


def opened(export: Export) -> IO[bytes]:
    """The archive, to be read. Raises FileNotFoundError."""
    return place().open(export.file)
