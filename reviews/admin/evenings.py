"""Evenings that members spend choosing a film: that there are such, not who said what at them, nor their links."""

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.admin.desk import Desk, Reading
from reviews.models import Evening


@admin.register(Evening)
class EveningDesk(Reading, Desk):
    list_display = ("name", "host", "started_at", "people")
    list_display_links = None
    list_select_related = ("host",)
    search_fields = ("name", "host__username")
    search_help_text = _("Part of the name, or of the host’s username")
    ordering = ("-started_at", "-pk")
    fields = ("name", "host", "started_at", "people", "most_minutes", "country")
    readonly_fields = ("people",)

    def view_on_site(self, row: Evening) -> None:
        """The address is for those who have the link."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Evening]:
        return super().get_queryset(request).annotate(_people=Count("seats")).defer("key")

    @admin.display(description=_("people"))
    def people(self, evening: Evening) -> int:
        return evening._people  # type: ignore[attr-defined]
