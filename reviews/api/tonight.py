"""Evenings by the API. Whoever has the key may come in: a member by their log-in, a guest by `X-Seat`."""

from typing import Any, Final

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.endpoint import Endpoint
from accounts.api.permissions import Members, WhoHasTheLink
from accounts.api.throttling import address_of
from accounts.models import User
from accounts.models.viewer import Viewer
from reviews.actions.choosing import be_ready, have_services, say, strike
from reviews.actions.gathering import (
    NoSeat,
    Wishes,
    join_as_guest,
    join_as_member,
    start_evening,
)
from reviews.actions.rising import leave_evening
from reviews.api.tonight_serializers import (
    EveningSerializer,
    HavingSerializer,
    JoinSerializer,
    SayingSerializer,
    SeatedSerializer,
    StartSerializer,
    StrikingSerializer,
)
from reviews.looking_in import look_in
from reviews.models import Evening, Seat
from reviews.tonight import (
    Phase,
    Sitting,
    attendances_of,
    draws_of,
    new_secret,
    picks_of,
    services_at,
    shortlist_for,
    strikes_left,
    table_of,
)

X_SEAT: Final = OpenApiParameter(
    "X-Seat", str, OpenApiParameter.HEADER, description="A guest's `seat_token`, from joining. Members need none."
)


class AtTheTable(Endpoint, GenericAPIView[Evening]):
    """What is done by the key of an evening. Who has no seat, and may not take one, gets a 404, whatever the reason."""

    permission_classes = [WhoHasTheLink]
    serializer_class = EveningSerializer
    queryset = Evening.objects.none()

    def made_of(self, said: Any) -> None:
        """What is written about an evening outdates nothing that is kept (config/writes.py)."""

    @property
    def secret(self) -> str:
        return self.request.headers.get("X-Seat", "")[:100]

    def look(self) -> Sitting:
        address = address_of(self.request._request)
        sitting = look_in(self.kwargs["key"], viewer=self.request.user, secret=self.secret, address=address)
        if sitting is None:
            raise Http404
        return sitting

    def seat(self) -> Seat:
        """Raises Http404 for who has none."""
        sitting = self.look()
        if sitting.seat_id is None:
            raise Http404
        return Seat.objects.select_related("member").get(pk=sitting.seat_id)

    def sent(self, serializer: Any) -> dict[str, Any]:
        read = serializer(data=self.request.data)
        read.is_valid(raise_exception=True)
        said: dict[str, Any] = read.validated_data
        return said

    def handle_exception(self, exc: Exception) -> Response:
        return super().handle_exception(Http404() if isinstance(exc, NoSeat) else exc)

    def answer(self, status: int = 200) -> Response:
        sitting = self.look()
        shown = shown_to(self.request.user, sitting)
        context = {**self.get_serializer_context(), "evening": sitting.evening, "seat": sitting.seat_id}
        return Response(EveningSerializer(shown, context=context).data, status=status)


def shown_to(viewer: Viewer, sitting: Sitting) -> Evening:
    """The evening with all that whoever asks may read of it; without a seat, that is not who is there."""
    evening: Any = sitting.evening
    seats = table_of(sitting, viewer) if sitting.seat_id else []
    evening.phase, evening.shown_seats = sitting.phase, seats
    evening.your_seat = next((seat.number for seat in seats if seat.pk == sitting.seat_id), None)
    evening.services = [one for one in services_at(sitting) if one.is_anyones] if seats else []
    evening.shelf = any(seat.brings_shelf for seat in seats)
    evening.picks = picks_of(sitting.seat_id) if sitting.seat_id else []
    is_striking = bool(seats) and sitting.phase == Phase.STRIKING
    evening.shown_shortlist = shortlist_for(viewer, evening) if is_striking else []
    evening.strikes_left = strikes_left(sitting, len(seats), evening.shown_shortlist) if is_striking else 0
    evening.shown_draws = draws_of(evening) if seats and sitting.phase == Phase.DRAWN else []
    logged = attendances_of(evening, viewer) if evening.shown_draws else []
    evening.logged_by = [one.seat.member.username for one in logged if one.seat.member]
    return sitting.evening


class Evenings(Endpoint, GenericAPIView[Evening]):
    """Starting one."""

    permission_classes = [Members]
    serializer_class = EveningSerializer
    queryset = Evening.objects.none()

    @extend_schema(
        summary="Start an evening",
        description="You are its host, and have the first seat. Whoever has the `url` of the answer may join.",
        request=StartSerializer,
        responses={201: SeatedSerializer},
    )
    def post(self, request: Request) -> Response:
        sent = StartSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        said = sent.validated_data
        wishes = Wishes(**said | {"services": tuple(said.get("services", ()))})
        made = start_evening(member=self.me, wishes=wishes)
        page = request.build_absolute_uri(made.get_absolute_url())
        location = request.build_absolute_uri(f"{made.key}/")
        return Response({"seat": 1, "seat_token": None, "evening": page}, status=201, headers={"Location": location})


@extend_schema_view(
    get=extend_schema(
        summary="Read an evening", description="Ask again every few seconds, with the ETag.", parameters=[X_SEAT]
    )
)
class OneEvening(AtTheTable):
    def get(self, request: Request, key: str) -> Response:
        return self.answer()


@extend_schema_view(
    post=extend_schema(
        summary="Take a seat",
        description="As a member by your log-in, else as a guest by a name. May be repeated.",
        parameters=[X_SEAT],
        request=JoinSerializer,
        responses={201: SeatedSerializer},
    ),
    delete=extend_schema(
        summary="Leave", description="With all that you said.", parameters=[X_SEAT], responses={204: None}
    ),
)
class Joining(AtTheTable):
    def post(self, request: Request, key: str) -> Response:
        said, sitting, token = self.sent(JoinSerializer), self.look(), None
        if isinstance(request.user, User):
            seat = join_as_member(member=request.user, key=key, secret=self.secret)
        else:
            token = self.secret if sitting.seat_id else new_secret()
            seat = join_as_guest(name=said.get("name", ""), key=key, secret=token)
        page = request.build_absolute_uri(sitting.evening.get_absolute_url())
        return Response({"seat": seat.number, "seat_token": token, "evening": page}, status=201)

    def delete(self, request: Request, key: str) -> Response:
        leave_evening(seat=self.seat())
        return Response(status=204)


class Picks(AtTheTable):
    @extend_schema(
        summary="Say that you want a film, or have seen it",
        description="For this evening alone: your marks stay as they are.",
        parameters=[X_SEAT],
        request=SayingSerializer,
        responses=EveningSerializer,
    )
    def post(self, request: Request, key: str) -> Response:
        seat, said = self.seat(), self.sent(SayingSerializer)
        say(seat=seat, film=said["film"], says=said["says"] or "")
        return self.answer()


class Having(AtTheTable):
    @extend_schema(
        summary="Say on which services you can watch",
        parameters=[X_SEAT],
        request=HavingSerializer,
        responses=EveningSerializer,
    )
    def put(self, request: Request, key: str) -> Response:
        seat, said = self.seat(), self.sent(HavingSerializer)
        have_services(seat=seat, services=said["services"], shelf=said.get("shelf"))
        return self.answer()


@extend_schema_view(
    put=extend_schema(
        summary="Be ready",
        description="When all are, it goes on: to the shortlist, then to the draw.",
        parameters=[X_SEAT],
        request=None,
        responses=EveningSerializer,
    ),
    delete=extend_schema(
        summary="Not be ready yet", parameters=[X_SEAT], request=None, responses={200: EveningSerializer}
    ),
)
class BeingReady(AtTheTable):
    def put(self, request: Request, key: str) -> Response:
        be_ready(seat=self.seat())
        return self.answer()

    def delete(self, request: Request, key: str) -> Response:
        be_ready(seat=self.seat(), ready=False)
        return self.answer()


class Vetoes(AtTheTable):
    @extend_schema(
        summary="Strike a film out",
        description="Nobody is told who did. What is out already costs no strike.",
        parameters=[X_SEAT],
        request=StrikingSerializer,
        responses=EveningSerializer,
    )
    def post(self, request: Request, key: str) -> Response:
        seat, said = self.seat(), self.sent(StrikingSerializer)
        strike(seat=seat, film=said["film"], struck=said["struck"])
        return self.answer()
