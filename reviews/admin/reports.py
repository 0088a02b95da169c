"""What members and word rules asked moderators to look at, one by one. They are worked on as cases."""

from typing import Any

from django.contrib import admin
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from accounts.admin.desk import Desk, Reading, staff
from reviews.admin.cases import what_of
from reviews.caseload import UNSHOWN
from reviews.models import Report


class OpenFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("open", _("Open")), ("closed", _("Closed")), ("program", _("By word rules"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Report]) -> QuerySet[Report]:
        if self.value() == "program":
            return queryset.filter(reporter=None)
        if self.value() in {"open", "closed"}:
            return queryset.filter(closed_at__isnull=self.value() == "open")
        return queryset


@admin.register(Report)
class ReportDesk(Reading, Desk):
    list_display = ("reason", "the_case", "reporter", "created_at", "closed_at", "outcome")
    list_filter = (OpenFilter, "reason")
    ordering = (F("closed_at").asc(nulls_first=True), "created_at", "id")
    fields = ("reason", "said", "reporter", "created_at", "the_case", "closed_at", "closed_by", "outcome")
    readonly_fields = ("said", "the_case")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Report]:
        """Without those about oneself."""
        me = staff(request)
        own = Q(member=me) | Q(review__member=me) | Q(comment__member=me) | Q(film_list__member=me)
        own |= Q(essay__member=me) | Q(tip__member=me) | Q(tip__to=me) | Q(quotation__member=me)
        about = (
            "case__review__film", "case__review__member", "case__comment__member", "case__film_list__member",
            "case__member", "case__film", "case__quotation__member", "case__tip__member", "case__tip__film",
            "case__essay__member",
        )  # fmt: skip
        rows = super().get_queryset(request).filter(~own).select_related("reporter", "closed_by", *about)
        return rows.defer(*(f"case__{name}" for name in UNSHOWN))

    @admin.display(description=_("case"))
    def the_case(self, report: Report) -> str:
        url = reverse("admin:reviews_case_change", args=[report.case_id])
        return format_html('<a href="{}">{}</a>', url, what_of(report.case))

    @admin.display(description=_("message"))
    def said(self, report: Report) -> str:
        return format_html('<div class="as-written">{}</div>', report.message)
