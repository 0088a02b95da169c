"""Lists of films: reading, making, liking and copying them."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.generics import GenericAPIView, ListAPIView, ListCreateAPIView, RetrieveUpdateDestroyAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from accounts.api.endpoint import Endpoint
from accounts.api.permissions import Members
from config.api.errors import Conflict
from config.freshness import ANY
from config.keeping import Tags
from films.api.queries import film_here
from films.paging import Run
from reviews.actions.listing import StaleList, change_list, clone_list, delete_list, like_list, make_list, unlike_list
from reviews.actions.refinding import change_finds
from reviews.api.filters import Reveal
from reviews.api.list_serializers import (
    LIST_ORDERS,
    LinkKey,
    ListChangeSerializer,
    ListCopySerializer,
    ListFilters,
    ListNewSerializer,
    ListSerializer,
    lists_for,
    load_lists,
)
from reviews.api.members import member_showing
from reviews.lists import lists_with
from reviews.models import FilmList


def link_key_of(request: Request) -> str:
    return str(request.query_params.get("key", ""))[:24]


@extend_schema_view(
    get=extend_schema(
        summary="List lists",
        description="Those that you may see, the latest changed first.",
    ),
    post=extend_schema(
        summary="Make a list",
        description="The same title and description twice within five minutes, still without films, are one list. With "
        "`finds` it fills itself, for ever: nothing can be put on it by hand.",
        request=ListNewSerializer,
        responses={201: ListSerializer},
    ),
)
class Lists(Endpoint, ListCreateAPIView[FilmList]):
    serializer_class = ListSerializer
    filters_class = ListFilters

    def get_queryset(self) -> QuerySet[FilmList]:
        self.filters: ListFilters = self.asked()
        rows: QuerySet[FilmList] = self.filters.apply(FilmList.objects.visible_to(self.request.user))
        return rows

    def made_of(self, said: Any) -> Tags:
        return (ANY,)

    def load(self, numbers: list[int]) -> list[FilmList]:
        return load_lists(self.request.user, numbers)

    def get_runs(self) -> tuple[Run, ...]:
        return self.filters.runs()

    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        sent = ListNewSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        made = make_list(member=self.me, details=sent.details(), filters=sent.filters)
        answer = self.get_serializer(lists_for(request.user).get(pk=made.pk)).data
        return Response(answer, status=201, headers={"Location": request.build_absolute_uri(f"{made.pk}/")})


@extend_schema_view(
    get=extend_schema(summary="Read a list", parameters=[LinkKey]),
    patch=extend_schema(
        summary="Change your list",
        description="What is left out stays. Send the `version` that you read, and nobody's edit is lost: a list that "
        "was changed since is refused with 409.",
        request=ListChangeSerializer,
        responses=ListSerializer,
    ),
    delete=extend_schema(summary="Delete your list", description="With its notes, likes and comments."),
)
class ListDetail(Endpoint, RetrieveUpdateDestroyAPIView[FilmList]):
    """One list, where you may see it."""

    serializer_class = ListSerializer
    http_method_names = ["get", "patch", "delete", "head"]

    def get_queryset(self) -> Any:
        return lists_for(self.request.user, link_key=link_key_of(self.request))

    def patch(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        film_list = self.get_object()
        sent = ListChangeSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        version = sent.validated_data.get("version", film_list.version)
        try:
            with transaction.atomic():  # both or neither
                change_list(member=self.me, film_list=film_list, details=sent.details(film_list), version=version)
                if sent.filters is not None:
                    change_finds(member=self.me, film_list=film_list, filters=sent.filters)
        except StaleList as stale:
            raise Conflict(str(stale), code="stale") from None
        return Response(self.get_serializer(self.get_object()).data)

    def perform_destroy(self, film_list: FilmList) -> None:
        delete_list(member=self.me, film_list=film_list)


@extend_schema_view(
    put=extend_schema(summary="Like a list", parameters=[LinkKey], request=None, responses={204: None}),
    delete=extend_schema(summary="Take back a like of a list", parameters=[LinkKey], responses={204: None}),
)
class ListLiking(Endpoint, GenericAPIView[FilmList]):
    """Your like of somebody else's list. Both verbs may be repeated."""

    permission_classes = [Members]
    serializer_class = BaseSerializer[Any]

    def get_queryset(self) -> QuerySet[FilmList]:
        return FilmList.objects.visible_to(self.request.user, link_key=link_key_of(self.request))

    def put(self, request: Request, pk: int) -> Response:
        like_list(member=self.me, film_list=self.get_object(), link_key=link_key_of(request))
        return Response(status=204)

    def delete(self, request: Request, pk: int) -> Response:
        unlike_list(member=self.me, film_list=self.get_object())
        return Response(status=204)


@extend_schema_view(
    post=extend_schema(
        summary="Copy a list",
        description="The copy is yours, for your eyes only at first, and keeps the credit. Twice within five minutes "
        "is one copy.",
        parameters=[LinkKey],
        request=ListCopySerializer,
        responses={201: ListSerializer},
    )
)
class ListCloning(Endpoint, GenericAPIView[FilmList]):
    permission_classes = [Members]
    serializer_class = ListSerializer

    def get_queryset(self) -> QuerySet[FilmList]:
        return FilmList.objects.visible_to(self.request.user, link_key=link_key_of(self.request))

    def post(self, request: Request, pk: int) -> Response:
        sent = ListCopySerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        by_hand = sent.validated_data["by_hand"]
        made = clone_list(member=self.me, film_list=self.get_object(), link_key=link_key_of(request), by_hand=by_hand)
        answer = self.get_serializer(lists_for(request.user).get(pk=made.pk)).data
        location = request.build_absolute_uri(f"../../{made.pk}/")
        return Response(answer, status=201, headers={"Location": location})


@extend_schema_view(
    get=extend_schema(summary="List the lists with a film", description="Public ones, the most liked first.")
)
class FilmLists(Endpoint, ListAPIView[FilmList]):
    serializer_class = ListSerializer
    filters_class = Reveal

    def get_queryset(self) -> Any:
        there = lists_with(film_here(self), self.request.user).values("pk")
        return FilmList.objects.visible_to(self.request.user).filter(pk__in=there)

    def load(self, numbers: list[int]) -> list[FilmList]:
        return load_lists(self.request.user, numbers)

    def get_runs(self) -> tuple[Run, ...]:
        return LIST_ORDERS["-likes"]


@extend_schema_view(
    get=extend_schema(summary="List a member's lists", description="Those that you may see, the latest changed first.")
)
class MemberLists(Endpoint, ListAPIView[FilmList]):
    serializer_class = ListSerializer
    filters_class = Reveal

    def get_queryset(self) -> Any:
        return FilmList.objects.visible_to(self.request.user).filter(member=member_showing(self))

    def load(self, numbers: list[int]) -> list[FilmList]:
        return load_lists(self.request.user, numbers)

    def get_runs(self) -> tuple[Run, ...]:
        return LIST_ORDERS["-updated_at"]
