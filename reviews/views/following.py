"""Following members, and answering those who ask to."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import FollowRequest, User
from accounts.requests import MemberRequest
from accounts.settings_forms import PrivacyForm
from accounts.views.posting import posted_from
from reviews.actions.following import (
    accept_request,
    choose_privacy,
    follow_member,
    refuse_request,
    remove_follower,
    unfollow_member,
)
from reviews.lines import draw_lines
from reviews.models import Activity
from reviews.pages import page_of
from reviews.timeline import A_PAGE, bare, kinds_of, timeline_of
from reviews.views.member import head, member_called, member_or_redirect

REQUESTS_A_PAGE = 40


@require_safe
def activity(request: HttpRequest, username: str) -> HttpResponse:
    """What a member did lately."""
    member = member_or_redirect(request, username)
    if isinstance(member, HttpResponse):
        return member
    top = head(request, member)
    if not top["lets_in"]:
        raise Http404(_("This account is private."))
    kinds = kinds_of(request.GET.getlist("kind"))
    rows, runs = timeline_of(request.user, member, kinds)
    page = page_of(request, bare(rows, request.user), size=A_PAGE, runs=runs)
    page["rows"] = draw_lines(request.user, page["rows"], heading="h2")
    context = top | page | {"kind": "activity", "kinds": kinds, "choices": Activity.Kind.choices}
    return render(request, "reviews/member_activity.html", context)


@login_required
@posted_from("reviews:member", "username")
def follow(request: MemberRequest, username: str) -> HttpResponse:
    member = member_or_redirect(request, username)
    if isinstance(member, HttpResponse):
        return member
    if request.POST.get("follow") == "0":
        unfollow_member(member=request.user, other=member)
    else:
        try:
            follow_member(member=request.user, other=member)
        except (PermissionDenied, ValidationError) as refusal:
            messages.error(request, _said(refusal))
    if not request.htmx:
        return redirect(member)
    changed = member_called(request.user, member.username) or member
    return render(request, "reviews/member.html#follow", head(request, changed))


@login_required
@posted_from("reviews:member", "username")
def remove(request: MemberRequest, username: str) -> HttpResponse:
    """Somebody is to follow the member no longer."""
    other = get_object_or_404(User.objects.active().not_blocking(request.user), username__iexact=username)
    remove_follower(member=request.user, other=other)
    messages.success(request, _("%(name)s no longer follows you.") % {"name": other.name})
    return redirect("reviews:member_followers", request.user.username)


@login_required
@require_safe
def requests(request: MemberRequest) -> HttpResponse:
    """Who asks to follow the member, the latest first."""
    waiting = FollowRequest.objects.filter(followed=request.user, follower__is_active=True).select_related("follower")
    return render(request, "reviews/requests.html", page_of(request, waiting, "id", size=REQUESTS_A_PAGE))


@login_required
@posted_from("reviews:requests")
def answer(request: MemberRequest) -> HttpResponse:
    """Posted: accept or refuse, with the username of who asked."""
    accepts = "accept" in request.POST
    username = request.POST.get("accept") or request.POST.get("refuse") or ""
    other = get_object_or_404(User.objects.active().not_blocking(request.user), username__iexact=username)
    try:
        if accepts:
            accept_request(member=request.user, other=other)
            messages.success(request, _("%(name)s follows you now.") % {"name": other.name})
        else:
            refuse_request(member=request.user, other=other)
            messages.success(
                request, _("The request of %(name)s is refused. They are not told.") % {"name": other.name}
            )
    except (PermissionDenied, ValidationError) as refusal:
        messages.error(request, _said(refusal))
    return redirect("reviews:requests")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def privacy(request: MemberRequest) -> HttpResponse:
    """Who sees the member, and who may answer them."""
    member = User.objects.get(pk=request.user.pk)
    form = PrivacyForm(request.POST or None, instance=member)
    if request.method == "POST" and form.is_valid():
        choose_privacy(member=member, **form.cleaned_data)
        messages.success(request, _("Your choices are saved."))
        return redirect("reviews:privacy")
    return render(request, "reviews/privacy.html", {"form": form}, status=422 if form.errors else 200)


def _said(refusal: PermissionDenied | ValidationError) -> str:
    return " ".join(refusal.messages) if isinstance(refusal, ValidationError) else str(refusal)
