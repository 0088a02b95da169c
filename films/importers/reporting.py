"""What became of each entry of an import, told at its end and kept with the run."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final, Self

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from films.models import ImportRun

FIRST_PLACES: Final = 5  # of each reason
MOST_REASONS: Final = 200  # so that a bad file cannot fill the memory with reasons
LONGEST: Final = 200  # characters of a reason or a place
COUNTS: Final = ("new", "changed", "same", "conflicts", "skipped")

# Told of a single entry as it happens: where it stands, and why it was skipped.
type Tell = Callable[[str, str], None]


def silent(where: str, reason: str) -> None:
    """For those who want the closing report alone."""


@dataclass
class Reason:
    """How often something was the reason, and where it was first."""

    count: int = 0
    places: list[str] = field(default_factory=list)


@dataclass
class Report:
    """Counts of entries, and of reasons. It never grows with the size of the source."""

    new: int = 0
    changed: int = 0
    same: int = 0
    conflicts: int = 0  # facts that wait for a curator
    skipped: int = 0
    reasons: dict[str, Reason] = field(default_factory=dict)
    tell: Tell = silent

    @classmethod
    def of(cls, run: ImportRun, tell: Tell = silent) -> Self:
        """The report of a run as the run left it."""
        reasons = {name: Reason(row["count"], row["places"]) for name, row in run.reasons.items()}
        return cls(**{name: getattr(run, name) for name in COUNTS}, reasons=reasons, tell=tell)

    def skip(self, where: str, reason: str) -> None:
        """An entry that was not taken: `where` is its file and line, `reason` a sentence without names in it."""
        self.skipped += 1
        self.doubt(where, reason)

    def doubt(self, where: str, reason: str) -> None:
        """An entry that was taken without a part that nobody could read."""
        where, reason = where[:LONGEST], reason[:LONGEST]
        self.tell(where, reason)
        found = self._reason(reason)
        found.count += 1
        if len(found.places) < FIRST_PLACES:
            found.places.append(where)

    def leave_out(self, reason: str, number: int = 1) -> None:
        """Entries that nobody wanted, such as series: counted under their reason, and not as skipped."""
        self._reason(reason[:LONGEST]).count += number

    def _reason(self, reason: str) -> Reason:
        if reason not in self.reasons and len(self.reasons) >= MOST_REASONS:
            reason = _("Other reasons.")
        return self.reasons.setdefault(reason, Reason())

    def values(self) -> dict[str, Any]:
        """The fields of an ImportRun."""
        kept = {name: {"count": row.count, "places": row.places} for name, row in self.reasons.items()}
        return {name: getattr(self, name) for name in COUNTS} | {"reasons": kept}

    def lines(self) -> Iterator[str]:
        """The closing table."""
        for words, number in (
            (ngettext("film new", "films new", self.new), self.new),
            (ngettext("film changed", "films changed", self.changed), self.changed),
            (ngettext("film the same", "films the same", self.same), self.same),
            (ngettext("fact waits for a curator", "facts wait for a curator", self.conflicts), self.conflicts),
            (ngettext("entry skipped", "entries skipped", self.skipped), self.skipped),
        ):
            yield f"{number:>10,}  {words}"
        yield from reasons_in_words(self.values()["reasons"])


def reasons_in_words(reasons: dict[str, Any]) -> Iterator[str]:
    """The reasons of a run, the most frequent first, each with its first places."""
    for name, row in sorted(reasons.items(), key=lambda pair: -pair[1]["count"]):
        more = ", …" if row["count"] > len(row["places"]) and row["places"] else ""
        places = f" ({', '.join(row['places'])}{more})" if row["places"] else ""
        yield f"{row['count']:>10,}  {name}{places}"
