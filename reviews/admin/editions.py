"""Nights of open data: that there are such, and an end to one at once, if somebody must not be in it any more."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from accounts.admin.desk import Desk, Reading, ReasonForm, ask
from reviews.actions.opening_data import withdraw_edition
from reviews.models import Edition

SHOWN = ("day", "made_at", "lines", "size")


@admin.register(Edition)
class EditionDesk(Reading, Desk):
    list_display = SHOWN
    ordering = ("-day",)
    fields = readonly_fields = SHOWN
    actions = ("withdraw",)

    def get_queryset(self, request: HttpRequest) -> Any:
        rows = super().get_queryset(request)
        return rows.annotate(_lines=Sum("files__lines"), _size=Sum("files__size"))

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Where the house hands out no data, there is no desk for it."""
        return settings.OPEN_DATA and super().has_view_permission(request, obj)

    def has_withdraw_permission(self, request: HttpRequest) -> bool:
        return self.may(request, "reviews.delete_edition")

    @admin.display(description=_("lines"))
    def lines(self, edition: Any) -> int:
        return edition._lines or 0

    @admin.display(description=_("size"))
    def size(self, edition: Any) -> str:
        return filesizeformat(edition._size or 0)

    @admin.action(description=_("Delete at once…"), permissions=["withdraw"])
    def withdraw(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        title = str(_("Delete nights of open data"))
        note = str(_("Nobody can fetch their files any more. Who has them already keeps them."))
        answer = ask(self, request, queryset, ReasonForm, title=title, button=str(_("Delete")), note=note)
        if isinstance(answer, HttpResponse):
            return answer
        for edition in list(queryset):
            self.log_change(request, edition, f"{title}: {answer['reason']}")
            withdraw_edition(edition=edition)
            self.message_user(request, _("%(night)s is deleted.") % {"night": edition})
        return None
