"""The house's own admin: its door, its front page, and which desks are in it."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

# Other packages bring desks that show secrets or write past our actions; members' groups are Django's own.
HOUSE = ("reviews", "films", "accounts", "auth")
of_a_page = require_http_methods(["GET", "HEAD", "POST"])


class HouseAdmin(AdminSite):
    site_header = site_title = format_lazy("{}, {}", settings.SITE_NAME, _("behind the screen"))
    index_title = _("What there is to do")
    enable_nav_sidebar = True

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        rows = model_or_iterable if isinstance(model_or_iterable, (list, tuple, set)) else [model_or_iterable]
        ours = [model for model in rows if model._meta.app_label in HOUSE]
        super().register(ours, admin_class, **options)

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> Any:
        """The order of the house: the catalogue, what is said, members."""
        order = {label: place for place, label in enumerate(("films", "reviews", "accounts", "auth"))}
        listed = sorted(super().get_app_list(request, app_label), key=lambda app: order.get(app["app_label"], 9))
        for app in listed:
            if app["app_label"] == "auth":
                app["name"] = _("Rights")
        return listed

    def admin_view[View: Callable[..., HttpResponseBase]](self, view: View, cacheable: bool = False) -> View:
        """Django would draw most pages for whatever verb, as if they had been asked for."""
        return super().admin_view(of_a_page(view), cacheable)

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        from reviews.admin.dashboard import dashboard  # apps are not loaded yet when this module is

        return super().index(request, {"dashboard": dashboard(request), **(extra_context or {})})

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Nobody logs in here. Django's form for it knows no second factor and counts no guesses."""
        return redirect("admin:index")

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:  # type: ignore[override]
        """The account's own page asks for the second factor and counts guesses."""
        return redirect("account_change_password")


class HouseAdminConfig(AdminConfig):
    default_site = "config.admin.HouseAdmin"
    verbose_name = _("Admin")
