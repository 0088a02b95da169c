"""Copies of one's data that are sent by themselves to a place of one's own."""

from typing import Any, Final

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.endpoint import Endpoint
from accounts.api.permissions import InPerson
from accounts.api.serializers import example
from accounts.api.views import require_fresh_login
from accounts.copying import LONGEST_PASSWORD, forget_copy_place, set_copy_place
from accounts.mail import tell_of_copies
from accounts.models import CopyPlace
from accounts.models.copy_place import LONGEST_NAME
from accounts.models.webhook import LONGEST_ADDRESS
from reviews.copies import SAID, how_it_went

ASKED: Final = {"address": "https://cloud.example.org/remote.php/dav/files/ana/Films/", "username": "ana",
                "often": "week"}  # fmt: skip
PLACE: Final = ASKED | {
    "is_on": True, "phase": "", "sent_at": "2026-11-30T04:10:00Z", "file": "intermission-ana-2026-11-30.zip",
    "size": 183204, "tried_at": "2026-11-30T04:09:58Z", "trouble": "", "said": "", "due_at": "2026-12-07T04:10:00Z",
}  # fmt: skip


@example(PLACE, response_only=True)
class CopyPlaceSerializer(serializers.ModelSerializer[CopyPlace]):
    """Where copies are sent, without the password; with an empty address where that is nowhere.

    `trouble` and `said` are of the last attempt, where it failed.
    """

    phase = serializers.CharField(read_only=True, help_text="Right now: `making`, `sending`, or empty.")
    trouble = serializers.CharField(
        read_only=True,
        help_text=f"Empty, or one of {', '.join(map(str, SAID))}.",
    )
    said = serializers.SerializerMethodField(help_text="The same in words.")
    due_at = serializers.DateTimeField(
        allow_null=True, read_only=True, help_text="When the next one is sent, or tried."
    )

    class Meta:
        model = CopyPlace
        fields = read_only_fields = [
            "address", "username", "often", "is_on", "phase", "sent_at", "file", "size", "tried_at", "trouble", "said",
            "due_at",
        ]  # fmt: skip

    def get_said(self, place: CopyPlace) -> str:
        return how_it_went(place)


@example(ASKED | {"password": "app-pass-word"}, request_only=True)
class CopyPlaceSettingSerializer(serializers.Serializer[Any]):
    address = serializers.CharField(max_length=LONGEST_ADDRESS, help_text="A WebDAV folder that is there already.")
    username = serializers.CharField(max_length=LONGEST_NAME)
    password = serializers.CharField(
        default="", allow_blank=True, trim_whitespace=False, max_length=LONGEST_PASSWORD,
        help_text="Without one, that which is kept stays, as long as `address` and `username` do.",
    )  # fmt: skip
    often = serializers.ChoiceField(choices=CopyPlace.Often.choices, default=CopyPlace.Often.WEEK)


@extend_schema_view(
    get=extend_schema(summary="See where copies are sent", responses=CopyPlaceSerializer),
    put=extend_schema(
        summary="Have copies sent to a place of your own",
        description="By WebDAV, every week or month, the first at once. Needs a log-in of a short while ago.",
        request=CopyPlaceSettingSerializer,
        responses=CopyPlaceSerializer,
    ),
    delete=extend_schema(summary="Have no copies sent any more", description="May be repeated.", responses={204: None}),
)
class MyCopies(Endpoint, GenericAPIView[CopyPlace]):
    serializer_class = CopyPlaceSerializer
    permission_classes = [InPerson]
    queryset = CopyPlace.objects.none()

    def get(self, request: Request) -> Response:
        place = CopyPlace.objects.filter(member=self.me).first()
        if place is None:
            none = CopyPlaceSerializer(CopyPlace(member=self.me, off_at=timezone.now())).data
            return Response(none | {"due_at": None})
        return Response(CopyPlaceSerializer(place).data)

    def put(self, request: Request) -> Response:
        require_fresh_login(request)
        sent = CopyPlaceSettingSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        before = CopyPlace.objects.filter(member=self.me).first()
        place = set_copy_place(member=self.me, **sent.validated_data)
        if before is None or before.host != place.host:
            tell_of_copies(self.me, place.host)
        return Response(CopyPlaceSerializer(place).data)

    def delete(self, request: Request) -> Response:
        forget_copy_place(member=self.me)
        return Response(status=204)
