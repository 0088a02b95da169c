"""Webhooks of members, to see where the site sends to, and to switch one off that does harm."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.admin.desk import Desk, staff
from accounts.models import Webhook
from accounts.webhooks.registering import switch_off_for_house


class OffFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("on", _("Switched on")), ("failing", _("Failing")), ("off", _("Switched off"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        wanted = {
            "on": Q(off_at=None),
            "failing": Q(off_at=None, failing_since__isnull=False),
            "off": Q(off_at__isnull=False),
        }
        return queryset.filter(wanted.get(self.value() or "", Q()))


@admin.register(Webhook)
class WebhookDesk(Desk):
    """The host of an address is shown, and no more of it: the rest may be a secret of the member's."""

    list_display = ("host", "member", "created_at", "off_at", "failing_since")
    list_filter = (OffFilter,)
    list_select_related = ("member",)
    looked_up_by = frozenset()
    search_fields = ("^member__username",)
    ordering = ("-created_at",)
    fields = readonly_fields = (
        "host", "member", "wanted", "created_at", "off_at", "off_because", "failing_since", "waiting",
    )  # fmt: skip
    actions = ("switch_off",)

    @admin.display(description=_("host"))
    def host(self, webhook: Webhook) -> str:
        return webhook.host

    @admin.display(description=_("events"))
    def wanted(self, webhook: Webhook) -> str:
        return ", ".join(webhook.events)

    @admin.display(description=_("messages that wait"))
    def waiting(self, webhook: Any) -> int:
        return int(webhook.waiting)

    @admin.action(description=_("Switch off"), permissions=["delete"])
    def switch_off(self, request: HttpRequest, queryset: QuerySet[Webhook]) -> None:
        for webhook in queryset:
            switch_off_for_house(administrator=staff(request), webhook=webhook)
            self.log_change(request, webhook, str(_("Switched off")))
        self.message_user(request, _("Switched off. Their members can switch them on again."), messages.SUCCESS)

    def get_queryset(self, request: HttpRequest) -> Any:
        waiting = Q(deliveries__state="waiting")
        return super().get_queryset(request).annotate(waiting=Count("deliveries", filter=waiting))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
