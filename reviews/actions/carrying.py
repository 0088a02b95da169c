"""Sending copies of members' data to places of their own, one after the other.

A place is taken (the next attempt's time is set, as if this one had failed), the copy is made and sent, and the outcome
is noted, in short transactions: none is open while somebody else's machine thinks. A job that is killed in between
loses nothing; the copy is made again at the time that was set. One job at a time sees to all places, so that copies
never take more than one of the workers that wait for machines of others.
"""

import tempfile
import time
from calendar import monthrange
from datetime import datetime, timedelta
from typing import Final

from cryptography.fernet import InvalidToken
from django.db import transaction
from django.utils import timezone

from accounts.copying import password_of, send_copies_soon, switch_off
from accounts.models import CopyPlace
from accounts.models.copy_place import Refusal
from accounts.outside.line import Answer
from accounts.outside.webdav import Folder
from reviews.actions.stopping import tell_that_copies_stopped
from reviews.exporters.archive import write_archive

AGAIN: Final = timedelta(hours=6)  # from one attempt to the next
GIVEN_UP_AFTER: Final = timedelta(days=7)
MOST_BYTES: Final = 500 * 1024 * 1024  # of one copy; nobody's diary comes near it
RUN: Final = 600.0  # seconds after which a job begins with no further place, and lets other jobs go first


def send_copies() -> None:
    """Send what is due, until nothing is or the time is over; what is left then has a job of its own."""
    end = time.monotonic() + RUN
    while (place := _take()) is not None:
        _send(place)
        if time.monotonic() >= end:
            take_up_copies()
            return


@transaction.atomic
def take_up_copies() -> None:
    """A job where anything is due."""
    if CopyPlace.objects.on().filter(due_at__lte=timezone.now()).exists():
        send_copies_soon()


def next_after(now: datetime, often: str) -> datetime:
    """A week later, or on the same day of the next month, or on its last."""
    if often == CopyPlace.Often.WEEK:
        return now + timedelta(days=7)
    first = (now.replace(day=1) + timedelta(days=32)).replace(day=1)
    return first.replace(day=min(now.day, monthrange(first.year, first.month)[1]))


def name_of(place: CopyPlace, now: datetime) -> str:
    """A day's copies have one name: the later replaces the earlier."""
    return f"intermission-{place.member.username}-{now:%Y-%m-%d}.zip"


@transaction.atomic
def _take() -> CopyPlace | None:
    now = timezone.now()
    rows = CopyPlace.objects.select_for_update(of=("self",), skip_locked=True, no_key=True).select_related("member")
    place: CopyPlace | None = rows.on().filter(due_at__lte=now).order_by("due_at", "pk").first()
    if place is not None:
        place.due_at, place.tried_at, place.phase = now + AGAIN, now, CopyPlace.Phase.MAKING
        place.save(update_fields=["due_at", "tried_at", "phase"])
    return place


def _send(place: CopyPlace) -> None:
    name = name_of(place, timezone.now())
    try:
        folder = Folder(place.address, place.username, password_of(place))
    except InvalidToken:
        _give_up(place, CopyPlace.Off.SECRET)
        return
    with tempfile.TemporaryFile() as file:
        write_archive(place.member, file, lambda done, of: None)
        size = file.tell()
        if size > MOST_BYTES:
            answer = Answer(trouble=Refusal.OURS)
        else:
            CopyPlace.objects.filter(pk=place.pk).update(phase=CopyPlace.Phase.SENDING)
            answer = folder.put(name, file, size)
    _note(place, answer, name, size)


@transaction.atomic
def _note(taken: CopyPlace, answer: Answer, name: str, size: int) -> None:
    """Write the outcome down. A place that was changed or removed meanwhile stays as that left it."""
    now = timezone.now()
    place = CopyPlace.objects.select_for_update(no_key=True).filter(pk=taken.pk, tried_at=taken.tried_at).first()
    if place is None:
        return
    place.phase, place.trouble, place.status = "", answer.trouble, answer.status if answer.trouble else None
    if not answer.trouble:
        place.sent_at, place.file, place.size, place.failing_since = now, name, size, None
        if place.due_at == taken.due_at:  # else its member asked for another meanwhile
            place.due_at = next_after(now, place.often)
    elif place.is_on:
        place.failing_since = place.failing_since or now
    place.save()
    if place.is_on and place.failing_since and place.failing_since < now - GIVEN_UP_AFTER:
        _give_up(place, CopyPlace.Off.FAILING)


@transaction.atomic
def _give_up(place: CopyPlace, because: str) -> None:
    """Switch it off, and have its member told."""
    switch_off(place, because)
    tell_that_copies_stopped(place)
