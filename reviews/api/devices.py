"""Your devices that ring. A browser is let in on the site itself; here they are listed and taken off."""

from typing import Any, Final

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.generics import DestroyAPIView, ListAPIView

from accounts.api.endpoint import Endpoint
from accounts.api.permissions import Members
from accounts.api.serializers import example
from accounts.templatetags.devices import device
from config.api.paging import OnePage
from reviews.actions.pushing import remove_device
from reviews.models import PushDevice

DEVICE: Final[dict[str, Any]] = {
    "id": 4, "name": "Firefox, Android", "created_at": "2026-11-30T19:00:00Z", "rang_at": "2026-11-30T20:41:00Z",
    "failed_at": None,
}  # fmt: skip


@example(DEVICE, response_only=True)
class DeviceSerializer(serializers.ModelSerializer[PushDevice]):
    """A browser that rings for you, as it calls itself. `rang_at` is null until it has.

    `failed_at` says since when what is sent to it is not taken, and is null while it is.
    """

    name = serializers.SerializerMethodField()

    class Meta:
        model = PushDevice
        fields = read_only_fields = ["id", "name", "created_at", "rang_at", "failed_at"]

    def get_name(self, row: PushDevice) -> str:
        return device(row.user_agent)


@extend_schema_view(
    get=extend_schema(
        summary="List your devices that ring",
        description="The latest first, all at once. For which kinds they ring is among the choices of notifications.",
    )
)
class Devices(Endpoint, ListAPIView[PushDevice]):
    serializer_class = DeviceSerializer
    permission_classes = [Members]
    pagination_class = OnePage

    def get_queryset(self) -> QuerySet[PushDevice]:
        return PushDevice.objects.of(self.me)


@extend_schema_view(delete=extend_schema(summary="Take a device off", description="It rings no more."))
class OneDevice(Endpoint, DestroyAPIView[PushDevice]):
    serializer_class = DeviceSerializer
    permission_classes = [Members]

    def get_queryset(self) -> QuerySet[PushDevice]:
        return PushDevice.objects.of(self.request.user)

    def perform_destroy(self, row: PushDevice) -> None:
        remove_device(member=self.me, device=row)
