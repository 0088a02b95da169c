"""What members mean to see in a year."""

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.freshness import near_oneself
from accounts.models import User
from reviews.models import Goal, Visibility
from reviews.models.goal import MOST_FILMS
from reviews.stats.years import is_year


@near_oneself
def set_goal(*, member: User, year: int, films: int, visibility: str = Visibility.PUBLIC) -> Goal:
    """So many films, 1 to MOST_FILMS, in place of what the member meant before. Raises ValidationError by field."""
    if not is_year(year, timezone.localdate()):
        raise ValidationError(_("There is no goal for that year."))
    if not 1 <= films <= MOST_FILMS:
        raise ValidationError({"films": _("Give a number from 1 to %(most)d.") % {"most": MOST_FILMS}})
    if visibility not in Visibility.values:
        raise ValidationError({"visibility": _("Choose who can see this.")})
    told = {"films": films, "visibility": visibility}
    return Goal.objects.update_or_create(member=member, year=year, defaults=told)[0]


@near_oneself
def drop_goal(*, member: User, year: int) -> None:
    """May be repeated."""
    Goal.objects.filter(member=member, year=year).delete()
