"""Invitations: codes to give away while sign-up is by invitation."""

from typing import Any

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.actions import make_invite
from accounts.admin.desk import Desk, staff
from accounts.models import Invite


class UsedFilter(admin.SimpleListFilter):
    title = _("used")
    parameter_name = "used"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("no", _("Not yet")), ("yes", _("Yes"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(used_by__isnull=self.value() == "no") if self.value() in {"no", "yes"} else queryset


@admin.register(Invite)
class InviteDesk(Desk):
    list_display = ("code", "created_by", "created_at", "expires_at", "used_by", "used_at")
    list_filter = (UsedFilter,)
    list_select_related = ("created_by", "used_by")
    search_fields = ("=code", "^created_by__username", "^used_by__username")
    ordering = ("-created_at",)
    fields = ("code", "created_by", "created_at", "expires_at", "used_by", "used_at")
    readonly_fields = ("code", "created_by", "created_at", "used_by", "used_at")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return self.fields if obj else ("expires_at",)

    def save_model(self, request: HttpRequest, obj: Invite, form: ModelForm, change: bool) -> None:
        if change:
            obj.save(update_fields=["expires_at"])
            return
        made = make_invite(member=staff(request), expires_at=obj.expires_at)
        obj.pk = made.pk
        obj.refresh_from_db()
