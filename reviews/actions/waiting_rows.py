"""Rows of imports that wait for their film: once the catalogue has it, they are taken in by themselves."""

import logging
from datetime import timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from films.models import Film
from reviews.actions.reading_import import OPEN, judge_rows, match_rows
from reviews.actions.taking_in import take_in_rows
from reviews.models import Import, ImportRow

logger = logging.getLogger(__name__)


A_DAY: Final = timedelta(days=1)
State = Import.State


def give_up_stuck() -> None:
    """Imports whose job was lost, or given up, go back to where their member can do something about them.

    One that is being worked at right now is held by its job: this waits for it, and then finds it in another state.
    """
    old = Import.objects.filter(created_at__lt=timezone.now() - A_DAY)
    old.filter(state__in=[State.WAITING, State.READING]).update(state=State.FAILED, file=None)
    old.filter(state=State.TAKING_IN).update(state=State.READY, went_wrong=True)
    old.filter(state=State.UNDOING).update(state=State.DONE, went_wrong=True)


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
