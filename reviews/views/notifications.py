"""What a member was told: the page, its count in the header, and how they want to hear of things."""

from typing import Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.mail import verified_address
from accounts.requests import MemberRequest, PageRequest
from accounts.views.posting import posted_by_programs, posted_from
from reviews.actions.hearing import choose_ways, mark_all_read, mark_read, stop_mails
from reviews.models import Mailing, Notice, Notification, PushDevice
from reviews.notice_forms import WaysForm
from reviews.notices import all_ways, lines_for, told_to, unread_count
from reviews.pages import page_of
from reviews.pushing.vouching import house_key
from reviews.telling import url_of
from reviews.told import runs_of
from reviews.unsubscribing import read_token

A_PAGE: Final = 30


@login_required
@require_safe
def notifications(request: MemberRequest) -> HttpResponse:
    runs = runs_of(request.user.pk, "firsts", size=A_PAGE)
    page = page_of(request, Notification.objects.none(), size=A_PAGE, runs=runs)  # the runs find the rows
    page["lines"] = lines_for(request.user, page["rows"])
    return render(request, "reviews/notifications.html", page)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def open_one(request: MemberRequest, notification_id: int) -> HttpResponse:
    """To what it is of. Whoever opens it by its button has read it then; a mere link changes nothing."""
    notification = get_object_or_404(told_to(request.user).with_line(), pk=notification_id)  # type: ignore[attr-defined]  # the stubs lose the manager
    if request.method == "POST":
        mark_read(member=request.user, notification=notification)
    return redirect(url_of(notification))


@login_required
@posted_from("reviews:notifications")
def read_all(request: MemberRequest) -> HttpResponse:
    mark_all_read(member=request.user)
    return redirect("reviews:notifications")


@never_cache
@require_safe
def count(request: PageRequest) -> HttpResponse:
    """How many are unread, for the header. `?shown=3`: nothing is answered while that is what it shows already."""
    if not request.user.is_authenticated:
        return HttpResponse(status=204) if request.htmx else redirect_to_login(request.get_full_path())
    number = unread_count(request.user)
    if request.GET.get("shown") == str(number):
        return HttpResponse(status=204)
    return render(request, "_notices_link.html", {"count": number})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def choices(request: MemberRequest) -> HttpResponse:
    ways = all_ways(request.user)
    form = WaysForm(ways, request.POST if request.method == "POST" else None)
    if form.is_valid():
        choose_ways(member=request.user, ways=form.ways())
        messages.success(request, _("Your choices are kept."))
        return redirect("reviews:notice_choices")
    context = {
        "form": form,
        "address": verified_address(request.user),
        "devices": PushDevice.objects.of(request.user),
        "house_key": house_key(),
    }
    return render(request, "reviews/notice_choices.html", context, status=422 if form.errors else 200)


@never_cache
@posted_by_programs
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """From a mail, by whoever has it: no log-in is asked for. Answers a POST with a page, as RFC 8058 wants."""
    found = read_token(token)
    if found is None:
        raise Http404(_("This link is not whole. Take the one from the mail again."))
    member, what = found
    if request.method == "POST":
        stop_mails(member=member, what=what)
    labels = {Mailing.DAILY.value: _("Your daily mails"), Mailing.WEEKLY.value: _("Your weekly mails")}
    named = labels.get(what) or Notice(what).label
    return render(request, "reviews/unsubscribe.html", {"named": named, "is_done": request.method == "POST"})
