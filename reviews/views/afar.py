"""Following people on other servers, and what these say about films."""

from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.federation import following as acts
from accounts.federation.standing import followed_by, standing_of
from accounts.models import FollowElsewhere
from accounts.requests import MemberRequest
from accounts.settings_forms import FollowElsewhereForm
from accounts.views.posting import gone_before, gone_to, posted_from
from reviews.elsewhere import cover, words_for
from reviews.pages import page_of
from reviews.views.federation import for_others

A_PAGE: Final = 30


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_others
def following(request: MemberRequest) -> HttpResponse:
    """Whom the member follows there, and whom they want to. `?who=` fills the form in, as the search page does."""
    form = FollowElsewhereForm(request.POST) if request.method == "POST" else None
    if form is not None and form.is_valid():
        try:
            made = acts.follow(member=request.user, who=form.cleaned_data["who"])
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _said_of(made))
            return redirect("reviews:following_elsewhere")
    context: dict[str, Any] = {
        "form": form or FollowElsewhereForm(initial={"who": request.GET.get("who", "")[:500]}),
        "standing": standing_of(request.user),
        "states": FollowElsewhere.State,
    }
    context |= page_of(request, followed_by(request.user), "id", size=A_PAGE)
    return render(request, "reviews/following_elsewhere.html", context, status=422 if form else 200)


def _said_of(follow: FollowElsewhere) -> str:
    if follow.state == FollowElsewhere.State.SOUGHT:
        sentence = _("%(who)s is being looked for, and then asked. This page says what comes of it.")
        return sentence % {"who": follow.called}
    return _("You have asked %(who)s already.") % {"who": follow.handle}


@login_required
@posted_from("reviews:following_elsewhere")
@for_others
def unfollow(request: MemberRequest, follow_id: int) -> HttpResponse:
    follow = followed_by(request.user).filter(pk=follow_id).first()
    if follow is None:
        return gone_before(request)
    try:
        acts.unfollow(member=request.user, follow_id=follow_id)
    except FollowElsewhere.DoesNotExist:
        return gone_before(request)
    messages.success(request, _("You do not follow %(who)s any more.") % {"who": follow.handle})
    return gone_to(request, reverse("reviews:following_elsewhere"))


@login_required
@never_cache
@require_safe
@for_others
def words(request: MemberRequest) -> HttpResponse:
    """All that those say whom the member follows there, the latest first."""
    page = page_of(request, words_for(request.user), "published_at", "id", size=A_PAGE)
    page["rows"] = cover(page["rows"])
    return render(request, "reviews/words_elsewhere.html", page)
