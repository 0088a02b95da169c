"""Invitations: codes to give away while sign-up is by invitation."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils import timezone
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


class InviteForm(ModelForm):
    def clean_expires_at(self) -> datetime | None:
        """One that is out can be ended now, by a time that has passed."""
        end: datetime | None = self.cleaned_data["expires_at"]
        if end is not None and self.instance.pk is None and end <= timezone.now():
            raise ValidationError(_("Choose a time that is to come, or none."))
        return end


@admin.register(Invite)
class InviteDesk(Desk):
    form = InviteForm
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
