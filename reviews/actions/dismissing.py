"""Films that a member wants to have recommended no more, and again."""

from accounts.freshness import near_oneself
from accounts.models import User
from films.models import Film
from reviews.models import Dismissal


@near_oneself
def dismiss_film(*, member: User, film: Film) -> Dismissal:
    """It is not recommended to the member again, nor shown beside films like it. May be repeated."""
    return Dismissal.objects.get_or_create(member=member, film=film)[0]


@near_oneself
def undo_dismissal(*, member: User, film: Film) -> None:
    """It may be recommended again. May be repeated."""
    Dismissal.objects.filter(member=member, film=film).delete()
