"""Webhooks of members."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.admin.desk import staff
from accounts.admin.outside import OutsideDesk
from accounts.models import Webhook
from accounts.webhooks.registering import switch_off_for_house


@admin.register(Webhook)
class WebhookDesk(OutsideDesk):
    list_display = ("host", "member", "created_at", "off_at", "failing_since")
    fields = readonly_fields = (
        "host", "member", "wanted", "created_at", "off_at", "off_because", "failing_since", "waiting",
    )  # fmt: skip

    @admin.action(description=_("Switch off"), permissions=["delete"])
    def switch_off(self, request: HttpRequest, queryset: QuerySet[Webhook]) -> None:
        def act(row: Webhook) -> None:
            switch_off_for_house(administrator=staff(request), webhook=row)

        self.switch_each_off(request, queryset, act)

    @admin.display(description=_("events"))
    def wanted(self, webhook: Webhook) -> str:
        return ", ".join(webhook.events)

    @admin.display(description=_("messages that wait"))
    def waiting(self, webhook: Any) -> int:
        return int(webhook.waiting)

    def get_queryset(self, request: HttpRequest) -> Any:
        waiting = Q(deliveries__state="waiting")
        return super().get_queryset(request).annotate(waiting=Count("deliveries", filter=waiting))
