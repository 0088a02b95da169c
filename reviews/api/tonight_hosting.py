"""What only members do at an evening: the host leads it, and each logs what was watched."""

from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.permissions import Members
from reviews.actions.choosing import choose_again, close_round
from reviews.actions.drawing import draw_again, log_evening
from reviews.actions.gathering import end_evening
from reviews.actions.reporting import report_name
from reviews.actions.rising import show_out
from reviews.api.moderation import ReportNewSerializer, ReportSerializer
from reviews.api.tonight import AtTheTable
from reviews.api.tonight_serializers import EveningSerializer, WatchedSerializer
from reviews.models import Seat
from reviews.tonight import Phase, phase_of


class MembersAtTheTable(AtTheTable):
    permission_classes = [Members]


@extend_schema_view(
    put=extend_schema(
        summary="Make the shortlist now",
        description="By the host. May be repeated.",
        request=None,
        responses=EveningSerializer,
    ),
    delete=extend_schema(
        summary="Go back to choosing",
        description="By the host, until the draw. What was struck out is forgotten.",
        request=None,
        responses={200: EveningSerializer},
    ),
)
class Shortlisting(MembersAtTheTable):
    def put(self, request: Request, key: str) -> Response:
        close_round(seat=self.seat(), phase=Phase.CHOOSING)
        return self.answer()

    def delete(self, request: Request, key: str) -> Response:
        choose_again(seat=self.seat())
        return self.answer()


class Drawing(MembersAtTheTable):
    @extend_schema(
        summary="Draw the film",
        description="By the host: what most want, then what is rated best here; among equals a lot decides. Once it is "
        "drawn, this draws again, once.",
        request=None,
        responses=EveningSerializer,
    )
    def post(self, request: Request, key: str) -> Response:
        seat = self.seat()
        phase = phase_of(seat.evening)
        if phase == Phase.CHOOSING:
            raise ValidationError(_("Make the shortlist first."), code="round")
        if phase == Phase.DRAWN:
            draw_again(seat=seat)
        else:
            close_round(seat=seat, phase=Phase.STRIKING)
        return self.answer()


class Watching(MembersAtTheTable):
    @extend_schema(
        summary="Log the film that you watched together",
        description="In your own diary, on the day of the draw unless you say another. May be repeated. "
        "Nobody is logged by anybody else.",
        request=WatchedSerializer,
        responses=EveningSerializer,
    )
    def post(self, request: Request, key: str) -> Response:
        seat, said = self.seat(), self.sent(WatchedSerializer)
        log_evening(seat=seat, **said)
        return self.answer()


class SeatOfSomebody(MembersAtTheTable):
    @extend_schema(
        summary="Ask somebody to leave",
        description="By the host. They do not come back by the same link.",
        request=None,
        responses={204: None},
    )
    def delete(self, request: Request, key: str, number: int) -> Response:
        mine = self.seat()
        show_out(member=self.me, seat=get_object_or_404(Seat, evening=mine.evening_id, number=number))
        return Response(status=204)


class Ending(MembersAtTheTable):
    @extend_schema(
        summary="End the evening",
        description="By the host, for everybody. What was logged stays.",
        request=None,
        responses={204: None},
    )
    def put(self, request: Request, key: str) -> Response:
        end_evening(member=self.me, evening=self.seat().evening)
        return Response(status=204)


class NameReporting(MembersAtTheTable):
    """What a guest calls themselves, or the name of the evening."""

    def report(self, whose: Seat | None) -> Response:
        made = report_name(seat=self.seat(), whose=whose, **self.sent(ReportNewSerializer))
        return Response(ReportSerializer(made).data, status=201)


class EveningReport(NameReporting):
    @extend_schema(summary="Report an evening's name", request=ReportNewSerializer, responses={201: ReportSerializer})
    def post(self, request: Request, key: str) -> Response:
        return self.report(None)


class GuestReport(NameReporting):
    @extend_schema(summary="Report a guest's name", request=ReportNewSerializer, responses={201: ReportSerializer})
    def post(self, request: Request, key: str, number: int) -> Response:
        here = Seat.objects.filter(evening=self.seat().evening, member=None)
        return self.report(get_object_or_404(here, number=number))
