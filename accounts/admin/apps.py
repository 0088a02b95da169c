"""Apps that members registered, to look at and to remove. Developers say themselves what theirs are called."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.admin.desk import Desk
from accounts.models import App
from accounts.models.app import ACTING


@admin.register(App)
class AppDesk(Desk):
    list_display = ("name", "owner", "kind", "members", "created_at")
    list_filter = ("type",)
    list_select_related = ("owner",)
    search_fields = ("name", "=id", "^owner__username")
    ordering = ("-created_at",)
    fields = readonly_fields = ("name", "id", "owner", "kind", "redirect_uris", "members", "created_at")

    @admin.display(description=_("runs"))
    def kind(self, app: App) -> Any:
        return _("on a server, with a secret") if app.keeps_a_secret else _("with its users, by PKCE")

    @admin.display(description=_("members who let it in"), ordering="members")
    def members(self, app: Any) -> int:
        return int(app.members)

    def get_queryset(self, request: HttpRequest) -> Any:
        let_in = Q(token__type__in=ACTING)
        return super().get_queryset(request).annotate(members=Count("token__user", filter=let_in, distinct=True))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
