"""`{% settings_menu %}`: the pages about one's own account, in groups, and which of them is open."""

from collections.abc import Iterator
from typing import Any, Final

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template import Context
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

register = template.Library()

# The names of addresses in groups. What belongs to a page stands below its address.
GROUPS: Final = (
    (
        _("You here"),
        (
            ("accounts:settings", _("Profile")),
            ("reviews:favourites", _("Favourites")),
            ("reviews:notice_choices", _("Notifications")),
            ("reviews:calendar_choices", _("Calendar")),
        ),
    ),
    (
        _("You and others"),
        (
            ("reviews:privacy", _("Privacy")),
            ("reviews:requests", _("Follow requests")),
            ("reviews:muted", _("Muted and blocked")),
            ("reviews:cautions", _("Warnings")),
            ("reviews:elsewhere", _("Elsewhere")),
        ),
    ),
    (
        _("Logging in"),
        (
            ("account_email", _("Email addresses")),
            ("account_change_password", _("Password")),
            ("mfa_index", _("Second step")),
            ("usersessions_list", _("Devices")),
        ),
    ),
    (
        _("Programs"),
        (
            ("accounts:tokens", _("Access tokens")),
            ("accounts:apps", _("Apps")),
            ("accounts:webhooks", _("Webhooks")),
            ("reviews:players", _("Players")),
        ),
    ),
    (
        _("Your records"),
        (
            ("reviews:data", _("Your data")),
            ("films:suggestions", _("Suggestions")),
            ("reviews:my_reports", _("Reports")),
            ("reviews:decisions", _("Decisions")),
        ),
    ),
)


@register.inclusion_tag("accounts/_settings_nav.html", takes_context=True)
def settings_menu(context: Context) -> dict[str, Any]:
    request: HttpRequest = context["request"]
    return {"groups": [(heading, list(_shown(pages, request))) for heading, pages in GROUPS]}


def _shown(pages: tuple[tuple[str, Any], ...], request: HttpRequest) -> Iterator[dict[str, Any]]:
    for name, label in pages:
        url = reverse(name)
        is_here = request.path.startswith(url)
        if name == "reviews:requests" and not (is_here or getattr(request.user, "is_private", False)):
            continue
        if name == "reviews:elsewhere" and not settings.FEDERATION:
            continue
        yield {"url": url, "label": label, "current": is_here and ("page" if request.path == url else "true")}
