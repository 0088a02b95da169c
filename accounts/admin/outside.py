"""Where the site sends to by itself: a desk to see it, and to switch off what does harm."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import admin, messages
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.admin.desk import Desk


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


class OutsideDesk(Desk):
    """The host of an address is shown, and no more of it: the rest may be a secret of the member's."""

    list_filter = (OffFilter,)
    list_select_related = ("member",)
    looked_up_by = frozenset()
    search_fields = ("^member__username",)
    ordering = ("-created_at",)
    actions = ("switch_off",)

    @admin.display(description=_("host"))
    def host(self, row: Any) -> str:
        return str(row.host)

    def switch_each_off(self, request: HttpRequest, rows: Iterable[Any], act: Callable[[Any], None]) -> None:
        for row in rows:
            act(row)
            self.log_change(request, row, str(_("Switched off")))
        self.message_user(request, _("Switched off. Their members can switch them on again."), messages.SUCCESS)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
