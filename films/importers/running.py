"""The run of an import: begun or gone on with, its place written down with the rows, and closed."""

import hashlib
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, Self, TextIO

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from config.jobs import enqueue
from films.actions.spelling import LEARN
from films.importers.reporting import Report, Tell, silent
from films.models import ImportRun, Source

CHUNK: Final = 1 << 20
TIMES_A_SECOND: Final = 8


class Refused(Exception):
    """Nothing can be imported; the message says why."""


class Running:
    """A run and its report. Rows are stored inside `step`, which notes in the same transaction how far they go."""

    def __init__(self, run: ImportRun, tell: Tell = silent) -> None:
        self.run, self.report = run, Report.of(run, tell)
        self.position: dict[str, Any] = dict(run.position)
        self.goes_on = bool(run.position)

    @classmethod
    def begin(
        cls, *, source: Source, place: str, fingerprint: str, by: User | None = None, tell: Tell = silent
    ) -> Self:
        """A new run, or the unfinished one of the very same bytes: then `position` says where to go on."""
        fresh = ImportRun.objects.filter(source=source, fingerprint=fingerprint, finished_at=None).first()
        run = fresh or ImportRun.objects.create(source=source, place=place[-400:], fingerprint=fingerprint, by=by)
        return cls(run, tell)

    @contextmanager
    def step(self, **position: Any) -> Iterator[None]:
        """Store some rows: all of them and the new position, or nothing. Imports take turns step by step.

        Raises Refused when another program went on with this run meanwhile.
        """
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", ["step of an import"])
            stored = ImportRun.objects.select_for_update().values_list("position", flat=True).get(pk=self.run.pk)
            if stored != self.position:
                raise Refused(_("Another program is at work on this very import. Wait until it is done."))
            yield
            self._keep(position=position)
        self.position = position

    def start_afresh(self) -> None:
        """Forget how far the run came and what it counted, because its source has to be read again."""
        self.report, self.position = Report(tell=self.report.tell), {}
        self._keep(position={})

    def finish(self) -> Report:
        with transaction.atomic():
            self._keep(finished_at=timezone.now())
            enqueue(LEARN, once=LEARN)
        return self.report

    def _keep(self, **fields: Any) -> None:
        ImportRun.objects.filter(pk=self.run.pk).update(**fields, **self.report.values())


def fingerprint_of(paths: Iterable[Path], *wishes: object) -> str:
    """Names the very bytes of these files, and what was asked for. Raises Refused for what cannot be read."""
    digest = hashlib.sha256(repr(wishes).encode())
    for path in paths:
        digest.update(f"\0{path.name}\0".encode("utf-8", "surrogateescape"))
        try:
            with path.open("rb") as file:
                while chunk := file.read(CHUNK):
                    digest.update(chunk)
        except OSError as error:
            raise Refused(f"{path}: {error.strerror or error}") from error
    return digest.hexdigest()


class Progress:
    """A line that is written over on a terminal; nothing anywhere else."""

    def __init__(self, stream: TextIO = sys.stderr, *, quiet: bool = False) -> None:
        self.stream, self.shown, self.last = stream, stream.isatty() and not quiet, 0.0

    def show(self, words: str, done: int = 0, whole: int = 0, *, at_once: bool = False) -> None:
        """`done` of `whole`, as a bar with per cent; without `whole` the number alone."""
        now = time.monotonic()
        if not self.shown or (now - self.last < 1 / TIMES_A_SECOND and not at_once):
            return
        self.last = now
        bar = f" {done:,}" if done else ""
        if whole:
            part = min(done / whole, 1)
            bar = f" [{'█' * round(part * 24):24}] {part:4.0%}"
        self.stream.write(f"\r\033[K{words}{bar}")
        self.stream.flush()

    def clear(self) -> None:
        if self.shown:
            self.stream.write("\r\033[K")
            self.stream.flush()
