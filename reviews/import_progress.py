"""How far the taking in, or the undoing, of an import is: told out of the one transaction that it is.

Nobody sees a row of it before the end. But what a connection calls itself is seen by all others at once, and ends with
the transaction, however that ends: no row to clean up, and no second connection.
"""

import re
from typing import Final, NamedTuple

from django.db import connection

from reviews.models import Import

TOLD_OUTSIDE: Final = frozenset({Import.State.TAKING_IN, Import.State.UNDOING})
NAME: Final = re.compile(r"import \d+: (\d+) of (\d+)")
ASK: Final = (
    "SELECT application_name FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE %s"
)


class Progress(NamedTuple):
    """`done` of `all`: lines, or changes while an import is undone."""

    done: int
    all: int

    @property
    def percent(self) -> int:
        return min(100, 100 * self.done // self.all) if self.all else 0


class Telling:
    """Says how much of a step is done. Within the transaction of that step."""

    def __init__(self, importing: Import, whole: int) -> None:
        self.number, self.whole, self.done = importing.pk, whole, 0
        self.add(0)

    def add(self, number: int) -> None:
        self.done += number
        with connection.cursor() as cursor:
            name = f"import {self.number}: {self.done} of {self.whole}"
            cursor.execute("SELECT set_config('application_name', %s, true)", [name])


def progress_of(importing: Import) -> Progress | None:
    """How far the step is that is under way. None where none is, or its job has not said anything yet."""
    if importing.state == Import.State.READING:
        return Progress(importing.done_rows, importing.all_rows) if importing.all_rows else None
    if importing.state not in TOLD_OUTSIDE:
        return None
    with connection.cursor() as cursor:
        cursor.execute(ASK, [f"import {importing.pk}: %"])
        told = cursor.fetchone()
    found = NAME.fullmatch(told[0]) if told else None
    return Progress(int(found[1]), int(found[2])) if found and int(found[2]) else None
