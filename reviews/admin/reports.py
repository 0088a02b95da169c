"""What members ask the moderators to look at: the open ones first."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from accounts.admin.desk import EVERYWHERE, Desk, Reading, ReasonForm, ask, staff
from reviews.actions.moderating import close_report, remove_text
from reviews.models import Report


class OutcomeForm(forms.Form):
    outcome = forms.CharField(
        label=_("What was done"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text=_("Such as “Nothing: it is a matter of taste”, or “Asked the member to mark the spoiler”."),
    )


class OpenFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("open", _("Open")), ("closed", _("Closed"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Report]) -> QuerySet[Report]:
        if self.value() in {"open", "closed"}:
            return queryset.filter(closed_at__isnull=self.value() == "open")
        return queryset


@admin.register(Report)
class ReportDesk(Reading, Desk):
    list_display = ("reason", "about", "writer", "reporter", "created_at", "closed_at", "outcome")
    list_filter = (OpenFilter, "reason")
    ordering = (F("closed_at").asc(nulls_first=True), "created_at", "id")
    actions = ("close", "remove")
    fields = (
        "reason", "message", "reporter", "created_at", "writer", "about", "words", "closed_at", "closed_by", "outcome",
    )  # fmt: skip
    readonly_fields = ("about", "writer", "words")

    def has_change_report_permission(self, request: HttpRequest) -> bool:
        return self.may(request, "reviews.change_report") and self.has_remove_permission(request)

    def has_remove_permission(self, request: HttpRequest) -> bool:
        return self.may(request, "reviews.remove_review")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Report]:
        texts = ("review__member", "review__film", "comment__member", "comment__review__film")
        return super().get_queryset(request).select_related("reporter", "closed_by", *texts)

    @admin.display(description=_("about"))
    def about(self, report: Report) -> str:
        text = _text(report)
        return self.link(text, Truncator(text.body).chars(80))

    @admin.display(description=_("written by"))
    def writer(self, report: Report) -> str:
        return self.link(_text(report).member)

    @admin.display(description=_("the text"))
    def words(self, report: Report) -> str:
        return format_html('<div class="as-written">{}</div>', _text(report).body)

    @admin.action(description=_("Close, leave the text…"), permissions=["change_report"], location=EVERYWHERE)
    def close(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        title, button = str(_("Close reports")), str(_("Close"))
        answer = ask(self, request, queryset, OutcomeForm, title=title, button=button)
        if isinstance(answer, HttpResponse):
            return answer
        chosen = list(queryset.filter(closed_at=None))
        for report in chosen:
            close_report(moderator=staff(request), report=report, outcome=answer["outcome"])
        self.log_each(request, chosen, str(_("Closed: %(outcome)s") % answer))
        self.message_user(request, _("Closed: %(number)d.") % {"number": len(chosen)})
        return None

    @admin.action(description=_("Remove the text…"), permissions=["remove"], location=EVERYWHERE)
    def remove(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        answer = ask(
            self,
            request,
            queryset,
            ReasonForm,
            title=str(_("Remove the texts that were reported")),
            button=str(_("Remove")),
            note=str(_("The writers are told why. All open reports on these texts are closed.")),
        )
        if isinstance(answer, HttpResponse):
            return answer
        chosen = list(queryset)
        for report in chosen:
            text = _text(report)
            remove_text(moderator=staff(request), text=text, reason=answer["reason"])
        self.log_each(request, chosen, str(_("Text removed: %(reason)s") % answer))
        self.message_user(request, _("Removed: %(number)d.") % {"number": len(chosen)})
        return None


def _text(report: Report) -> Any:
    return report.review or report.comment
