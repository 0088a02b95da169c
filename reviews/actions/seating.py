"""Giving free seats of a screening to those who wait for them, in their order."""

from django.db import transaction
from django.utils import timezone

from reviews.actions.notifying import notify
from reviews.models import Coming, Notice, Screening


def fill_seats(row: Screening) -> int:
    """Give whoever waits first the seats that are free, and tell them. Returns to how many members.

    Nobody passes somebody who came before with more guests than there are seats. The row is locked.
    """
    row.refresh_from_db(fields=["taken"])
    if row.is_called_off or row.has_begun or row.left == 0:
        return 0
    title, given = "", 0
    for one in Coming.objects.waiting().filter(screening=row, member__is_active=True).select_related("member"):
        if not has_room(row, one.people):
            break
        one.waiting_since = None
        one.save(update_fields=["waiting_since"])
        row.taken += one.people  # as the trigger has it
        title, given = title or str(row), given + 1
        notify(
            members=[one.member], kind=Notice.SCREENING_SEAT, key=f"screening_seat:{one.pk}",
            screening=row, details={"screening": title},
        )  # fmt: skip
    return given


def has_room(row: Screening, people: int) -> bool:
    return row.left is None or row.left >= people


def fill_free_seats() -> int:
    """The same for every screening to come, of which somebody may have left the house. Once an hour."""
    given = 0
    waited_for = Screening.objects.filter(
        comings__waiting_since__isnull=False, starts_at__gt=timezone.now(), called_off_at=None
    )
    for number in waited_for.distinct().values_list("pk", flat=True):
        with transaction.atomic():
            given += fill_seats(Screening.objects.select_for_update(no_key=True).get(pk=number))
    return given
