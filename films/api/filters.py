"""What lists of people and of what leaves can be narrowed down by, and in which order they come."""

from typing import Any, Final

from django.db.models import QuerySet
from rest_framework import serializers

from films.api.known import Known
from films.browse import MOST_CHOSEN
from films.finding import PEOPLE, Typed
from films.models import Availability, LeftAddress, Person
from films.paging import Run
from films.search import LONGEST_QUERY

PEOPLE_ORDERS: Final = {
    "-credits": (Run(("credit_count", "id")),),
    "name": (Run(("search_text", "id"), descending=False),),
    "updated_at": (Run(("updated_at", "id"), descending=False),),
}


def since(what: str) -> serializers.DateTimeField:
    return serializers.DateTimeField(required=False, help_text=f"{what} Such as `2026-11-01T00:00:00Z`.")


class PeopleFilters(serializers.Serializer[Any]):
    search = serializers.CharField(
        required=False, max_length=LONGEST_QUERY, help_text="Words of the name, misspelt or not; the 600 that fit best."
    )
    updated_since = since("What changed then or later.")
    ordering = serializers.ChoiceField(required=False, choices=list(PEOPLE_ORDERS), help_text="Default `-credits`.")

    def apply(self, people: QuerySet[Person]) -> QuerySet[Person]:
        if "updated_since" in self.validated_data:
            people = people.filter(updated_at__gte=self.validated_data["updated_since"])
        if words := self.validated_data.get("search"):
            return people.filter(pk__in=Typed(words).ids(PEOPLE))
        return people

    def runs(self) -> tuple[Run, ...]:
        return PEOPLE_ORDERS[self.validated_data.get("ordering", "-credits")]


class LeavingFilters(serializers.Serializer[Any]):
    service = serializers.ListField(
        child=serializers.SlugField(max_length=60),
        required=False,
        max_length=MOST_CHOSEN,
        validators=[Known("service")],
        help_text="A service's slug. Given several times, what leaves any of them.",
    )
    country = serializers.CharField(
        required=False, max_length=4, validators=[Known("country")], help_text="A country's code, such as `GB`."
    )
    before = serializers.DateField(required=False, help_text="Only what leaves before this day.")

    def apply(self, places: QuerySet[Availability]) -> QuerySet[Availability]:
        asked = self.validated_data
        if "service" in asked:
            places = places.filter(service__slug__in=asked["service"])
        if "country" in asked:
            places = places.filter(country=asked["country"].upper())
        return places.filter(ends_on__lt=asked["before"]) if "before" in asked else places


class LeftFilters(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(required=False, choices=LeftAddress.Kind.choices, help_text="Only films, or people.")
    since = since("What was left then or later.")

    def apply(self, left: QuerySet[LeftAddress]) -> QuerySet[LeftAddress]:
        asked = self.validated_data
        if "kind" in asked:
            left = left.filter(kind=asked["kind"])
        return left.filter(left_at__gte=asked["since"]) if "since" in asked else left
