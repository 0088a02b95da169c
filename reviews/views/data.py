"""What a member has here: a copy of it to take along, and the end of the account."""

from allauth.account.decorators import reauthentication_required
from allauth.core.exceptions import ReauthenticationRequired
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import MemberRequest
from accounts.settings_forms import LeavingForm
from accounts.views.posting import posted_from
from reviews.actions import departing
from reviews.actions.exporting import ask_for_export, opened
from reviews.models import Export
from reviews.trust import LimitReached


def page(request: MemberRequest, refusal: str = "") -> HttpResponse:
    export = Export.objects.filter(member=request.user).first()
    context = {"export": export, "refusal": refusal}
    return render(request, "reviews/data.html", context, status=429 if refusal else 200)


@login_required
@never_cache
@require_safe
def data(request: MemberRequest) -> HttpResponse:
    return page(request)


@login_required
@posted_from("reviews:data")
def export(request: MemberRequest) -> HttpResponse:
    try:
        ask_for_export(member=request.user)
    except LimitReached as refusal:
        return page(request, " ".join(refusal.messages))
    messages.success(request, _("Your copy is being made. You are told when it is ready."))
    return redirect("reviews:data")


@login_required
@never_cache
@require_safe
def export_file(request: MemberRequest, secret: str) -> HttpResponseBase:
    """To its owner alone, who gave their password a short while ago; or gives it, and is led back to the page, for a
    download would leave them where they gave it."""
    export = get_object_or_404(Export.objects.ready(), member=request.user, secret=secret)
    try:
        return reauthentication_required(lambda request: answer_with(export))(request)
    except ReauthenticationRequired:
        return redirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': reverse('reviews:data')})}")


def answer_with(export: Export) -> HttpResponseBase:
    """The archive itself. Raises Http404 where its file is gone."""
    try:
        file = opened(export)
    except FileNotFoundError:
        raise Http404(_("This copy is not kept any more. Ask for a new one.")) from None
    name = f"intermission-{export.member.username}-{export.finished_at:%Y-%m-%d}.zip"
    answer = FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")
    answer["Cache-Control"] = "no-store"
    answer["Content-Length"] = str(export.size)
    return answer


@login_required
@reauthentication_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def delete_account(request: MemberRequest) -> HttpResponse:
    """Says what goes and what stays; the member writes their username, so that it is no slip."""
    member = request.user
    form = LeavingForm(member, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            departing.delete_account(member=member)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            logout(request)
            messages.success(request, _("Your account is deleted. Thank you for the evenings."))
            return redirect("reviews:home")
    context = {"form": form, "goes": departing.what_goes(member)}
    return render(request, "reviews/delete_account.html", context, status=422 if form.errors else 200)
