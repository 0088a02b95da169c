"""A film's score with its arithmetic, as programs read it."""

from decimal import Decimal
from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.generics import RetrieveAPIView

from accounts.api.endpoint import Endpoint
from accounts.api.serializers import example
from films.api.queries import film_here
from films.models import Film
from reviews.api import examples_of_scores as examples
from reviews.blind import cover, covered_among
from reviews.incidents import Holding
from reviews.models import Article
from reviews.score_counts import VERSION
from reviews.scoring import Sheet, sheet_of
from reviews.voices import Voices, percentages


def rounded(mean: float | Decimal | None) -> float | None:
    return None if mean is None else round(float(mean), 2)


def ten(**told: Any) -> serializers.ListField:
    """A number for each rating from ½ star to 5."""
    return serializers.ListField(
        child=serializers.IntegerField(min_value=0), min_length=10, max_length=10, read_only=True, **told
    )


class TallySerializer(serializers.Serializer[Voices]):
    """Ratings: `mean` in stars, `histogram` from ½ star to 5, `percentages` the same in whole percent: 100 in all."""

    count = serializers.IntegerField(read_only=True)
    mean = serializers.SerializerMethodField()
    histogram = ten()
    percentages = serializers.SerializerMethodField()

    def get_mean(self, voices: Voices) -> float | None:
        return rounded(voices.mean)

    def get_percentages(self, voices: Voices) -> list[int]:
        return percentages(voices.histogram)


class VoicesSerializer(serializers.Serializer[Voices]):
    """Some of the ratings. Of fewer than three people only the count is told: `mean` and `histogram` are null."""

    count = serializers.IntegerField(read_only=True)
    mean = serializers.SerializerMethodField()
    histogram = serializers.SerializerMethodField()

    def get_mean(self, voices: Voices) -> float | None:
        return rounded(voices.mean) if voices.is_told else None

    def get_histogram(self, voices: Voices) -> list[int] | None:
        return list(voices.histogram) if voices.is_told else None


class MonthSerializer(serializers.Serializer[Any]):
    """How many ratings that count came in a month, and the mean of all until its end."""

    month = serializers.SerializerMethodField(help_text="Year and month, `2026-10`.")
    count = serializers.IntegerField(read_only=True)
    mean = serializers.SerializerMethodField()

    def get_month(self, row: Any) -> str:
        return f"{row.month:%Y-%m}"

    def get_mean(self, row: Any) -> float:
        return round(row.mean, 2)


class AsideSerializer(serializers.Serializer[Sheet]):
    """How many ratings each public rule sets aside: an incident holds them, or their member is suspended."""

    held = serializers.IntegerField(read_only=True)
    suspended = serializers.IntegerField(read_only=True)


class BlindSerializer(serializers.Serializer[Sheet]):
    """Ratings given while their members saw no score of the film; `mean` from the third on."""

    count = serializers.IntegerField(source="film.blind_count", read_only=True)
    mean = serializers.SerializerMethodField()

    def get_mean(self, sheet: Sheet) -> float | None:
        return rounded(sheet.blind_mean)


class CriticSerializer(serializers.Serializer[Article]):
    """What a critic gave, on the critic's own scale: never made into stars, and in no mean."""

    title = serializers.CharField(read_only=True)
    slug = serializers.SlugField(read_only=True)
    outlet = serializers.CharField(read_only=True)
    byline = serializers.CharField(read_only=True)
    value = serializers.FloatField(source="score_value", read_only=True)
    scale = serializers.FloatField(source="score_scale", read_only=True)


class IncidentSerializer(serializers.Serializer[Holding]):
    """Ratings of the film came in a way that honest evenings do not make: what was seen, what it holds and changes."""

    id = serializers.IntegerField(source="incident.pk", read_only=True)
    held_from = serializers.DateTimeField(source="incident.began_at", read_only=True)
    opened_at = serializers.DateTimeField(source="incident.opened_at", read_only=True)
    ended_at = serializers.DateTimeField(source="incident.ended_at", allow_null=True, read_only=True)
    ending = serializers.CharField(source="incident.ending", read_only=True, help_text="lifted, confirmed or empty.")
    words = serializers.CharField(source="incident.words", read_only=True)
    seen = serializers.DictField(
        source="incident.seen",
        read_only=True,
        help_text="The figures, with the version of the `rule`; shares are of 1.",
    )
    held = serializers.IntegerField(source="held.count", read_only=True)
    mean_without = serializers.SerializerMethodField(help_text="The mean as it is.")
    mean_with = serializers.SerializerMethodField(help_text="The mean if all that is held counted.")

    def get_mean_without(self, holding: Holding) -> float | None:
        return rounded(holding.counted.mean)

    def get_mean_with(self, holding: Holding) -> float | None:
        return rounded(holding.if_lifted.mean)


@example(examples.SHEET)
class SheetSerializer(serializers.Serializer[Sheet]):
    """The score, and what it is made of. `version` counts the ways in which it was ever made."""

    hidden = serializers.BooleanField(
        source="is_covered",
        read_only=True,
        help_text="You asked to see no scores before you have rated the film: all is empty.",
    )
    average = serializers.SerializerMethodField()
    count = serializers.IntegerField(source="film.rating_count", read_only=True)
    histogram = ten(source="film.rating_histogram")
    percentages = serializers.SerializerMethodField()
    weighted = serializers.SerializerMethodField(help_text="The average, drawn to the site's mean while votes are few.")
    version = serializers.SerializerMethodField()
    prior = serializers.IntegerField(help_text="With so many ratings of `site_mean` the weighted mean begins.")
    site_mean = serializers.SerializerMethodField()
    raw = TallySerializer(help_text="All ratings, with those that are set aside.")
    aside = AsideSerializer(source="*")
    blind = BlindSerializer(source="*")
    circle = VoicesSerializer(allow_null=True, help_text="You and whom you follow; null for somebody signed out.")
    critics = VoicesSerializer(source="counts.critics", help_text="Members whom the house counts as critics.")
    seasoned = VoicesSerializer(source="counts.seasoned", help_text="Members who have rated 50 films or more.")
    first_viewings = VoicesSerializer(source="counts.first")
    rewatches = VoicesSerializer(source="counts.again")
    outside_critics = CriticSerializer(source="articles", many=True)
    months = MonthSerializer(source="counts.months", many=True)
    counted_at = serializers.DateTimeField(
        source="counts.counted_at",
        allow_null=True,
        read_only=True,
        help_text="With more than 5,000 ratings: of when voices and months are. Null: of now.",
    )
    incidents = IncidentSerializer(many=True)

    def get_average(self, sheet: Sheet) -> float | None:
        return rounded(sheet.film.average)

    def get_percentages(self, sheet: Sheet) -> list[int]:
        return percentages(sheet.film.rating_histogram)

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
        film = film_here(self)
        if covered_among(self.request.user, [film.pk]):
            cover(film)
            return Sheet(film, is_covered=True)
        return sheet_of(film, self.request.user)
