"""Webhooks: addresses at which programs of the member's are told what happens."""

from collections.abc import Callable
from typing import Any, Final

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.mail import tell_of_webhook
from accounts.models import Delivery, Webhook
from accounts.requests import MemberRequest
from accounts.settings_forms import WebhookForm
from accounts.views.posting import posted_from
from accounts.webhooks import registering

MOST_SHOWN: Final = 30  # of the messages to one address; programs may read on


@login_required
@never_cache
@require_http_methods(["GET", "HEAD"])
def webhooks(request: MemberRequest) -> HttpResponse:
    """The member's, by the host that each leads to."""
    own = Webhook.objects.filter(member=request.user).order_by("address", "pk")
    return render(request, "accounts/webhooks.html", {"webhooks": own})


@login_required
@reauthentication_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: MemberRequest) -> HttpResponse:
    """A form for a new one, whose secret is shown once, in the answer to making it."""
    form = WebhookForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = _said(form, registering.register_webhook, member=request.user)
        if made is not None:
            webhook, secret = made
            tell_of_webhook(request.user, webhook)
            return _page(request, webhook, _form_of(webhook), secret=secret, is_new=True)
    return render(request, "accounts/webhook_form.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@reauthentication_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def webhook(request: MemberRequest, webhook_id: int) -> HttpResponse:
    """One of the member's: how it is, what was sent there last, and a form to change what it says."""
    found = get_object_or_404(Webhook, member=request.user, pk=webhook_id)
    form = WebhookForm(request.POST) if request.method == "POST" else _form_of(found)
    if request.method == "POST" and form.is_valid():
        act = registering.change_webhook
        if (changed := _said(form, act, member=request.user, webhook_id=webhook_id)) is not None:
            if changed.address != found.address:
                tell_of_webhook(request.user, changed)
            messages.success(request, _("Saved."))
            return redirect("accounts:webhook", webhook_id)
    return _page(request, found, form)


@login_required
@reauthentication_required
@never_cache
@posted_from("accounts:webhook", "webhook_id")
def renew(request: MemberRequest, webhook_id: int) -> HttpResponse:
    """Another secret, shown once in the answer."""
    found = get_object_or_404(Webhook, member=request.user, pk=webhook_id)
    secret = registering.renew_webhook_secret(member=request.user, webhook_id=webhook_id)
    return _page(request, found, _form_of(found), secret=secret)


@login_required
@posted_from("accounts:webhook", "webhook_id")
def switch(request: MemberRequest, webhook_id: int) -> HttpResponse:
    get_object_or_404(Webhook, member=request.user, pk=webhook_id)
    on = request.POST.get("on") == "1"
    registering.switch_webhook(member=request.user, webhook_id=webhook_id, on=on)
    messages.success(request, _("It is switched on.") if on else _("It is switched off. Nothing is sent there."))
    return redirect("accounts:webhook", webhook_id)


@login_required
@posted_from("accounts:webhook", "webhook_id")
def test(request: MemberRequest, webhook_id: int) -> HttpResponse:
    get_object_or_404(Webhook, member=request.user, pk=webhook_id)
    _sent(request, registering.send_test, webhook_id=webhook_id)
    return redirect("accounts:webhook", webhook_id)


@login_required
@posted_from("accounts:webhook", "webhook_id")
def again(request: MemberRequest, webhook_id: int, delivery_id: int) -> HttpResponse:
    get_object_or_404(Delivery, webhook__member=request.user, webhook=webhook_id, pk=delivery_id)
    _sent(request, registering.send_again, webhook_id=webhook_id, delivery_id=delivery_id)
    return redirect("accounts:webhook", webhook_id)


@login_required
@posted_from("accounts:webhook", "webhook_id")
def remove(request: MemberRequest, webhook_id: int) -> HttpResponse:
    registering.remove_webhook(member=request.user, webhook_id=webhook_id)
    messages.success(request, _("The webhook is removed. Nothing is sent there any more."))
    return redirect("accounts:webhooks")


def _sent(request: MemberRequest, act: Callable[..., Any], **which: int) -> None:
    try:
        act(member=request.user, **which)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("It is on its way. Load this page again in a moment to see how it went."))


def _said(form: WebhookForm, act: Callable[..., Any], **which: Any) -> Any:
    """What the act gives back; None where it refused, with the reason on the form."""
    try:
        return act(**which, **form.cleaned_data)
    except ValidationError as refusal:
        for name, told in (refusal.message_dict if hasattr(refusal, "error_dict") else {"": refusal.messages}).items():
            form.add_error(name if name in form.fields else None, " ".join(told))
        return None


def _form_of(webhook: Webhook) -> WebhookForm:
    return WebhookForm(initial={"address": webhook.address, "events": webhook.events})


def _page(
    request: MemberRequest, webhook: Webhook, form: WebhookForm, *, secret: str = "", is_new: bool = False
) -> HttpResponse:
    deliveries = webhook.deliveries.order_by("-pk")[:MOST_SHOWN]
    context = {"webhook": webhook, "form": form, "secret": secret, "is_new": is_new, "deliveries": deliveries}
    return render(request, "accounts/webhook.html", context, status=422 if form.errors else 200)
