"""Places of members to which copies are sent."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.admin.desk import staff
from accounts.admin.outside import OutsideDesk
from accounts.copying import switch_copies_off_for_house
from accounts.models import CopyPlace


@admin.register(CopyPlace)
class CopyPlaceDesk(OutsideDesk):
    list_display = ("host", "member", "sent_at", "off_at", "failing_since")
    fields = readonly_fields = (
        "host", "member", "often", "created_at", "sent_at", "off_at", "off_because", "failing_since",
    )  # fmt: skip

    @admin.action(description=_("Switch off"), permissions=["delete"])
    def switch_off(self, request: HttpRequest, queryset: QuerySet[CopyPlace]) -> None:
        def act(row: CopyPlace) -> None:
            switch_copies_off_for_house(administrator=staff(request), place=row)

        self.switch_each_off(request, queryset, act)
