"""The four films by which a member wants to be known."""

from collections.abc import Sequence
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.actions import hold_member
from accounts.freshness import by_tag
from accounts.models import User
from config.writes import only
from films.freshness import tag_of
from films.models import Film
from reviews.models.favourite import MOST_FAVOURITES, Favourite

STEPS: Final = {"up": -1, "down": 1}
CHANGES: Final = ("add", "remove", *STEPS)


@transaction.atomic
def choose_favourites(*, member: User, films: Sequence[Film]) -> list[Favourite]:
    """Replace the whole choice by these films, in this order. Raises ValidationError for too many, or one twice."""
    hold_member(member)
    return _choose(member, films)


@transaction.atomic
def change_favourites(*, member: User, film: Film, change: str) -> list[Favourite]:
    """Add a film at the end, remove it, or move it one place up or down. Raises ValidationError."""
    if change not in CHANGES:
        raise ValidationError(_("Choose what to do with the film."))
    hold_member(member)
    films = [row.film for row in Favourite.objects.filter(member=member).select_related("film")]
    place = films.index(film) if film in films else None
    if change == "add" and place is None:
        films.append(film)
    elif change == "remove" and place is not None:
        del films[place]
    elif change in STEPS and place is not None:
        films.insert(max(0, place + STEPS[change]), films.pop(place))
    return _choose(member, films)


def _choose(member: User, films: Sequence[Film]) -> list[Favourite]:
    chosen = [film.pk for film in films]
    if len(chosen) > MOST_FAVOURITES:
        raise ValidationError(_("Choose four films at most. Take one off to make room."), code="favourite_count")
    if len(set(chosen)) < len(chosen):
        raise ValidationError(_("Each film can be among your favourites once."), code="favourite_twice")
    rows = Favourite.objects.filter(member=member)
    now = dict(rows.values_list("position", "film"))
    if now != dict(enumerate(chosen, start=1)):
        # Both statements change counts of films; their rows are locked in one order, against two who swap films.
        touched = Film.objects.filter(pk__in={*chosen, *now.values()}).order_by("pk")
        held = touched.select_for_update(no_key=True).values_list("pk", flat=True)
        with only(by_tag(member.pk), *map(tag_of, list(held))):
            _replace(rows, member, chosen)
    return list(rows.select_related("film"))


def _replace(rows: QuerySet[Favourite], member: User, chosen: Sequence[int]) -> None:
    rows.exclude(film__in=chosen).delete()
    Favourite.objects.bulk_create(
        (Favourite(member=member, film_id=pk, position=n) for n, pk in enumerate(chosen, start=1)),
        update_conflicts=True,
        unique_fields=["member", "film"],
        update_fields=["position"],
    )
