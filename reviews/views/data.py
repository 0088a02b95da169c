"""What a member has here: a copy of it to take along, and the end of the account."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.requests import MemberRequest
from accounts.views.posting import posted_from
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
@reauthentication_required
@never_cache
@require_safe
def export_file(request: MemberRequest, secret: str) -> HttpResponseBase:
    """To its owner alone, who gave their password a short while ago."""
    return answer_with(get_object_or_404(Export.objects.ready(), member=request.user, secret=secret))


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
