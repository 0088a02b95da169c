"""A film's score with its arithmetic, as programs read it."""

from decimal import Decimal
from typing import Any, Final

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.generics import RetrieveAPIView

from accounts.api.endpoint import Endpoint
from accounts.api.serializers import example
from films.api.examples import SCORE
from films.api.queries import film_here
from films.models import Film
from reviews.scoring import VERSION, Sheet, Voices, sheet_of

VOICES: Final = {"count": 3, "mean": 4.33, "histogram": [0, 0, 0, 0, 0, 0, 1, 1, 1, 0]}
SHEET: Final[dict[str, Any]] = SCORE | {
    "version": VERSION,
    "prior": 10,
    "site_mean": 3.52,
    "circle": VOICES,
    "first_viewings": VOICES,
    "rewatches": {"count": 0, "mean": None, "histogram": [0] * 10},
    "months": [{"month": "2026-10", "count": 311, "mean": 4.12}],
}


def rounded(mean: float | Decimal | None) -> float | None:
    return None if mean is None else round(float(mean), 2)


class VoicesSerializer(serializers.Serializer[Voices]):
    """Some of the ratings: `mean` in stars, `histogram` from ½ star to 5."""

    count = serializers.IntegerField(read_only=True)
    mean = serializers.SerializerMethodField()
    histogram = serializers.ListField(
        child=serializers.IntegerField(min_value=0), min_length=10, max_length=10, read_only=True
    )

    def get_mean(self, voices: Voices) -> float | None:
        return rounded(voices.mean)


class MonthSerializer(serializers.Serializer[Any]):
    """How many ratings came in a month, and the mean of all until its end."""

    month = serializers.SerializerMethodField(help_text="Year and month, `2026-10`.")
    count = serializers.IntegerField(read_only=True)
    mean = serializers.SerializerMethodField()

    def get_month(self, row: Any) -> str:
        return f"{row.month:%Y-%m}"

    def get_mean(self, row: Any) -> float:
        return round(row.mean, 2)


@example(SHEET)
class SheetSerializer(serializers.Serializer[Sheet]):
    """The score, and what it is made of. `version` counts the ways in which it was ever made."""

    average = serializers.SerializerMethodField()
    count = serializers.IntegerField(source="film.rating_count", read_only=True)
    histogram = serializers.ListField(
        source="film.rating_histogram",
        child=serializers.IntegerField(min_value=0),
        min_length=10,
        max_length=10,
        read_only=True,
    )
    weighted = serializers.SerializerMethodField(help_text="The average, drawn to the site's mean while votes are few.")
    version = serializers.SerializerMethodField()
    prior = serializers.IntegerField(help_text="With so many ratings of `site_mean` the weighted mean begins.")
    site_mean = serializers.SerializerMethodField()
    circle = VoicesSerializer(allow_null=True, help_text="You and whom you follow; null for somebody signed out.")
    first_viewings = VoicesSerializer(source="first")
    rewatches = VoicesSerializer(source="again")
    months = MonthSerializer(many=True)

    def get_average(self, sheet: Sheet) -> float | None:
        return rounded(sheet.film.average)

    def get_weighted(self, sheet: Sheet) -> float | None:
        return rounded(sheet.weighted)

    def get_version(self, sheet: Sheet) -> int:
        return VERSION

    def get_site_mean(self, sheet: Sheet) -> float | None:
        return rounded(sheet.site_mean)


@extend_schema_view(
    get=extend_schema(summary="Read how a film's score is made", description="Every figure, and the sum itself.")
)
class FilmScore(Endpoint, RetrieveAPIView[Any]):
    serializer_class = SheetSerializer
    queryset = Film.objects.none()

    def get_object(self) -> Sheet:
        return sheet_of(film_here(self), self.request.user)
