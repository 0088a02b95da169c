"""Copies of one's data that are sent by themselves: where to, how it went last, and how to end it."""

from collections.abc import Callable
from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.copying import forget_copy_place, send_copy_now, set_copy_place, switch_copies
from accounts.mail import tell_of_copies
from accounts.models import CopyPlace
from accounts.requests import MemberRequest
from accounts.views.posting import posted_from
from reviews.actions.carrying import MOST_BYTES
from reviews.copies import how_it_went
from reviews.copy_forms import CopyPlaceForm


@login_required
@reauthentication_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def copies(request: MemberRequest) -> HttpResponse:
    """The place, how it went last, and a form to name another."""
    place = CopyPlace.objects.filter(member=request.user).first()
    form = CopyPlaceForm(request.POST if request.method == "POST" else None, place=place)
    if form.is_valid():
        try:
            made = set_copy_place(member=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            if place is None or place.host != made.host:
                tell_of_copies(request.user, made.host)
            messages.success(request, _("Saved. A first copy is on its way; look again in a moment."))
            return redirect("reviews:copies")
    said = how_it_went(place) if place else ""
    context = {"place": place, "form": form, "said": said, "most": MOST_BYTES}
    return render(request, "reviews/copies.html", context, status=422 if form.errors else 200)


@login_required
@posted_from("reviews:copies")
def switch(request: MemberRequest) -> HttpResponse:
    on = request.POST.get("on") == "1"
    _done(request, lambda: switch_copies(member=request.user, on=on))
    return redirect("reviews:copies")


@login_required
@posted_from("reviews:copies")
def send(request: MemberRequest) -> HttpResponse:
    if _done(request, lambda: send_copy_now(member=request.user)):
        messages.success(request, _("A copy is on its way. Look again in a moment."))
    return redirect("reviews:copies")


@login_required
@posted_from("reviews:copies")
def forget(request: MemberRequest) -> HttpResponse:
    forget_copy_place(member=request.user)
    messages.success(request, _("The place is forgotten. What was sent there stays there."))
    return redirect("reviews:copies")


def _done(request: MemberRequest, act: Callable[[], Any]) -> bool:
    """Whether it was; the reason why not is told. Raises Http404 for somebody who has no place."""
    try:
        act()
    except CopyPlace.DoesNotExist:
        raise Http404 from None
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return False
    return True
