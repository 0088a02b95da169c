"""Rows of imports that wait for their film: once the catalogue has it, they are taken in by themselves."""

import logging
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from config.jobs import under_way
from films.models import Film
from reviews.actions.importing import key_of
from reviews.actions.reading_import import OPEN, judge_rows, match_rows
from reviews.actions.taking_in import take_in_rows
from reviews.models import Import, ImportRow

logger = logging.getLogger(__name__)


State = Import.State
# Where an import goes back to from where its job left it.
BACK: Final[dict[str, dict[str, Any]]] = {
    State.WAITING: {"state": State.FAILED, "file": None},
    State.READING: {"state": State.FAILED, "file": None},
    State.TAKING_IN: {"state": State.READY, "went_wrong": True},
    State.UNDOING: {"state": State.DONE, "went_wrong": True},
}


def give_up_stuck() -> None:
    """Imports whose job was lost, or given up, go back to where their member can do something about them."""
    stopped = dict(Import.objects.filter(state__in=list(BACK)).values_list("pk", "state"))
    keys = {number: key_of(number, state) for number, state in stopped.items()}
    at_work = under_way(keys.values())
    for number, key in keys.items():
        if key not in at_work:
            Import.objects.filter(pk=number, state=stopped[number]).update(**BACK[stopped[number]])


def match_waiting_rows() -> int:
    """Returns how many rows were taken in. One import that goes wrong keeps none of the others from it."""
    waiting = ImportRow.objects.filter(verdict__in=OPEN, film=None, settled_at=None)
    waiting = waiting.filter(importing__state=Import.State.DONE)
    taken = 0
    for number in waiting.values_list("importing", flat=True).distinct():
        try:
            taken += _match(number)
        except Exception:
            logger.exception("Could not take in rows that waited", extra={"import": number})
    return taken


@transaction.atomic
def _match(number: int) -> int:
    rows = Import.objects.select_for_update(no_key=True, skip_locked=True, of=("self",)).select_related("member")
    importing = rows.defer("file").filter(pk=number, state=Import.State.DONE).first()
    if importing is None:
        return 0
    if importing.looked_at and not Film.objects.filter(updated_at__gt=importing.looked_at).exists():
        return 0
    importing.looked_at = timezone.now()
    importing.save(update_fields=["looked_at"])
    match_rows(importing)
    films = list(importing.rows.filter(film__isnull=False, settled_at=None).values_list("film", flat=True).distinct())
    if not films:
        return 0
    judge_rows(importing, films)
    return take_in_rows(importing, films)
