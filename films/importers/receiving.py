"""Entries of a source into the catalogue: matched, added or stated, in batches that are stored whole or not at all."""

from collections.abc import Iterable, Iterator
from itertools import batched
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError
from django.utils.translation import gettext as _

from films.actions.stating import EMPTY, Outcome, state_facts, together
from films.importers.adding import add_films, ensure_terms, reason_of
from films.importers.entries import Billing, Entry, Unusable
from films.importers.known import Known
from films.importers.matching import Matching
from films.importers.people import People
from films.importers.reporting import Report
from films.importers.running import Progress, Running
from films.importers.shelf import Shelf
from films.models import Film, Source
from films.record import Json

BATCH: Final = 200


class Receiver:
    """One run of one source."""

    def __init__(self, running: Running, source: Source, progress: Progress, *, batch: int = BATCH) -> None:
        self.running, self.source, self.progress, self.batch = running, source, progress, batch
        self.seen: set[int] = set()  # numbers of entries and films that were read in this run

    @property
    def report(self) -> Report:
        return self.running.report

    def receive(
        self, entries: Iterable[Entry | Unusable], shelf: Shelf | None = None, *, begun: int = 0, whole: int = 0
    ) -> Report:
        """All of them, from where the run stands. Progress is told by the bytes of their `shelf`, or as of `whole`.

        `begun` is how many of the first ones are not among `entries`, because they were stored before.
        """
        done = begun
        for batch in batched(entries, self.batch):
            done += len(batch)
            if done <= self.running.position.get("done", 0):
                for entry in batch:  # stored before an interruption
                    self._is_first(entry)
                continue
            with self.running.step(done=done):
                self._store(batch)
            self.between()
            self.progress.show(str(self.source.label), *((shelf.read, shelf.size) if shelf else (done, whole)))
        return self.running.finish()

    def _is_first(self, entry: Entry | Unusable) -> bool:
        if isinstance(entry, Unusable) or entry.is_part:
            return True
        marks = {hash(mark) for mark in entry.marks}
        first = not marks & self.seen
        self.seen |= marks
        return first

    def _store(self, batch: Iterable[Entry | Unusable]) -> None:
        entries: list[Entry] = []
        for entry in batch:
            if isinstance(entry, Unusable):
                self.report.skip(entry.where, entry.reason)
                continue
            for doubt in entry.doubts:
                self.report.doubt(entry.where, doubt)
            if not entry.title and not entry.ids:
                self.report.skip(entry.where, _("It has no title."))
            elif not self._is_first(entry):
                self.report.skip(entry.where, _("The same film stands earlier in the source."))
            else:
                entries.append(entry)
        for wave in _waves(entries):
            self._receive(wave)

    def _receive(self, entries: list[Entry]) -> None:
        ensure_terms(entries, self.report)
        matching = Matching(entries)
        new: list[Entry] = []
        there: dict[int, Entry] = {}
        for entry in entries:
            match = matching.of(entry)
            if match.refused:
                self.report.skip(entry.where, match.refused)
            elif match.film is None:
                new.append(entry)
            elif match.film in there or hash((match.film, "film")) in self.seen and not entry.is_part:
                self.report.skip(entry.where, _("The same film stands earlier in the source."))
            else:
                there[match.film] = entry
        people = People(self.source, entries, there)
        if there:
            known = Known(list(there))
            for pk, entry in there.items():
                self._state(pk, entry, known, people)
        added = add_films(new, people, source=self.source, report=self.report) if new else {}
        self.stored(there | added)
        self.seen |= {hash((pk, "film")) for pk, entry in (there | added).items() if not entry.is_part}

    def stored(self, entries: dict[int, Entry]) -> None:
        """The films of these entries are in the catalogue now."""

    def between(self) -> None:
        """A batch is stored: time for what does not belong into a transaction."""

    def _state(self, pk: int, entry: Entry, known: Known, people: People) -> None:
        facts = {key: known.spelt(pk, key, value) for key, value in entry.facts.items()}
        facts |= {key: value for key, value in (("title", entry.title), ("year", entry.year)) if value}
        facts |= {f"ids.{source}": value for source, value in entry.ids.items()}
        facts |= self._credits(pk, entry, known, people)
        news = {}
        for key, value in facts.items():
            ours = known.read(pk, key)
            if together(key, ours, value) != ours and not (key in entry.only_fills and ours not in EMPTY):
                news[key] = value
        outcomes = self._say(pk, entry, news) if news else {}
        self.report.conflicts += sum(outcome is Outcome.CONFLICT for outcome in outcomes.values())
        if Outcome.CHANGED in outcomes.values():
            self.report.changed += 1
        else:
            self.report.same += 1

    def _say(self, pk: int, entry: Entry, facts: dict[str, Json]) -> dict[str, Outcome]:
        words: Any = {"film": Film.objects.get(pk=pk), "source": self.source, "run": self.running.run}
        try:
            return state_facts(facts=facts, **words)
        except (ValidationError, DataError, IntegrityError) as error:
            if len(facts) == 1:
                self.report.doubt(entry.where, reason_of(error))
                return {}
        outcomes: dict[str, Outcome] = {}
        for key, value in facts.items():
            outcomes |= self._say(pk, entry, {key: value})
        return outcomes

    def _credits(self, pk: int, entry: Entry, known: Known, people: People) -> dict[str, Json]:
        """Credits by job; people are made only for a fact that the source may change."""
        jobs: dict[str, list[Billing]] = {}
        for billing in entry.credits:
            jobs.setdefault(billing.job, []).append(billing)
        unknown = [billing for billing in entry.credits if people.find(billing, pk) is None]
        people.add(billing for billing in unknown if known.is_open(pk, f"credits.{billing.job}", self.source))
        return {f"credits.{job}": self._rows(pk, billings, people) for job, billings in jobs.items()}

    @staticmethod
    def _rows(pk: int, billings: list[Billing], people: People) -> list[dict[str, Json]]:
        rows: list[dict[str, Json]] = []
        for billing in billings:
            one = people.known(billing, pk)
            row = {"person": one.pk if one else None, "name": one.name if one else billing.name,
                   "character": billing.character, "detail": billing.detail}  # fmt: skip
            if row not in rows:
                rows.append(row)
        return rows


def _waves(entries: list[Entry]) -> Iterator[list[Entry]]:
    """Entries that may be about one film come one after the other: the later one finds what the earlier one made."""
    while entries:
        wave: list[Entry] = []
        later: list[Entry] = []
        taken: set[Any] = set()
        for entry in entries:
            marks = {*entry.ids.items(), *((name, entry.year) for name in entry.names)}
            (later if marks & taken else wave).append(entry)
            taken |= marks
        yield wave
        entries = later
