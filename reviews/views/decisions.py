"""What was decided about a member, and the form in which they ask for another look."""

from typing import Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.requests import MemberRequest
from accounts.suspended import member_by
from reviews.actions.appealing import appeal
from reviews.cases import decisions_about
from reviews.forms import AppealForm
from reviews.models import Appeal, Decision
from reviews.passes import decision_by, pass_url, suspension_of

A_PAGE: Final = 20


@login_required
@require_safe
def decisions(request: MemberRequest) -> HttpResponse:
    shown = Paginator(decisions_about(request.user), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "reviews/decisions.html", {"page": shown, "rows": list(shown)})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def decision(request: MemberRequest, decision_id: int) -> HttpResponse:
    found = get_object_or_404(decisions_about(request.user), pk=decision_id)
    return page(request, found, request.user, found.get_absolute_url())


@require_http_methods(["GET", "HEAD", "POST"])
def decision_by_pass(request: HttpRequest, secret: str) -> HttpResponse:
    """For the suspended, who have the address from a mail or from trying to log in."""
    found = decision_by(secret)
    if found is None or found.member is None:
        raise Http404(_("This address is not good any more."))
    return page(request, found, found.member, request.path)


@require_safe
def suspended(request: HttpRequest, secret: str) -> HttpResponse:
    """Where somebody is led who gave the right password of an account that is closed."""
    member = member_by(secret)
    found = suspension_of(member) if member is not None else None
    return redirect("account_inactive" if found is None else pass_url(found))


def page(request: HttpRequest, found: Decision, member: User, address: str) -> HttpResponse:
    form = AppealForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            appeal(member=member, decision=found, words=form.cleaned_data["words"])
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Another moderator will look at it, and you read their answer here."))
            return redirect(address)
    made = Appeal.objects.filter(decision=found).first()
    context = {"decision": found, "appeal": made, "form": form, "member": member}
    return render(request, "reviews/decision.html", context, status=422 if form.errors else 200)
