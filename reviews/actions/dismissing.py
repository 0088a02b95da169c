"""Films that a member wants to have recommended no more, and again."""

from accounts.models import User
from config.writes import only
from films.freshness import by_tag
from films.models import Film
from reviews.models import Dismissal


def dismiss_film(*, member: User, film: Film) -> Dismissal:
    """It is not recommended to the member again, nor shown beside films like it. May be repeated."""
    with only(by_tag(member.pk)):
        return Dismissal.objects.get_or_create(member=member, film=film)[0]


def undo_dismissal(*, member: User, film: Film) -> None:
    """It may be recommended again. May be repeated."""
    with only(by_tag(member.pk)):
        Dismissal.objects.filter(member=member, film=film).delete()
