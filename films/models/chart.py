from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from config.rows import Row
from films.models.film import Film
from films.models.term import Country, Genre


class ChartQuerySet(models.QuerySet["Chart"]):
    def of_all_films(self) -> Self:
        return self.filter(genre=None, country=None, decade=None)


class Chart(Row):
    """A ranking of all films, or of those of a genre, a country or a decade; reviews/actions/charting.py draws it."""

    class Name(models.TextChoices):
        TRENDING = "trending", _("Trending now")
        WEEK = "popular-week", _("Popular this week")
        MONTH = "popular-month", _("Popular this month")
        YEAR = "popular-year", _("Popular this year")
        EVER = "popular-ever", _("Popular ever")
        TOP = "top", _("Top 250")
        GEMS = "hidden-gems", _("Hidden gems")
        DIVISIVE = "divisive", _("Most divisive")
        ANTICIPATED = "anticipated", _("Anticipated")

    name = models.CharField(_("name"), max_length=16, choices=Name)
    genre = models.ForeignKey(Genre, on_delete=models.CASCADE, null=True, related_name="charts")
    country = models.ForeignKey(Country, on_delete=models.CASCADE, null=True, related_name="charts")
    decade = models.PositiveSmallIntegerField(null=True)
    # What a film needed to be on it, and what it may not exceed where there is a limit; films/charts.py says of what.
    least = models.PositiveIntegerField(default=0)
    most = models.PositiveIntegerField(null=True)
    film_count = models.PositiveIntegerField(_("films that qualify"), default=0)
    counted_at = models.DateTimeField(null=True)

    objects = ChartQuerySet.as_manager()

    class Meta:
        verbose_name = _("chart")
        verbose_name_plural = _("charts")
        constraints = [
            models.UniqueConstraint(
                fields=["name", "genre", "country", "decade"], name="chart_one", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=models.Q(genre=None, country=None)
                | models.Q(genre=None, decade=None)
                | models.Q(country=None, decade=None),
                name="chart_of_one_kind",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ChartPlace(Row):
    """A film's position on a chart, with the figure that it had when the chart was drawn up."""

    chart = models.ForeignKey(Chart, on_delete=models.CASCADE, related_name="places")
    position = models.PositiveSmallIntegerField()
    film = models.ForeignKey(Film, on_delete=models.CASCADE, related_name="chart_places")
    figure = models.DecimalField(max_digits=20, decimal_places=6)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chart", "position"], name="chart_place_once")]

    def __str__(self) -> str:
        return f"{self.chart_id}: {self.position}"
