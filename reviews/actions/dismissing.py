"""Films that a member wants to have recommended no more, and again."""

from django.db import transaction

from accounts.actions import hold_member
from accounts.freshness import near_oneself
from accounts.models import User
from films.models import Film
from reviews.models import Dismissal


@near_oneself
@transaction.atomic
def dismiss_film(*, member: User, film: Film) -> Dismissal:
    """It is not recommended to the member again, nor shown beside films like it. May be repeated."""
    hold_member(member)
    return Dismissal.objects.get_or_create(member=member, film=film)[0]


@near_oneself
@transaction.atomic
def undo_dismissal(*, member: User, film: Film) -> None:
    """It may be recommended again. May be repeated."""
    hold_member(member)
    Dismissal.objects.filter(member=member, film=film).delete()
