"""Places to which copies are sent, to see where the site sends to, and to switch one off that does harm."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.admin.desk import Desk, staff
from accounts.admin.webhooks import OffFilter
from accounts.copying import switch_copies_off_for_house
from accounts.models import CopyPlace


@admin.register(CopyPlace)
class CopyPlaceDesk(Desk):
    """The host of a place is shown, and no more of it."""

    list_display = ("host", "member", "sent_at", "off_at", "failing_since")
    list_filter = (OffFilter,)
    list_select_related = ("member",)
    looked_up_by = frozenset()
    search_fields = ("^member__username",)
    ordering = ("-created_at",)
    fields = readonly_fields = (
        "host", "member", "often", "created_at", "sent_at", "off_at", "off_because", "failing_since",
    )  # fmt: skip
    actions = ("switch_off",)

    @admin.display(description=_("host"))
    def host(self, place: CopyPlace) -> str:
        return place.host

    @admin.action(description=_("Switch off"), permissions=["delete"])
    def switch_off(self, request: HttpRequest, queryset: QuerySet[CopyPlace]) -> None:
        for place in queryset:
            switch_copies_off_for_house(administrator=staff(request), place=place)
            self.log_change(request, place, str(_("Switched off")))
        self.message_user(request, _("Switched off. Their members can switch them on again."), messages.SUCCESS)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
