"""Muting films. Members are muted in accounts.actions."""

from django.db import transaction

from accounts.actions import hold_member
from accounts.freshness import near_oneself
from accounts.models import User
from films.models import Film
from reviews.models import FilmMute


@near_oneself
@transaction.atomic
def mute_film(*, member: User, film: Film) -> FilmMute:
    """The member hears nothing of the film from now on: not in feeds, on the front page, nor in notices."""
    hold_member(member)
    return FilmMute.objects.get_or_create(member=member, film=film)[0]


@near_oneself
@transaction.atomic
def unmute_film(*, member: User, film: Film) -> None:
    hold_member(member)
    FilmMute.objects.filter(member=member, film=film).delete()
