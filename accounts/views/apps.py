"""Apps that the member let in, and apps that they built."""

from collections.abc import Callable
from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.connecting import change_app, let_in_by, register_app, remove_app, renew_secret, shut_out_app
from accounts.identity import absolute
from accounts.models import App
from accounts.requests import MemberRequest
from accounts.settings_forms import AppForm, NewAppForm
from accounts.views.posting import posted_from


@login_required
@never_cache
@require_http_methods(["GET", "HEAD"])
def apps(request: MemberRequest) -> HttpResponse:
    """What the member let in with what each may do, and what they built."""
    built = App.objects.filter(owner=request.user).order_by("name", "pk")
    return render(request, "accounts/apps.html", {"let_in": let_in_by(request.user), "built": built})


@login_required
@reauthentication_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: MemberRequest) -> HttpResponse:
    """A form for a new app; what its program needs is in the answer, its secret in that alone."""
    form = NewAppForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and (made := _said(form, register_app, request)):
        app, secret = made
        return _app_page(request, app, AppForm(initial=_initial(app)), secret=secret, is_new=True)
    return render(request, "accounts/app_form.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@reauthentication_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def app(request: MemberRequest, app_id: str) -> HttpResponse:
    """One that the member built: what it needs to know, and a form to change what it says."""
    found = get_object_or_404(App, owner=request.user, pk=app_id)
    form = AppForm(request.POST or None, initial=_initial(found))
    if request.method == "POST" and form.is_valid() and _said(form, change_app, request, app_id=app_id):
        messages.success(request, _("Saved."))
        return redirect("accounts:app", app_id)
    return _app_page(request, found, form)


@login_required
@reauthentication_required
@never_cache
@posted_from("accounts:app", "app_id")
def renew(request: MemberRequest, app_id: str) -> HttpResponse:
    """Another secret, shown once in the answer."""
    found = get_object_or_404(App, owner=request.user, pk=app_id, type=App.Type.CONFIDENTIAL)
    secret = renew_secret(member=request.user, app_id=app_id)
    return _app_page(request, found, AppForm(initial=_initial(found)), secret=secret)


@login_required
@reauthentication_required
@posted_from("accounts:app", "app_id")
def remove(request: MemberRequest, app_id: str) -> HttpResponse:
    remove_app(member=request.user, app_id=app_id)
    messages.success(request, _("The app is removed. Nobody lets it in any more."))
    return redirect("accounts:apps")


@login_required
@posted_from("accounts:apps")
def shut_out(request: MemberRequest, app_id: str) -> HttpResponse:
    shut_out_app(member=request.user, app_id=app_id)
    messages.success(request, _("The app can do nothing more in your name."))
    return redirect("accounts:apps")


def _said(form: AppForm, act: Callable[..., Any], request: MemberRequest, **which: str) -> Any:
    """What the act gives back; None where it refused, with the reason on the form."""
    try:
        return act(member=request.user, **which, **form.asked())
    except ValidationError as refusal:
        for name, told in (refusal.message_dict if hasattr(refusal, "error_dict") else {"": refusal.messages}).items():
            form.add_error(name if name in form.fields else None, " ".join(told))
        return None


def _initial(app: App) -> dict[str, str]:
    return {"name": app.name, "addresses": app.redirect_uris}


def _app_page(
    request: MemberRequest, app: App, form: AppForm, *, secret: str = "", is_new: bool = False
) -> HttpResponse:
    context = {
        "app": app, "form": form, "secret": secret, "is_new": is_new,
        "discovery": absolute(reverse("idp:oidc:configuration")),
    }  # fmt: skip
    return render(request, "accounts/app.html", context, status=422 if form.errors else 200)
