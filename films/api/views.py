"""Films and people, and what leaves soon."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.generics import ListAPIView, ListCreateAPIView, RetrieveAPIView, RetrieveUpdateAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.endpoint import Endpoint
from accounts.api.permissions import AnyoneReads
from config.freshness import WIDE
from config.keeping import Tags
from films.addresses import person_at
from films.api.changes import FilmChangeSerializer
from films.api.film_filters import FilmFilters
from films.api.film_pages import FilmPages
from films.api.filters import LeavingFilters, LeftFilters, PeopleFilters
from films.api.queries import film_here, load_film_cards, whole_film_at, whole_films, whole_people
from films.api.serializers import (
    FilmCardSerializer,
    FilmSerializer,
    LeavingSerializer,
    LeftAddressSerializer,
    PersonCardSerializer,
    PersonSerializer,
)
from films.freshness import TIERS
from films.models import Availability, Film, LeftAddress, Person
from films.paging import Run


class Curators(AnyoneReads):
    """Everybody reads, curators write."""

    def has_permission(self, request: Request, view: Any) -> bool:
        if not super().has_permission(request, view):
            return False
        needed = {"POST": "films.add_film", "PATCH": "films.change_film"}.get(request.method or "")
        return needed is None or request.user.has_perm(needed)


@extend_schema_view(
    get=extend_schema(
        summary="List films",
        description="The catalogue, filtered and in the order asked for.",
    ),
    post=extend_schema(
        summary="Add a film",
        description="For curators. The address is made from the title and the year.",
        request=FilmChangeSerializer,
        responses={201: FilmSerializer},
    ),
)
class FilmList(Endpoint, ListCreateAPIView[Film]):
    serializer_class = FilmCardSerializer
    permission_classes = [Curators]
    pagination_class = FilmPages
    filters_class = FilmFilters

    queryset = Film.objects.all()

    def load(self, numbers: list[int]) -> list[Film]:
        return load_film_cards(numbers)

    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        change = FilmChangeSerializer(data=request.data)
        change.is_valid(raise_exception=True)
        film = whole_films().get(pk=change.write(curator=self.me).pk)
        answer = FilmSerializer(film, context=self.get_serializer_context()).data
        return Response(answer, status=201, headers={"Location": request.build_absolute_uri(f"{film.slug}/")})


@extend_schema_view(
    get=extend_schema(summary="Read a film", description="All that is known of a film."),
    patch=extend_schema(
        summary="Correct a film",
        description="For curators. A new title or year makes a new address; the old one leads there for ever.",
        request=FilmChangeSerializer(partial=True),
        responses=FilmSerializer,
    ),
)
class FilmDetail(Endpoint, RetrieveUpdateAPIView[Film]):
    serializer_class = FilmSerializer
    permission_classes = [Curators]
    http_method_names = ["get", "patch", "head"]

    def get_queryset(self) -> QuerySet[Film]:
        return whole_films()

    def get_object(self) -> Film:
        return self.at_its_address() or film_here(self, self.get_queryset())

    def at_its_address(self) -> Film | None:
        return whole_film_at(self.kwargs["slug"])

    def patch(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        film = self.get_object()
        change = FilmChangeSerializer(film, data=request.data, partial=True)
        change.is_valid(raise_exception=True)
        change.write(curator=self.me, film=Film.objects.get(pk=film.pk))
        return Response(self.get_serializer(self.get_queryset().get(pk=film.pk)).data)


@extend_schema_view(get=extend_schema(summary="List people", description="Who made the films."))
class PersonList(Endpoint, ListAPIView[Person]):
    serializer_class = PersonCardSerializer
    filters_class = PeopleFilters
    reader = None

    def made_of(self, said: Any) -> Tags:
        return WIDE, TIERS

    def get_queryset(self) -> QuerySet[Person]:
        self.filters: PeopleFilters = self.asked()
        return self.filters.apply(Person.objects.defer("biography", "search_text"))

    def get_runs(self) -> tuple[Run, ...]:
        return self.filters.runs()


@extend_schema_view(get=extend_schema(summary="Read a person", description="A person and all their credits."))
class PersonDetail(Endpoint, RetrieveAPIView[Person]):
    serializer_class = PersonSerializer
    reader = None

    def made_of(self, said: Any) -> Tags:
        return (WIDE,)

    def get_queryset(self) -> QuerySet[Person]:
        return whole_people()

    def get_object(self) -> Person:
        person = self.get_queryset().filter(slug=self.kwargs["slug"]).first()
        return person or self.move(slug=person_at(self.kwargs["slug"]).slug)


@extend_schema_view(
    get=extend_schema(
        summary="List what leaves soon",
        description="Places to watch that end, the soonest first.",
    )
)
class LeavingSoon(Endpoint, ListAPIView[Availability]):
    serializer_class = LeavingSerializer
    filters_class = LeavingFilters

    def get_queryset(self) -> QuerySet[Availability]:
        filters: LeavingFilters = self.asked()
        leaving = Availability.objects.leaving(timezone.localdate())
        return filters.apply(leaving.select_related("film", "service").defer("film__synopsis"))

    def get_runs(self) -> tuple[Run, ...]:
        return (Run(("ends_on", "id"), descending=False),)


@extend_schema_view(
    get=extend_schema(
        summary="List addresses that were left",
        description="Of films and people that were renamed, merged or deleted, the earliest first: with what is new in "
        "`films/` and `people/` all that a copy of the catalogue needs. Who comes back to an address is not listed.",
    )
)
class LeftAddresses(Endpoint, ListAPIView[LeftAddress]):
    serializer_class = LeftAddressSerializer
    filters_class = LeftFilters

    def get_queryset(self) -> QuerySet[LeftAddress]:
        filters: LeftFilters = self.asked()
        return filters.apply(LeftAddress.objects.still_left())

    def get_runs(self) -> tuple[Run, ...]:
        return (Run(("left_at", "id"), descending=False),)
