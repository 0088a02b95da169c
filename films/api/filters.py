"""What lists of the catalogue can be narrowed down by, and in which order they come."""

import re
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from films.browse import MOST_GENRES, MOST_NOTES, SEVERAL, Filters, runs_of
from films.choices import Choices
from films.models import Availability, Credit, Film, Person
from films.models.film import FIRST_YEAR, LAST_YEAR
from films.paging import Run
from films.search import LONGEST_QUERY, find_films, find_people

ORDERS: Final = {
    "-popularity": "popular",
    "-rating": "rating",
    "-year": "newest",
    "year": "oldest",
    "title": "title",
    "runtime": "length",
}
PEOPLE_ORDERS: Final = {
    "-credits": (Run(("credit_count", "id")),),
    "name": (Run(("name", "id"), descending=False),),
}


class FilmFilters(serializers.Serializer[Any]):
    """The query of a list of films."""

    search = serializers.CharField(
        required=False, max_length=LONGEST_QUERY, help_text="Words of the title, the year, a director or the cast."
    )
    genre = serializers.ListField(
        child=serializers.SlugField(max_length=40),
        required=False,
        max_length=MOST_GENRES,
        help_text="A genre's slug; given several times, films that are all of them.",
    )
    year = serializers.IntegerField(
        required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR, help_text="The year it was first shown."
    )
    decade = serializers.RegexField(
        r"^(18|19|20)\d0s?$",
        required=False,
        help_text="Such as `1990s`.",
        error_messages={"invalid": _("Write a decade such as 1990s.")},
    )
    country = serializers.CharField(required=False, max_length=4, help_text="A country's code, such as `GB`.")
    language = serializers.CharField(required=False, max_length=8, help_text="A language's code, such as `en`.")
    person = serializers.CharField(required=False, max_length=120, help_text="The slug of somebody who worked on it.")
    service = serializers.SlugField(required=False, max_length=60, help_text="A service on which it can be watched.")
    company = serializers.SlugField(required=False, max_length=120, help_text="The slug of a company that produced it.")
    franchise = serializers.SlugField(required=False, max_length=120, help_text="The slug of its franchise.")
    without = serializers.ListField(
        child=serializers.SlugField(max_length=60),
        required=False,
        max_length=MOST_NOTES,
        help_text="A content note's slug: leaves out the films that have it. May be given several times.",
    )
    access = serializers.ListField(
        child=serializers.SlugField(max_length=60),
        required=False,
        max_length=MOST_NOTES,
        help_text="An accessibility feature's slug; given several times, films that have all of them.",
    )
    min_rating = serializers.FloatField(
        required=False, min_value=0, max_value=5, help_text="The least average, in stars."
    )
    leaving_before = serializers.DateField(
        required=False, help_text="Films that leave a service (`service`, if given) before this day."
    )
    ordering = serializers.ChoiceField(
        required=False, choices=list(ORDERS), help_text="Default `-popularity`. What has no such fact comes last."
    )

    def validate_decade(self, decade: str) -> int:
        return int(re.sub(r"\D", "", decade))

    def apply(self, films: QuerySet[Film]) -> QuerySet[Film]:
        asked = self.validated_data
        if "search" in asked:
            films = films.filter(pk__in=find_films(asked["search"]).order_by().values("pk"))
        if "person" in asked:
            films = films.filter(Exists(Credit.objects.filter(film=OuterRef("pk"), person__slug=asked["person"])))
        if "leaving_before" in asked:
            films = films.filter(self._leaving())
        wanted = [(kind, slug) for kind in SEVERAL for slug in asked.get(kind, ())]
        wanted += [(kind, asked[kind]) for kind in ("company", "franchise") if kind in asked]
        if "service" in asked and "leaving_before" not in asked:
            wanted.append(("service", asked["service"]))
        named = {kind: asked.get(kind, "") for kind in ("company", "franchise")}
        choices = Choices.load(**named) if wanted else Choices()
        if any(each not in choices.ids for each in wanted):
            return films.none()
        return self._shared(choices).apply(films)

    def _shared(self, choices: Choices) -> Filters:
        """What the page of the catalogue filters by as well."""
        asked = self.validated_data
        several: dict[str, Any] = {kind: tuple(dict.fromkeys(asked.get(kind, ()))) for kind in SEVERAL}
        first = last = asked.get("year")
        if first is None and "decade" in asked:
            first, last = asked["decade"], asked["decade"] + 9
        return Filters(
            choices=choices,
            **several,
            company=asked.get("company", ""),
            franchise=asked.get("franchise", ""),
            first_year=first,
            last_year=last,
            country=asked.get("country", "").upper(),
            language=asked.get("language", "").lower(),
            service="" if "leaving_before" in asked else asked.get("service", ""),
            min_rating=str(asked.get("min_rating") or ""),
        )

    def _leaving(self) -> Q:
        places = Availability.objects.running(timezone.localdate()).filter(
            film=OuterRef("pk"), ends_on__lt=self.validated_data["leaving_before"]
        )
        if service := self.validated_data.get("service"):
            places = places.filter(service__slug=service)
        return Q(Exists(places))

    def runs(self) -> tuple[Run, ...]:
        return runs_of(ORDERS[self.validated_data.get("ordering", "-popularity")])


class PeopleFilters(serializers.Serializer[Any]):
    search = serializers.CharField(required=False, max_length=LONGEST_QUERY, help_text="Words of the name.")
    ordering = serializers.ChoiceField(required=False, choices=list(PEOPLE_ORDERS), help_text="Default `-credits`.")

    def apply(self, people: QuerySet[Person]) -> QuerySet[Person]:
        if words := self.validated_data.get("search"):
            return people.filter(pk__in=find_people(words).order_by().values("pk"))
        return people

    def runs(self) -> tuple[Run, ...]:
        return PEOPLE_ORDERS[self.validated_data.get("ordering", "-credits")]


class LeavingFilters(serializers.Serializer[Any]):
    service = serializers.SlugField(required=False, max_length=60, help_text="A service's slug.")
    country = serializers.CharField(required=False, max_length=4, help_text="A country's code, such as `GB`.")
    before = serializers.DateField(required=False, help_text="Only what leaves before this day.")

    def apply(self, places: QuerySet[Availability]) -> QuerySet[Availability]:
        asked = self.validated_data
        if "service" in asked:
            places = places.filter(service__slug=asked["service"])
        if "country" in asked:
            places = places.filter(country=asked["country"].upper())
        return places.filter(ends_on__lt=asked["before"]) if "before" in asked else places
