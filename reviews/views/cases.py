"""A case as those outside the moderation see it: what moderators wrote to them, and what they answer."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.requests import MemberRequest
from reviews.actions.reporting import answer_case, side_of
from reviews.cases import seen_among
from reviews.forms import AnswerForm
from reviews.models import Case, CaseMessage, Decision
from reviews.trust import LimitReached


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: MemberRequest, case_id: int) -> HttpResponse:
    case = Case.objects.filter(pk=case_id).first()
    side = side_of(member=request.user, case=case) if case is not None else None
    if case is None or side is None:
        raise Http404(_("There is no such case."))
    form = AnswerForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                answer_case(member=request.user, case=case, body=form.cleaned_data["body"])
            except LimitReached as refusal:
                status = 429
                form.add_error(None, refusal)
            except ValidationError as refusal:
                form.add_error(None, refusal)
            except PermissionDenied as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("The moderators have your answer."))
                return redirect("reviews:case", case.pk)
    return render(request, "reviews/case.html", page(request, case, side) | {"form": form}, status=status)


def page(request: MemberRequest, case: Case, side: str) -> dict[str, object]:
    """Only what is on this member's own side of the case."""
    member = request.user
    mine = case.messages.filter(side=side)
    if side == CaseMessage.Side.REPORTER:
        mine = mine.filter(reporter=member)
        return {
            "case": case, "side": side, "lines": list(mine), "about": case.about,
            "is_seen": case.about in seen_among([case.about], member),
            "reports": list(case.reports.filter(reporter=member).order_by("created_at")), "decisions": [],
        }  # fmt: skip
    decided = case.decisions.filter(member=member).exclude(kind=Decision.Kind.NOTHING)
    return {
        "case": case, "side": side, "lines": list(mine), "about": case.about, "reports": [],
        "is_seen": case.quotation is None,
        "decisions": list(decided),
    }  # fmt: skip
