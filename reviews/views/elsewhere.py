"""Being followed from other servers: one's own choice, who follows, and whom one wants nothing of.

Whom one follows there is in views/afar.py.
"""

from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.federation import switching
from accounts.federation.standing import followers_of, refusals_of, standing_of
from accounts.models import Follower, User
from accounts.requests import MemberRequest
from accounts.settings_forms import ElsewhereForm, FollowElsewhereForm
from accounts.views.posting import posted_from
from reviews.pages import page_of
from reviews.views.federation import for_others

A_PAGE: Final = 30
MOST_REFUSALS_SHOWN: Final = 200


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_others
def elsewhere(request: MemberRequest) -> HttpResponse:
    """The choice, and who follows."""
    form = ElsewhereForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            _choose(request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Your choice is saved."))
            return redirect("reviews:elsewhere")
    standing = standing_of(request.user)
    if request.method != "POST":
        form = ElsewhereForm(initial={"on": standing.on, "approves": standing.approves})
    context: dict[str, Any] = {
        "form": form, "wanted": FollowElsewhereForm(), "standing": standing, "is_private": request.user.is_private,
        "refusals": refusals_of(request.user).order_by("-pk")[:MOST_REFUSALS_SHOWN],
    }  # fmt: skip
    context |= page_of(request, followers_of(request.user), "id", size=A_PAGE)
    return render(request, "reviews/elsewhere.html", context, status=422 if form.errors else 200)


def _choose(member: User, on: bool, approves: bool) -> None:
    if on:
        switching.switch_on(member=member, approves=approves)
    else:
        switching.switch_off(member=member)


@login_required
@posted_from("reviews:elsewhere")
@for_others
def act(request: MemberRequest, follower_id: int) -> HttpResponse:
    """Posted with `do`: let, remove, refuse or refuse_server."""
    follower = followers_of(request.user).filter(pk=follower_id).first()
    if follower is None:
        raise Http404
    try:
        messages.success(request, _done(request.user, follower, request.POST.get("do", "")))
    except Follower.DoesNotExist:
        raise Http404 from None
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect("reviews:elsewhere")


def _done(member: User, follower: Follower, do: str) -> str:
    """What was done, in a sentence. Raises ValidationError."""
    which: dict[str, Any] = {"member": member, "follower_id": follower.pk}
    who, host = follower.stranger.handle, follower.stranger.host
    match do:
        case "let":
            switching.let_follow(**which)
            return _("%(who)s follows you now.") % {"who": who}
        case "remove":
            switching.remove_follower(**which)
            return _("%(who)s does not follow you any more.") % {"who": who}
        case "refuse":
            switching.refuse(**which)
            return _("%(who)s is blocked.") % {"who": who}
        case "refuse_server":
            switching.refuse(**which, whole_server=True)
            return _("Everybody at %(host)s is blocked.") % {"host": host}
    raise ValidationError(_("Choose what is to be done."))


@login_required
@posted_from("reviews:elsewhere")
@for_others
def lift(request: MemberRequest, refusal_id: int) -> HttpResponse:
    switching.lift_refusal(member=request.user, refusal_id=refusal_id)
    messages.success(request, _("They are no longer blocked."))
    return redirect("reviews:elsewhere")
