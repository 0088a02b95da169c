"""A member's figures: of all that they saw, and of any year."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.endpoint import Endpoint
from accounts.api.serializers import example
from films.api.refs import FilmRefSerializer
from reviews.api.members import member_showing
from reviews.api.stats_examples import STATS
from reviews.goals import goal_of
from reviews.models import Review
from reviews.stats.figures import Figures, figures_of
from reviews.stats.numbers import Numbers, numbers_of
from reviews.stats.ranking import KINDS
from reviews.stats.years import FIRST, is_year


class StatsFilters(serializers.Serializer[Any]):
    year = serializers.IntegerField(
        required=False,
        help_text=f"Only what was seen in this year, {FIRST} or later; all of it if not given.",
    )

    def validate_year(self, year: int) -> int:
        today = timezone.localdate()
        if not is_year(year, today):
            said = _("Give a year from %(first)d to %(last)d.") % {"first": FIRST, "last": today.year + 1}
            raise serializers.ValidationError(said)
        return year


class SeenMonthSerializer(serializers.Serializer[Any]):
    month = serializers.CharField(help_text="As 2026-03.")
    viewings = serializers.IntegerField()


class SeenDaySerializer(serializers.Serializer[Any]):
    day = serializers.DateField()
    viewings = serializers.IntegerField()


class RankedSerializer(serializers.Serializer[Any]):
    """`rated` of the films have stars, `average` is their mean."""

    slug = serializers.CharField(help_text="A code, for countries and languages.")
    name = serializers.CharField()
    films = serializers.IntegerField()
    rated = serializers.IntegerField()
    average = serializers.FloatField(source="mean", allow_null=True)


class RankingSerializer(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=KINDS)
    most_seen = RankedSerializer(many=True, source="most")
    highest_rated = RankedSerializer(
        many=True, source="best", help_text="With three rated films or more, two in a year."
    )


class SeenOnSerializer(serializers.Serializer[Any]):
    film = FilmRefSerializer()
    watched_on = serializers.DateField(source="of.day")


class LongestFilmSerializer(serializers.Serializer[Any]):
    film = FilmRefSerializer()
    minutes = serializers.IntegerField(source="of.number")


class RatedFilmSerializer(serializers.Serializer[Any]):
    film = FilmRefSerializer()
    stars = serializers.FloatField(source="of.stars")


class SeenAgainSerializer(serializers.Serializer[Any]):
    film = FilmRefSerializer()
    viewings = serializers.IntegerField(source="of.number")


class LikedFilmSerializer(serializers.Serializer[Any]):
    film = FilmRefSerializer()
    likes = serializers.IntegerField(source="of.number")


class RatedApartSerializer(serializers.Serializer[Any]):
    film = FilmRefSerializer()
    stars = serializers.FloatField(source="of.stars")
    members_mean = serializers.FloatField(source="of.mean", help_text="The weighted mean of all members.")


class PeriodSerializer(serializers.Serializer[Any]):
    """A film that was seen twice is two viewings and one film.

    Without a year, films are those that are marked as watched, and stars what the member gives them now. Of a year,
    films are those of its viewings, and stars those of the evening.
    """

    year = serializers.IntegerField(allow_null=True)
    viewings = serializers.IntegerField()
    films = serializers.IntegerField()
    minutes = serializers.IntegerField(help_text="Of films whose running time is known.")
    films_without_runtime = serializers.IntegerField(source="untimed")
    rewatches = serializers.IntegerField(source="again")
    days_with_viewings = serializers.SerializerMethodField()
    average = serializers.FloatField(allow_null=True)
    histogram = serializers.SerializerMethodField(help_text="From ½ star to 5; null for a reader who hides scores.")
    months = serializers.SerializerMethodField(help_text="Those with viewings.")
    weekdays = serializers.ListField(
        source="by_weekday",
        child=serializers.IntegerField(),
        min_length=7,
        max_length=7,
        help_text="Viewings, from Monday.",
    )
    days = serializers.SerializerMethodField(help_text="Those with viewings; only where a year is asked for.")
    rankings = RankingSerializer(many=True)
    first = serializers.SerializerMethodField()
    last = serializers.SerializerMethodField()
    longest = serializers.SerializerMethodField()
    highest_rated = serializers.SerializerMethodField(help_text="Films; among equals the best known.")
    seen_again = serializers.SerializerMethodField()
    above_members = serializers.SerializerMethodField(help_text="Liked better than by members at large, by how much.")
    below_members = serializers.SerializerMethodField(help_text="Liked less.")
    most_liked = serializers.SerializerMethodField(help_text="What most members like.")

    def get_days_with_viewings(self, figures: Figures) -> int:
        return len(figures.by_day)

    def get_histogram(self, figures: Figures) -> list[int] | None:
        return figures.histogram if figures.stars_shown else None

    @extend_schema_field(SeenMonthSerializer(many=True))
    def get_months(self, figures: Figures) -> Any:
        months = sorted(figures.by_month.items())
        return [{"month": f"{month:%Y-%m}", "viewings": number} for month, number in months]

    @extend_schema_field(SeenDaySerializer(many=True))
    def get_days(self, figures: Figures) -> Any:
        days = sorted(figures.by_day.items()) if figures.year else []
        return SeenDaySerializer([{"day": day, "viewings": number} for day, number in days], many=True).data

    @extend_schema_field(SeenOnSerializer(allow_null=True))
    def get_first(self, figures: Figures) -> Any:
        return _one(SeenOnSerializer, figures, figures.standouts.first)

    @extend_schema_field(SeenOnSerializer(allow_null=True))
    def get_last(self, figures: Figures) -> Any:
        return _one(SeenOnSerializer, figures, figures.standouts.last)

    @extend_schema_field(LongestFilmSerializer(allow_null=True))
    def get_longest(self, figures: Figures) -> Any:
        return _one(LongestFilmSerializer, figures, figures.standouts.longest)

    @extend_schema_field(RatedFilmSerializer(many=True))
    def get_highest_rated(self, figures: Figures) -> Any:
        return _all(RatedFilmSerializer, figures, figures.standouts.best)

    @extend_schema_field(SeenAgainSerializer(many=True))
    def get_seen_again(self, figures: Figures) -> Any:
        return _all(SeenAgainSerializer, figures, figures.standouts.again)

    @extend_schema_field(RatedApartSerializer(many=True))
    def get_above_members(self, figures: Figures) -> Any:
        return _all(RatedApartSerializer, figures, figures.standouts.above)

    @extend_schema_field(RatedApartSerializer(many=True))
    def get_below_members(self, figures: Figures) -> Any:
        return _all(RatedApartSerializer, figures, figures.standouts.below)

    @extend_schema_field(LikedFilmSerializer(many=True))
    def get_most_liked(self, figures: Figures) -> Any:
        return _all(LikedFilmSerializer, figures, figures.standouts.liked)


def _all(serializer: type[serializers.Serializer[Any]], figures: Figures, rows: list[Any]) -> Any:
    found = [{"film": film, "of": row} for row in rows if (film := figures.cards.get(row.film))]
    return [serializer(each).data for each in found]


def _one(serializer: type[serializers.Serializer[Any]], figures: Figures, row: Any) -> Any:
    return next(iter(_all(serializer, figures, [row] if row else [])), None)


@example(STATS)
class StatsSerializer(serializers.Serializer[Any]):
    """What there is of a member now, and of a `period` what they saw. `histogram` counts ratings from ½ star to 5."""

    watched = serializers.IntegerField()
    rated = serializers.IntegerField()
    liked = serializers.IntegerField()
    in_watchlist = serializers.IntegerField()
    reviews = serializers.IntegerField(help_text="As many as you may read.")
    watched_this_year = serializers.IntegerField()
    average = serializers.FloatField(allow_null=True)
    histogram = serializers.ListField(child=serializers.IntegerField(), min_length=10, max_length=10)
    years = serializers.ListField(child=serializers.IntegerField(), help_text="With viewings, the latest first.")
    goal = serializers.IntegerField(
        allow_null=True, help_text="Of the year that was asked for: how many films the member means to see in it."
    )
    period = PeriodSerializer(help_text="Of the year that was asked for, or of all of them.")


@extend_schema_view(
    get=extend_schema(
        summary="Read a member's stats", parameters=[StatsFilters], responses=StatsSerializer,
        description="What there is of a member now; and for all years together, or for one, what they saw, when, and "
        "what stands out.",
    )
)  # fmt: skip
class MemberStats(Endpoint, GenericAPIView[Any]):
    serializer_class = StatsSerializer
    filters_class = StatsFilters

    def get(self, request: Request, username: str) -> Response:
        year = self.asked().validated_data.get("year")
        member = member_showing(self)
        figures = figures_of(member, request.user, year)
        numbers = numbers_of(member, request.user)
        reviews = Review.objects.visible_to(request.user).filter(member=member).count()
        goal = goal_of(member, request.user, year)
        stats = _now(numbers) | {"reviews": reviews, "years": figures.years, "period": figures}
        stats["goal"] = goal and goal.films
        return Response(StatsSerializer(stats).data)


def _now(numbers: Numbers) -> dict[str, Any]:
    total = sum(count * half_stars for half_stars, count in enumerate(numbers.histogram, start=1))
    return {
        "watched": numbers.watched,
        "rated": numbers.rated,
        "liked": numbers.liked,
        "in_watchlist": numbers.in_watchlist,
        "watched_this_year": numbers.this_year,
        "average": round(total / numbers.rated / 2, 2) if numbers.rated else None,
        "histogram": numbers.histogram,
    }
