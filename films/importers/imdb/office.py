"""The way of an import from the first line to the closing report, each step of which may be the last."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _

from films.importers.imdb import comparing, places, storing, tables
from films.importers.imdb.matching import match
from films.importers.imdb.preparing import prepare
from films.importers.imdb.staging import Staging
from films.importers.ordering import Order
from films.importers.reporting import Report
from films.importers.running import Refused, Running, fingerprint_of
from films.models import Source
from films.seed.load import add_terms

LAST: Final = "compare"


def import_imdb(order: Order) -> Report:
    """Read the files of a folder. Begun again after an interruption it goes on with the step that was not stored."""
    files = places.find(order.paths)
    order.progress.show(_("Looking at the files"), at_once=True)
    running = Running.begin(
        source=Source.IMDB, place=str(order.paths[0]), by=order.by, tell=order.tell,
        fingerprint=fingerprint_of(files.values(), order.all_titles, order.adult),
    )  # fmt: skip
    return Import(order, running, files).finish()


class Import:
    """One run. Its position: the part of the work, how far it is done, and the day of the ratings."""

    def __init__(self, order: Order, running: Running, files: dict[str, Path]) -> None:
        self.order, self.running, self.files = order, running, files

    def finish(self) -> Report:
        if not self.running.position or not tables.belong_to(self.running.run.pk):
            self._read()
        parts = [*storing.PARTS, LAST]
        for part in parts[parts.index(self.running.position["part"]) :]:
            if part != LAST:
                self._store(part)
            else:
                self._compare()
        tables.drop()
        return self.running.finish()

    @contextmanager
    def _step(self, **position: Any) -> Iterator[None]:
        with self.running.step(**position):
            _hurry()
            if self.running.position:
                self._require_tables()
            yield

    def _require_tables(self) -> None:
        """The tables are one set: whoever began last has them, and the others read their files again."""
        if not tables.belong_to(self.running.run.pk):
            raise Refused(_("Another import of IMDb's files began meanwhile. Begin again when it is done."))

    def _read(self) -> None:
        """Everything from the files to rows that are ready: one step, because the files are read faster than stored."""
        self.running.start_afresh()
        ratings = self.files.get("title.ratings")
        date = datetime.fromtimestamp(ratings.stat().st_mtime, UTC).date().isoformat() if ratings else None
        with self._step(part="people", done=0, date=date):
            tables.make()
            add_terms([])  # countries and languages, which a site without the first catalogue does not have
            staging = Staging(self.running.report, all_titles=self.order.all_titles, adult=self.order.adult)
            for name, path in self.files.items():
                words = _("Reading %(name)s") % {"name": path.name}
                self.order.progress.show(words, at_once=True)
                staging.read(name, path, partial(self.order.progress.show, words))
            staging.keep_genres()
            self.order.progress.show(_("Finding what is there already"), at_once=True)
            match(self.running.report, self.files)
            self.order.progress.show(_("Preparing films and people"), at_once=True)
            prepare()
            tables.execute("INSERT INTO imdb_run VALUES (%s)", self.running.run.pk)

    def _store(self, part: str) -> None:
        self._require_tables()
        position = self.running.position
        done, size, (_table, rows, store) = self._done(part), storing.size_of(part), storing.PARTS[part]
        words = {"people": _("Adding people"), "films": _("Adding films"), "credits": _("Adding credits")}[part]
        storing.settle_addresses(part)
        while done < size:
            self.order.progress.show(words, done, size)
            end = min(done + rows, size)
            with self._step(part=part, done=end, date=position["date"]):
                store(done, end, self.running.report, position["date"])
            done = end

    def _compare(self) -> None:
        date = self.running.position["date"]
        if self.running.position["part"] != LAST:
            with self._step(part=LAST, done=0, date=date):
                self.order.progress.show(_("Comparing with what is there"), at_once=True)
                comparing.find_differences(self.running.report)
        done, size = self._done(LAST), int(tables.value("SELECT count(*) FROM imdb_differs"))
        while done < size:
            self.order.progress.show(_("Stating facts"), done, size)
            end = min(done + comparing.BATCH, size)
            with self._step(part=LAST, done=end, date=date):
                comparing.state(done, end, self.running.report, date, self.running.run)
            done = end

    def _done(self, part: str) -> int:
        return int(self.running.position["done"]) if self.running.position["part"] == part else 0


def _hurry() -> None:
    """Until the end of the step: room for sorting. What a power cut takes is done again, by the position."""
    for setting in ("work_mem = '128MB'", "maintenance_work_mem = '256MB'", "synchronous_commit = off", "jit = off"):
        tables.execute(f"SET LOCAL {setting}")
