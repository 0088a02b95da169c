"""How far a member is on the way to what they mean to see in a year."""

from calendar import isleap
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.models.viewer import Viewer
from reviews.models import Goal


def goal_of(member: User, viewer: Viewer, year: int | None) -> Goal | None:
    """What the viewer may know of it."""
    return Goal.objects.visible_to(viewer).filter(member=member, year=year).first() if year else None


@dataclass(frozen=True)
class Way:
    """`seen` are the films of that year that the reader may know of."""

    goal: Goal
    seen: int
    today: date

    @property
    def shown(self) -> int:
        """How much of a bar is full, of as many as the goal has."""
        return min(self.seen, self.goal.films)

    @property
    def words(self) -> str:
        """How the year stands, beside one whose films come evenly; nothing of a year that has not begun."""
        goal, year = self.goal, self.goal.year
        if self.seen >= goal.films:
            return _("Reached.")
        if self.today.year > year:
            left = goal.films - self.seen
            return ngettext("%(number)d short.", "%(number)d short.", left) % {"number": left}
        if self.today.year < year:
            return ""
        days = 366 if isleap(year) else 365
        ahead = self.seen - goal.films * self.today.timetuple().tm_yday // days
        if not ahead:
            return _("Right on time.")
        if ahead > 0:
            return ngettext("%(number)d film ahead.", "%(number)d films ahead.", ahead) % {"number": ahead}
        return ngettext("%(number)d film behind.", "%(number)d films behind.", -ahead) % {"number": -ahead}
