"""A member's own profile, name and picture."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.actions import rename_oneself, save_profile, set_avatar, unblock
from accounts.models import User
from accounts.pictures import PictureRefused
from accounts.requests import MemberRequest
from accounts.settings_forms import AvatarForm, ProfileForm, UsernameForm
from accounts.views.posting import posted_from


def page(request: MemberRequest, **forms: Any) -> HttpResponse:
    """All three forms; the one that was sent keeps what was typed."""
    member = request.user
    status = 422 if any(form.errors for form in forms.values()) else 200
    # A refused form has written what was typed onto the member; the page's other parts show what is stored.
    stored = User.objects.get(pk=member.pk) if forms else member
    forms.setdefault("profile", ProfileForm(instance=stored))
    forms.setdefault("username", UsernameForm(stored, initial={"username": stored.username}))
    forms.setdefault("avatar", AvatarForm())
    return render(request, "accounts/settings.html", forms | {"member": stored}, status=status)


@login_required
@require_safe
def settings(request: MemberRequest) -> HttpResponse:
    return page(request)


@login_required
@posted_from("accounts:settings")
def profile(request: MemberRequest) -> HttpResponse:
    member = User.objects.get(pk=request.user.pk)
    form = ProfileForm(request.POST, instance=member)
    if form.is_valid():
        save_profile(member=member, **form.cleaned_data)
        messages.success(request, _("Your profile is saved."))
        return redirect("accounts:settings")
    return page(request, profile=form)


@login_required
@posted_from("accounts:settings")
def username(request: MemberRequest) -> HttpResponse:
    member = request.user
    form = UsernameForm(member, request.POST)
    if form.is_valid():
        try:
            rename_oneself(member=member, username=form.cleaned_data["username"])
        except ValidationError as refusal:
            form.add_error("username", refusal)
        else:
            messages.success(request, _("Your username is changed. Your old address leads to the new one."))
            return redirect("accounts:settings")
    return page(request, username=form)


@login_required
@posted_from("accounts:settings")
def avatar(request: MemberRequest) -> HttpResponse:
    member = request.user
    if "remove" in request.POST:
        set_avatar(member=member, file=None)
        messages.success(request, _("Your picture is taken down."))
        return redirect("accounts:settings")
    form = AvatarForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            set_avatar(member=member, file=form.cleaned_data["picture"])
        except PictureRefused as refusal:
            form.add_error("picture", str(refusal))
        else:
            messages.success(request, _("Your picture is up."))
            return redirect("accounts:settings")
    return page(request, avatar=form)


@login_required
@posted_from("reviews:muted")
def unblocking(request: MemberRequest) -> HttpResponse:
    member = request.user
    # Nobody else, not even by their name: who blocks one, or is suspended, is not there.
    blocked = User.objects.filter(blocks_received__blocker=member)
    other = blocked.filter(username__iexact=request.POST.get("username", "")).first()
    if other is not None:
        unblock(member=member, other=other)
        messages.success(request, _("%(name)s is no longer blocked.") % {"name": other.name})
    return redirect("reviews:muted")
