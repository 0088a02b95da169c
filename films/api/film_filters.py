"""What the list of films can be narrowed down by, and in which order it comes."""

import re
from collections.abc import Mapping
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from accounts.models.viewer import Viewer
from films.api.filters import since
from films.api.known import refusal, unknown_among
from films.browse import LENGTHS, MOST_CHOSEN, PARAMETERS, Filters, Pair, lacking
from films.catalogue import Reading
from films.choices import NAMED, Choices
from films.elsewhere import films_called
from films.finding import FILMS, Typed
from films.models import FilmId
from films.models.film import FIRST_YEAR, LAST_YEAR
from films.models.outside import id_in
from films.narrowed import narrowing_of
from films.narrowing import Narrowing, Sql
from films.orders import Leg, legs_of
from films.periods import in_all, span
from films.search import LONGEST_QUERY

ORDERS: Final = {
    "-popularity": "popular",
    "-popularity_week": "week",
    "-popularity_month": "month",
    "-popularity_year": "year",
    "-rating": "rating",
    "-year": "newest",
    "year": "oldest",
    "title": "title",
    "runtime": "length",
    "-runtime": "longest",
}
OUTSIDE: Final = (FilmId.Source.IMDB, FilmId.Source.TMDB, FilmId.Source.WIKIDATA)
# What the page of the catalogue has no filter for.
BESIDES: Final = ("search", "leaving_before", "updated_since", *map(str, OUTSIDE))
MOST_IDS: Final = 100  # of one catalogue: as many as a page has films
LEAVING: Final = """SELECT a.film_id FROM films_availability a
    WHERE (a.starts_on IS NULL OR a.starts_on <= %s) AND a.ends_on >= %s AND a.ends_on < %s AND (%s = ''
    OR a.service_id IN (SELECT id FROM films_service WHERE slug = %s))"""

CHANGED: Final = "SELECT id AS film_id FROM films_film WHERE updated_at >= %s"


class OutsideId(serializers.CharField):
    """What another catalogue calls a film; the address of its page there does as well."""

    def __init__(self, outside: FilmId.Source) -> None:
        super().__init__(max_length=300)
        self.outside = outside

    def to_internal_value(self, said: Any) -> str:
        try:
            return id_in("film", self.outside, super().to_internal_value(said))
        except ValidationError as refusal:
            raise serializers.ValidationError(refusal.messages) from None


def called(outside: FilmId.Source, example: str) -> serializers.ListField:
    return serializers.ListField(
        child=OutsideId(outside),
        required=False,
        max_length=MOST_IDS,
        help_text=f"What {outside.label} calls it, such as `{example}`. Given up to {MOST_IDS} times: one of these.",
    )


def several(what: str, longest: int, of: type[serializers.CharField] = serializers.SlugField) -> serializers.ListField:
    return serializers.ListField(
        child=of(max_length=longest),
        required=False,
        max_length=MOST_CHOSEN,
        help_text=f"{what} Given several times, films that have all of them.",
    )


def none_of(what: str, longest: int, of: type[serializers.CharField] = serializers.SlugField) -> serializers.ListField:
    return serializers.ListField(
        child=of(max_length=longest),
        required=False,
        max_length=MOST_CHOSEN,
        help_text=f"{what} Leaves out the films that have it. May be given several times.",
    )


class FilmFilters(serializers.Serializer[Any]):
    """The query of a list of films."""

    search = serializers.CharField(
        required=False,
        max_length=LONGEST_QUERY,
        help_text="Words of the title, the year, a director or the cast, misspelt or not; the 600 that fit best.",
    )
    genre = several("A genre's slug.", 40)
    not_genre = none_of("A genre's slug.", 40)
    year = serializers.IntegerField(
        required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR, help_text="The year it was first shown."
    )
    decade = serializers.RegexField(
        r"^(18|19|20)\d0s?$",
        required=False,
        help_text="Such as `1990s`.",
        error_messages={"invalid": _("Write a decade such as 1990s.")},
    )
    from_year = serializers.IntegerField(
        required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR, help_text="First shown in that year or later."
    )
    to_year = serializers.IntegerField(
        required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR, help_text="First shown in that year or earlier."
    )
    country = several("A country's code, such as `GB`.", 4)
    not_country = none_of("A country's code.", 4)
    language = several("A language's code, such as `en`.", 8)
    not_language = none_of("A language's code.", 8)
    person = several("The slug, present or former, of somebody who worked on it.", 120)
    not_person = none_of("The slug, present or former, of somebody who worked on it.", 120)
    service = several("The slug of a service on which it can be watched.", 60)
    not_service = none_of("A service's slug.", 60)
    company = several("The slug of a company that produced it.", 120)
    not_company = none_of("A company's slug.", 120)
    franchise = several("The slug of its franchise.", 120)
    not_franchise = none_of("A franchise's slug.", 120)
    note = several("A content note's slug.", 60)
    without = none_of("A content note's slug.", 60)
    access = several("An accessibility feature's slug.", 60)
    not_access = none_of("An accessibility feature's slug.", 60)
    certificate = several("A country's code and its certificate, such as `GB:15`.", 45, serializers.CharField)
    not_certificate = none_of("A country's code and its certificate.", 45, serializers.CharField)
    min_rating = serializers.FloatField(
        required=False, min_value=0, max_value=5, help_text="The least average, in stars."
    )
    min_ratings = serializers.IntegerField(
        required=False, min_value=1, max_value=9_999_999, help_text="At least so many ratings."
    )
    length = serializers.ChoiceField(
        required=False, choices=list(LENGTHS), help_text="Under 90 minutes, 90 to 150, or longer."
    )
    min_runtime = serializers.IntegerField(
        required=False, min_value=1, max_value=6000, help_text="At least so many minutes long."
    )
    max_runtime = serializers.IntegerField(
        required=False, min_value=1, max_value=6000, help_text="At most so many minutes long."
    )
    imdb = called(FilmId.Source.IMDB, "tt3890160")
    tmdb = called(FilmId.Source.TMDB, "339403")
    wikidata = called(FilmId.Source.WIKIDATA, "Q21086003")
    updated_since = since("What changed then or later; ratings are no change.")
    leaving_before = serializers.DateField(
        required=False, help_text="Films that leave a service (`service`, if given) before this day."
    )
    counts = serializers.ChoiceField(
        required=False, choices=["1"], help_text="Say also how many films are found, and how many with each choice."
    )
    ordering = serializers.ChoiceField(
        required=False, choices=list(ORDERS), help_text="Default `-popularity`. What has no such fact comes last."
    )

    def __init__(self, *args: Any, viewer: Viewer = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer

    def validate_decade(self, decade: str) -> int:
        return int(re.sub(r"\D", "", decade))

    def load(self, reading: Reading) -> Choices:
        asked = self.validated_data
        return Choices.load({kind: [*asked.get(kind, ()), *asked.get(lacking(kind), ())] for kind in NAMED}, reading)

    def sort(self) -> str:
        return ORDERS[self.validated_data.get("ordering", "-popularity")]

    def filters(self, choices: Choices) -> Filters | None:
        """As the page has them; None where something is asked for that no film has.

        Raises ValidationError for what is no name of anything here.
        """
        sides: dict[str, list[Pair]] = {"has": [], "lacks": []}
        without_films: dict[str, list[str]] = {}
        for name, (kind, side) in PARAMETERS.items():
            for said in dict.fromkeys(self.validated_data.get(name, ())):
                if (slug := choices.find(kind, said)) and said.casefold() == slug.casefold():
                    sides[side].append((kind, slug))
                else:
                    without_films.setdefault(name, []).append(said)
        self.refuse_unknown(without_films, choices)
        if any(PARAMETERS[name][1] == "has" for name in without_films) or self.years() is None:
            return None
        return self.made(choices, **{side: tuple(pairs) for side, pairs in sides.items()})

    def refuse_unknown(self, asked: Mapping[str, list[str]], choices: Choices) -> None:
        faults = {}
        for name, said in asked.items():
            kind, _side = PARAMETERS[name]
            if unknown := unknown_among(kind, said):
                faults[name] = [refusal(kind, each, choices.names[kind]) for each in unknown]
        if faults:
            raise serializers.ValidationError(faults)

    def made(self, choices: Choices, **chosen: Any) -> Filters:
        return Filters(choices=choices, **chosen, **self.measures())

    def years(self) -> tuple[int | None, int | None] | None:
        """Those in all that is said of them; None where that is none."""
        asked = self.validated_data
        decade, year = asked.get("decade"), asked.get("year")
        of_decade = (decade, decade + 9) if decade else (None, None)
        return in_all([span(asked.get("from_year"), asked.get("to_year")), of_decade, (year, year)])

    def measures(self) -> dict[str, Any]:
        asked = self.validated_data
        first, last = self.years() or (None, None)
        shortest, longest = span(asked.get("min_runtime"), asked.get("max_runtime"))
        return {
            "first_year": first,
            "last_year": last,
            "min_rating": str(asked.get("min_rating") or ""),
            "min_ratings": asked.get("min_ratings"),
            "min_runtime": shortest,
            "max_runtime": longest,
            "length": asked.get("length", ""),
            "sort": self.sort(),
        }

    def narrowing(self, filters: Filters, viewer: Viewer) -> Narrowing:
        return narrowing_of(filters).and_(self.besides())

    def besides(self) -> Narrowing:
        """The filters of BESIDES."""
        asked, found = self.validated_data, Narrowing()
        if "search" in asked:
            found = found.and_(Narrowing(among=(tuple(Typed(asked["search"]).ids(FILMS)),)))
        if "leaving_before" in asked:
            today = timezone.localdate()
            for service in asked.get("service") or [""]:
                leaving = Sql(LEAVING, (today, today, asked["leaving_before"], service, service))
                found = found.and_(Narrowing(among=(leaving,)))
        if "updated_since" in asked:
            found = found.and_(Narrowing(among=(Sql(CHANGED, (asked["updated_since"],)),)))
        for source in OUTSIDE:
            if source in asked:
                found = found.and_(Narrowing(among=(films_called(source, asked[source]),)))
        return found

    def legs(self, filters: Filters, viewer: Viewer) -> tuple[Leg, ...]:
        return legs_of(filters.sort)

    def hides_scores(self, viewer: Viewer) -> bool:
        return False
