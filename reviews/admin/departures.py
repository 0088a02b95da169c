"""Accounts that their members deleted: that there were such and what became of them, with no word of who it was."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.admin.desk import Desk, Reading
from reviews.models import Departure

SHOWN = (
    "account", "joined_in", "left_at", "erased_at",
    "ratings", "reviews", "comments", "lists", "decisions", "open_cases",
)  # fmt: skip


@admin.register(Departure)
class DepartureDesk(Reading, Desk):
    list_display = SHOWN
    list_filter = (("left_at", admin.DateFieldListFilter),)
    search_fields = ("=account",)
    search_help_text = _("The number of the account")
    ordering = ("-left_at", "-pk")
    fields = SHOWN

    def get_queryset(self, request: HttpRequest):  # type: ignore[no-untyped-def]  # as the class above
        return super().get_queryset(request).defer("address")
