"""How far the step of an import is that is under way."""

from typing import Any, NamedTuple

from django.db.models import Count

from reviews.models import Import


class Progress(NamedTuple):
    """`done` of `all`: lines, or changes while an import is undone."""

    done: int
    all: int

    @property
    def percent(self) -> int:
        return min(100, 100 * self.done // self.all) if self.all else 0


def progress_of(importing: Import) -> Progress | None:
    """None where nothing is under way, or the file is not counted yet. One query at most."""
    match importing.state:
        case Import.State.READING if importing.all_rows:
            return Progress(importing.done_rows, importing.all_rows)
        case Import.State.TAKING_IN:
            return _counted(importing.rows.filter(film__isnull=False), "settled_at")
        case Import.State.UNDOING:
            return _counted(importing.changes.all(), "undone_at")
    return None


def _counted(rows: Any, when_done: str) -> Progress:
    return Progress(**rows.aggregate(done=Count(when_done), all=Count("pk")))
