"""Places of members to which copies are sent."""

from django.contrib import admin

from accounts.admin.outside import OutsideDesk
from accounts.copying import switch_copies_off_for_house
from accounts.models import CopyPlace, User


@admin.register(CopyPlace)
class CopyPlaceDesk(OutsideDesk):
    list_display = ("host", "member", "sent_at", "off_at", "failing_since")
    fields = readonly_fields = (
        "host", "member", "often", "created_at", "sent_at", "off_at", "off_because", "failing_since",
    )  # fmt: skip

    def switch_one_off(self, administrator: User, row: CopyPlace) -> None:
        switch_copies_off_for_house(administrator=administrator, place=row)
