from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from config.rows import Row
from reviews.models.visibility import Visibility, open_to

MOST_FILMS = 5000  # more than thirteen a day


class GoalQuerySet(models.QuerySet["Goal"]):
    def visible_to(self, viewer: Any) -> Self:
        """The one door to what members aim at."""
        return self.filter(open_to(viewer))


class Goal(Row):
    """How many films a member means to see in a year. How many those are by now, figures tell (reviews/stats)."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="goals")
    year = models.PositiveSmallIntegerField(_("year"))
    films = models.PositiveSmallIntegerField(_("films"))
    visibility = models.CharField(
        _("who can see it"), max_length=10, choices=Visibility.choices, default=Visibility.PUBLIC
    )

    objects = GoalQuerySet.as_manager()

    class Meta:
        verbose_name = _("goal")
        verbose_name_plural = _("goals")
        constraints = [
            models.UniqueConstraint(fields=["member", "year"], name="goal_one_a_year"),
            models.CheckConstraint(condition=models.Q(films__range=(1, MOST_FILMS)), name="goal_within_reach"),
            models.CheckConstraint(condition=models.Q(visibility__in=Visibility.values), name="goal_visibility_known"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.films} in {self.year}"
