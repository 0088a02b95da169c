"""Devices that ring: a browser lets the house in, or is taken off; and the script that browser keeps for it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from accounts.requests import MemberRequest
from accounts.views.posting import posted_from
from reviews.actions.pushing import add_device, remove_device
from reviews.models import PushDevice

FIELDS = ("endpoint", "public_key", "secret")


@login_required
@posted_from("reviews:notice_choices")
def add(request: MemberRequest) -> HttpResponse:
    """What static/js/devices.js sends when its button is pressed."""
    said = {field: request.POST.get(field, "") for field in FIELDS}
    agent = request.headers.get("User-Agent", "")
    try:
        add_device(member=request.user, session_key=request.session.session_key or "", user_agent=agent, **said)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("This device rings for you from now on."))
    return redirect("reviews:notice_choices")


@login_required
@posted_from("reviews:notice_choices")
def remove(request: MemberRequest, device_id: int) -> HttpResponse:
    """Of a device that is gone already it is as true."""
    if (device := PushDevice.objects.of(request.user).filter(pk=device_id).first()) is not None:
        remove_device(member=request.user, device=device)
    messages.success(request, _("That device does not ring any more."))
    return redirect("reviews:notice_choices")


@require_safe
@cache_control(public=True, max_age=3600)
def worker(request: HttpRequest) -> HttpResponse:
    """At the top of the site, so that the pages which it may lead to are all of them."""
    return render(request, "push_worker.js", content_type="text/javascript; charset=utf-8")
