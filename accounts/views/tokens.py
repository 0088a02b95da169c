"""Personal access tokens, for programs."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.actions import make_token, revoke_token
from accounts.mail import tell_of_token
from accounts.models import AccessToken
from accounts.requests import MemberRequest
from accounts.settings_forms import TokenForm
from accounts.views.posting import posted_from


@login_required
@reauthentication_required
@never_cache
@require_http_methods(["GET", "POST"])
def tokens(request: MemberRequest) -> HttpResponse:
    """The member's tokens, and a form for a new one, whose secret is shown once in the answer to making it."""
    member = request.user
    form, secret = TokenForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        try:
            token, secret = make_token(member=member, **form.asked())
            tell_of_token(member, token)
            form = TokenForm()
        except ValidationError as refusal:
            form.add_error(None, " ".join(refusal.messages))
    context = {"form": form, "secret": secret, "tokens": AccessToken.objects.filter(member=member).order_by("-id")}
    return render(request, "accounts/tokens.html", context, status=422 if form.errors else 200)


@login_required
@posted_from("accounts:tokens")
def revoke(request: MemberRequest, token_id: int) -> HttpResponse:
    member = request.user
    revoke_token(member=member, token_id=token_id)
    messages.success(request, _("The token is revoked. Programs that use it are let in no more."))
    return redirect("accounts:tokens")
