"""Which films members own: your shelf, and those of others that you may see."""

from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.generics import ListAPIView, ListCreateAPIView, RetrieveUpdateDestroyAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.endpoint import Endpoint
from accounts.api.permissions import Members
from accounts.api.serializers import example
from accounts.models import Follow
from films.api.filters import since
from films.api.known import Known
from films.api.refs import FilmRefSerializer
from films.paging import Run
from reviews.actions.owning import add_copy, change_copy, drop_copy
from reviews.api import examples
from reviews.api.fields import FilmField
from reviews.api.members import member_showing
from reviews.models import OwnedCopy
from reviews.models.owned_copy import LONGEST_DETAILS, LONGEST_NAME, CopyKind
from reviews.models.viewing import Cut
from reviews.shelf import RUNS, is_shown, shelf_of

ORDERS: Final = {
    "-created_at": RUNS["added"],
    "title": RUNS["title"],
    "-release_date": RUNS["newest"],
    "release_date": RUNS["oldest"],
    "-since": RUNS["since"],
    "since": RUNS["longest"],
    "updated_at": (Run(("updated_at", "id"), descending=False),),
}
SAID: Final = {
    "kind": "bluray", "cut": "directors", "details": "Shelf 3", "since": "2019", "lent_to": "Tom",
    "lent_on": "2026-11-22",
}  # fmt: skip
SHOWN: Final = {
    "id": 12, "film": examples.FILM_REF, "kind": "bluray", "cut": "directors", "since": "2019",
    "created_at": "2026-11-22T17:00:00Z", "updated_at": "2026-11-30T19:00:00Z",
}  # fmt: skip
SINCE: Final = "A year or a day, such as `2019` or `2019-03-05`; empty where it is not known."


class ShelfFilters(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=CopyKind.choices, required=False, help_text="Only copies of this kind.")
    genre = serializers.CharField(
        required=False, max_length=40, validators=[Known("genre")], help_text="A genre's slug."
    )
    decade = serializers.RegexField(
        r"^(18|19|20)\d0s?$",
        required=False,
        help_text="Films of a decade, such as `1990s`.",
        error_messages={"invalid": _("Write a decade such as 1990s.")},
    )
    updated_since = since("What was put there or changed then or later.")
    ordering = serializers.ChoiceField(
        required=False, choices=list(ORDERS), help_text="Default `-created_at`. What has no such fact comes last."
    )

    def apply(self, copies: Any) -> Any:
        asked = self.validated_data
        if "kind" in asked:
            copies = copies.filter(kind=asked["kind"])
        if "genre" in asked:
            copies = copies.filter(film__genres__slug__iexact=asked["genre"])
        if "decade" in asked:
            first = int(asked["decade"][:4])
            copies = copies.filter(film__year__range=(first, first + 9))
        if "updated_since" in asked:
            copies = copies.filter(updated_at__gte=asked["updated_since"])
        return copies

    def runs(self) -> tuple[Run, ...]:
        return ORDERS[self.validated_data.get("ordering", "-created_at")]


class OwnShelfFilters(ShelfFilters):
    film = FilmField(required=False, help_text="A film's slug.")
    lent = serializers.BooleanField(
        required=False, allow_null=True, default=None, help_text="Whether somebody has it on loan."
    )

    def apply(self, copies: Any) -> Any:
        copies, asked = super().apply(copies), self.validated_data
        if "film" in asked:
            copies = copies.filter(film=asked["film"])
        if asked["lent"] is not None:
            copies = copies.filter(~Q(lent_to="") if asked["lent"] else Q(lent_to=""))
        return copies


@example(SHOWN, response_only=True)
class ShownCopySerializer(serializers.ModelSerializer[OwnedCopy]):
    """A copy that a member owns, as others see it."""

    film = FilmRefSerializer(read_only=True)
    cut = serializers.CharField(read_only=True, help_text="As in what you send, or empty.")
    since = serializers.CharField(source="said_since", read_only=True, help_text=SINCE)

    class Meta:
        model = OwnedCopy
        fields = read_only_fields = ["id", "film", "kind", "cut", "since", "created_at", "updated_at"]


@example(SHOWN | SAID, response_only=True)
class CopySerializer(ShownCopySerializer):
    """A copy of a film that you own. `details`, `lent_to` and `lent_on` are told to nobody else."""

    class Meta(ShownCopySerializer.Meta):
        fields = read_only_fields = [
            "id", "film", "kind", "cut", "details", "since", "lent_to", "lent_on", "created_at", "updated_at",
        ]  # fmt: skip


@example(SAID, request_only=True)
class CopyChangeSerializer(serializers.Serializer[Any]):
    """What is left out stays as it is. Without `lent_to`, `lent_on` is forgotten."""

    kind = serializers.ChoiceField(choices=CopyKind.choices, required=False)
    cut = serializers.ChoiceField(choices=Cut.choices, required=False, allow_blank=True)
    details = serializers.CharField(
        required=False, allow_blank=True, help_text=f"Where it stands, or what it is: {LONGEST_DETAILS} characters."
    )
    since = serializers.CharField(required=False, allow_blank=True, help_text=SINCE)
    lent_to = serializers.CharField(
        required=False, allow_blank=True, help_text=f"Who has it: {LONGEST_NAME} characters."
    )
    lent_on = serializers.DateField(required=False, allow_null=True)


@example(SAID | {"film": "baby-driver-2017"}, request_only=True)
class CopyNewSerializer(CopyChangeSerializer):
    """Only `film` and `kind` have to be said."""

    film = FilmField()
    kind = serializers.ChoiceField(choices=CopyKind.choices)


@extend_schema_view(
    get=extend_schema(summary="List your shelf", description="The copies of films that you own."),
    post=extend_schema(
        summary="Put a copy on your shelf",
        description="You may have several of one film.",
        request=CopyNewSerializer,
        responses={201: CopySerializer},
    ),
)
class Shelf(Endpoint, ListCreateAPIView[OwnedCopy]):
    serializer_class = CopySerializer
    permission_classes = [Members]
    filters_class = OwnShelfFilters

    def get_queryset(self) -> QuerySet[OwnedCopy]:
        self.filters: OwnShelfFilters = self.asked()
        copies: QuerySet[OwnedCopy] = self.filters.apply(shelf_of(self.me, self.me))
        return copies

    def get_runs(self) -> tuple[Run, ...]:
        return self.filters.runs()

    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        sent = CopyNewSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        made = add_copy(member=self.me, **sent.validated_data)
        location = request.build_absolute_uri(f"{made.pk}/")
        return Response(self.get_serializer(made).data, status=201, headers={"Location": location})


@extend_schema_view(
    get=extend_schema(summary="Read a copy on your shelf"),
    patch=extend_schema(
        summary="Correct a copy on your shelf",
        description='`"lent_to": ""` says that it is back.',
        request=CopyChangeSerializer,
        responses=CopySerializer,
    ),
    delete=extend_schema(summary="Take a copy off your shelf"),
)
class OneCopy(Endpoint, RetrieveUpdateDestroyAPIView[OwnedCopy]):
    """One copy of one film."""

    serializer_class = CopySerializer
    permission_classes = [Members]
    http_method_names = ["get", "patch", "delete", "head"]

    def get_queryset(self) -> QuerySet[OwnedCopy]:
        return shelf_of(self.me, self.me)

    def patch(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        copy = self.get_object()
        sent = CopyChangeSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        change_copy(member=self.me, copy=copy, **sent.validated_data)
        return Response(self.get_serializer(self.get_object()).data)

    def perform_destroy(self, copy: OwnedCopy) -> None:
        drop_copy(member=self.me, copy=copy)


@extend_schema_view(
    get=extend_schema(
        summary="List a member's shelf",
        description="The films that they own, where they show that: it is their own choice, `shelf_policy` of `me/`.",
    )
)
class MemberShelf(Endpoint, ListAPIView[OwnedCopy]):
    serializer_class = ShownCopySerializer
    filters_class = ShelfFilters

    def get_queryset(self) -> QuerySet[OwnedCopy]:
        self.filters: ShelfFilters = self.asked()
        member, viewer = member_showing(self), self.request.user
        mine = viewer.pk == member.pk
        followed = not mine and Follow.objects.filter(follower=viewer.pk, followed=member).exists()
        if not is_shown(member, mine=mine, followed=followed):
            raise NotFound
        copies: QuerySet[OwnedCopy] = self.filters.apply(shelf_of(member, viewer))
        return copies

    def get_runs(self) -> tuple[Run, ...]:
        return self.filters.runs()
