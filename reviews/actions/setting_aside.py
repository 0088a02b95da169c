"""Taking what a suspended member made out of all tallies, and back into them, where it is too much for one statement.

The member is out of sight with their own row already. Each step is a transaction and follows that row as it is then, so
a job that was killed, or overtaken by the opposite decision, goes on where it was.
"""

from datetime import timedelta
from typing import Any, Final

from django.apps import apps
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from accounts.models import User
from config.jobs import enqueue
from films.models import Film
from reviews.models import SettingAside
from reviews.tallies import AT_ONCE, WRITTEN

# A job that was lost, or that nobody asked for, is asked for after this.
LOST_AFTER: Final = timedelta(minutes=1)


def set_aside_soon(number: int) -> None:
    """Ask for the job where the trigger left something to it."""
    if SettingAside.objects.filter(member=number).exists():
        enqueue("reviews.set_aside", once=f"set_aside:{number}", member=number)


@transaction.atomic
def take_up() -> None:
    """Ask again for what a lost job left, and for members who were suspended by another path than the actions."""
    for waiting in SettingAside.objects.filter(since__lt=timezone.now() - LOST_AFTER):
        set_aside_soon(waiting.member_id)


def set_aside(number: int) -> None:
    """All that counts and should not, or the other way round. May be called again."""
    while _some_are_set_aside(number) or not _is_done(number):
        pass


@transaction.atomic
def _some_are_set_aside(number: int) -> bool:
    """Some hundred rows of one kind; whether there were any. Films are held before the member, as by whoever rates."""
    for rows in _out_of_step(number):
        place = "film" if any(field.name == "film" for field in rows.model._meta.fields) else "pk"
        found = dict(rows.order_by(place).values_list("pk", place)[:AT_ONCE])
        if not found:
            continue
        if place == "film":
            films = Film.objects.filter(pk__in=found.values()).order_by("pk")
            list(films.select_for_update(no_key=True).values_list("pk", flat=True))
        is_aside = not _held(number).is_active
        rows.model._base_manager.filter(pk__in=found, set_aside=not is_aside).update(set_aside=is_aside)
        return True
    return False


@transaction.atomic
def _is_done(number: int) -> bool:
    """Nothing is left, and nobody decides anything about the member meanwhile."""
    if User.objects.filter(pk=number).exists():
        _held(number)
        if any(rows.exists() for rows in _out_of_step(number)):
            return False
    SettingAside.objects.filter(member=number).delete()
    return True


def _held(number: int) -> User:
    return User.objects.select_for_update(no_key=True).only("is_active").get(pk=number)


def _out_of_step(number: int) -> list["QuerySet[Any]"]:
    models = [apps.get_model("reviews", name) for name in WRITTEN]
    return [model._base_manager.filter(member=number, set_aside=F("member__is_active")) for model in models]
