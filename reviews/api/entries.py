"""What is on a list, its order, and who helps with it."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.exceptions import ValidationError
from rest_framework.generics import GenericAPIView, ListCreateAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.endpoint import Endpoint
from accounts.api.permissions import Members
from accounts.models import User
from config.api.errors import Conflict
from films.api.paging import CursorPages
from films.paging import BadCursor, Run, Slice
from reviews.actions.filling import StaleNote, add_film, change_entry, move_entry, remove_film, reorder
from reviews.actions.helping import answer_invitation, invite_collaborator, part_from_list
from reviews.api.entry_serializers import (
    CollaboratorSerializer,
    EntryChangeSerializer,
    EntryNewSerializer,
    InvitationSerializer,
    ListEntrySerializer,
    OrderSerializer,
    shown_entries,
)
from reviews.api.list_serializers import LinkKey
from reviews.api.lists import link_key_of
from reviews.lists import invitation_to
from reviews.models import Collaborator, FilmList, ListEntry
from reviews.models.film_list import MOST_FOUND
from reviews.self_filling import as_entries, found_by

IN_ORDER = (Run(("position",), descending=False),)


def list_here(view: Any) -> FilmList:
    """The list of the view's address. Raises Http404."""
    shown = FilmList.objects.visible_to(view.request.user, link_key=link_key_of(view.request))
    film_list: FilmList = get_object_or_404(shown, pk=view.kwargs["pk"])
    return film_list


class EntryPages(CursorPages):
    """Of a list that fills itself, pages of what it finds: a cursor is the place behind which a page begins."""

    def read(self, queryset: Any, view: Any, size: int, after: str, before: str) -> Slice[Any]:
        if not view.film_list.fills_itself:
            return super().read(queryset, view, size, after, before)
        found = found_by(view.request.user, view.film_list)
        if before:
            start = max(0, _place(before) - size)
        else:
            start = _place(after) if after else 0
        end = start + size
        rows = as_entries(view.film_list, found, start=start, most=size)
        return Slice(rows, after=str(end) if end < len(found.films) else "", before=str(start) if start else "")


def _place(cursor: str) -> int:
    """Raises BadCursor."""
    if not (cursor.isascii() and cursor.isdigit() and int(cursor[:9]) <= MOST_FOUND):
        raise BadCursor
    return int(cursor)


@extend_schema_view(
    get=extend_schema(summary="List the films on a list", description="In their order."),
    post=extend_schema(
        summary="Put a film on a list",
        description="Yours, or one that you help with. A film that is there already stays where it is, and is "
        "answered with 200.",
        request=EntryNewSerializer,
        responses={201: ListEntrySerializer, 200: ListEntrySerializer},
    ),
)
class Entries(Endpoint, ListCreateAPIView[ListEntry]):
    serializer_class = ListEntrySerializer
    pagination_class = EntryPages
    filters_class = LinkKey

    def get_queryset(self) -> QuerySet[ListEntry]:
        self.film_list = list_here(self)
        return shown_entries(self.request.user, self.film_list)

    def get_runs(self) -> tuple[Run, ...]:
        return IN_ORDER

    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        film_list = list_here(self)
        sent = EntryNewSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        entry, is_new = add_film(member=self.me, film_list=film_list, **sent.validated_data)
        answer = self.get_serializer(self.get_queryset().get(pk=entry.pk)).data
        return Response(answer, status=201 if is_new else 200)


@extend_schema_view(
    patch=extend_schema(
        summary="Move a film on a list, or note why it is there",
        description="At its new place it pushes the others back or forward. Send the `updated_at` that you read, and a "
        "note that somebody else wrote meanwhile is not lost.",
        request=EntryChangeSerializer,
        responses=ListEntrySerializer,
    ),
    delete=extend_schema(summary="Take a film off a list", responses={204: None}),
)
class Entry(Endpoint, GenericAPIView[ListEntry]):
    """One film on a list that you may fill."""

    serializer_class = ListEntrySerializer
    permission_classes = [Members]
    lookup_url_kwarg = "entry"

    def get_queryset(self) -> QuerySet[ListEntry]:
        return shown_entries(self.request.user, list_here(self))

    def patch(self, request: Request, pk: int, entry: int) -> Response:
        here = self.get_object()
        sent = EntryChangeSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        said = dict(sent.validated_data)
        position, seen = said.pop("position", None), said.pop("updated_at", None)
        try:
            with transaction.atomic():  # both or neither
                change_entry(member=self.me, entry=here, seen=seen, **said)
                if position is not None:
                    move_entry(member=self.me, entry=here, position=position)
        except StaleNote as stale:
            raise Conflict(str(stale), code="stale") from None
        return Response(self.get_serializer(self.get_object()).data)

    def delete(self, request: Request, pk: int, entry: int) -> Response:
        remove_film(member=self.me, entry=self.get_object())
        return Response(status=204)


@extend_schema_view(
    put=extend_schema(summary="Put a whole list in order", request=OrderSerializer, responses={204: None})
)
class Order(Endpoint, GenericAPIView[FilmList]):
    """The order of all films of a list that you may fill."""

    serializer_class = OrderSerializer
    permission_classes = [Members]
    queryset = FilmList.objects.none()

    def put(self, request: Request, pk: int) -> Response:
        film_list = list_here(self)
        sent = OrderSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        reorder(member=self.me, film_list=film_list, entries=sent.validated_data["entries"])
        return Response(status=204)


@extend_schema_view(
    get=extend_schema(
        summary="List who helps with a list", description="To its own member also those who have not answered yet."
    ),
    post=extend_schema(
        summary="Ask a member to help with your list",
        request=InvitationSerializer,
        responses={201: CollaboratorSerializer},
    ),
)
class Collaborators(Endpoint, ListCreateAPIView[Collaborator]):
    serializer_class = CollaboratorSerializer

    def get_queryset(self) -> QuerySet[Collaborator]:
        film_list, viewer = list_here(self), self.request.user
        shown = User.objects.active().not_blocking(viewer)
        rows = Collaborator.objects.filter(film_list=film_list, member__in=shown).select_related("member")
        return rows if film_list.member_id == viewer.pk else rows.filter(accepted_at__isnull=False)

    def get_runs(self) -> tuple[Run, ...]:
        return (Run(("id",), descending=False),)

    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        film_list = list_here(self)
        sent = InvitationSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        other = User.objects.active().not_blocking(self.me).named(sent.validated_data["username"]).first()
        if other is None:
            raise ValidationError({"username": [_("No member has this name.")]})
        made = invite_collaborator(member=self.me, film_list=film_list, other=other)
        return Response(self.get_serializer(made).data, status=201)


@extend_schema_view(
    put=extend_schema(
        summary="Say that you help with a list",
        description="`username` is your own, and you were asked.",
        request=None,
        responses={204: None},
    ),
    delete=extend_schema(
        summary="End help with a list",
        description="Your own, or as the list's member anybody's; an invitation too.",
        responses={204: None},
    ),
)
class CollaboratorDetail(Endpoint, GenericAPIView[Collaborator]):
    """One member's help with a list."""

    serializer_class = CollaboratorSerializer
    permission_classes = [Members]
    queryset = Collaborator.objects.none()

    def get_list(self) -> FilmList:
        """Also for those who were asked and do not see the list yet."""
        asked = invitation_to(self.me, self.kwargs["pk"])
        return asked.film_list if asked else list_here(self)

    def get_other(self) -> User:
        return get_object_or_404(User.objects.named(self.kwargs["username"]))

    def put(self, request: Request, pk: int, username: str) -> Response:
        film_list, other = self.get_list(), self.get_other()
        if other.pk != self.me.pk:
            self.permission_denied(request, message=_("Everybody answers for themselves."))
        answer_invitation(member=self.me, film_list=film_list, accept=True)
        return Response(status=204)

    def delete(self, request: Request, pk: int, username: str) -> Response:
        part_from_list(member=self.me, film_list=self.get_list(), other=self.get_other())
        return Response(status=204)
