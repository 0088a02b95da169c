"""The form of one's goal for a year."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.requests import MemberRequest
from reviews.actions.aiming import drop_goal, set_goal
from reviews.forms import GoalForm
from reviews.goals import goal_of
from reviews.stats.years import is_year


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def goal(request: MemberRequest, year: int) -> HttpResponse:
    """`do=drop` gives it up."""
    if not is_year(year, timezone.localdate()):
        raise Http404(_("Nobody can have seen a film in that year."))
    member = request.user
    there = goal_of(member, member, year)
    if request.method != "POST":
        said = {"films": there.films, "visibility": there.visibility} if there else None
        return render(request, "reviews/goal.html", {"form": GoalForm(initial=said), "year": year, "goal": there})
    if request.POST.get("do") == "drop":
        drop_goal(member=member, year=year)
        messages.success(request, _("There is no goal for %(year)d any more.") % {"year": year})
        return redirect("reviews:member_year", member.username, year)
    form = GoalForm(request.POST)
    if form.is_valid():
        try:
            set_goal(member=member, year=year, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Your goal for %(year)d is set.") % {"year": year})
            return redirect("reviews:member_year", member.username, year)
    return render(request, "reviews/goal.html", {"form": form, "year": year, "goal": there}, status=422)
