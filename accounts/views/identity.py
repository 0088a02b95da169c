"""The doors of OpenID Connect: allauth's views, and what the house asks of everybody who comes to them.

Only an app whose owner is in good standing is let in, only a member who was asked lets it in, and nobody tries secrets
by the thousand.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import parse_qs, urlsplit

from allauth.core.internal.httpkit import extract_basic_auth
from allauth.idp.oidc import views as allauth_views
from allauth.idp.oidc.models import Token
from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import connection, transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csp import csp_override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.api.throttling import SPAN, address_of, count_request
from accounts.forms import LetInForm
from accounts.mail import tell_of_app
from accounts.models import App, User
from accounts.models.app import ACTING
from accounts.models.token import digest

configuration = require_safe(allauth_views.configuration)
jwks = require_safe(allauth_views.jwks)
_ask = allauth_views.AuthorizationView.as_view(form_class=LetInForm)
Answer = Callable[[HttpRequest], HttpResponse]


@csrf_exempt  # what an app sends here begins nothing; allauth asks for the token when the member answers
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def authorization(request: HttpRequest) -> HttpResponse:
    """Asks a member whether an app may be let in, and sends them back to it with the answer."""
    asked = _asked(request)
    app = _app_called(asked.get("client_id"))
    if "client_id" in asked and app is None:
        told = {"error": {"description": _("This app is not known here, or not let in at present.")}}
        return render(request, "idp/oidc/error.html", told, status=404)
    if app is not None and not _was_let_in(request, app):
        aloud = request.GET.copy()
        aloud.pop("prompt", None)
        return redirect(f"{request.path}?{aloud.urlencode()}")
    response: HttpResponse = _ask(request)
    if app is not None and request.method == "POST" and response.status_code == 302:
        _tell_when_let_in(request, app, response)
    if response.status_code != 200:
        return response
    if app is None or not isinstance(response, TemplateResponse):
        response.status_code = 400  # allauth says what is wrong, as if nothing were
        return response
    if (response.context_data or {})["form"].errors:
        response.status_code = 422
    # The answer of the form leads away to the app, which the policy of all other pages forbids.
    policy: dict[str, Any] = settings.SECURE_CSP
    policy = policy | {"form-action": [*policy["form-action"], _source_of(asked.get("redirect_uri", ""))]}
    return csp_override(policy)(lambda _request: response)(request)


def _asked(request: HttpRequest) -> dict[str, Any]:
    """What the app asked for: in the address at first, and with the member's answer as allauth had signed it."""
    if "request" not in request.POST:
        return request.GET.dict()
    try:
        return dict(Signer().unsign_object(request.POST["request"])[1])
    except BadSignature:
        return {}  # allauth refuses it


def _tell_when_let_in(request: HttpRequest, app: App, response: HttpResponse) -> None:
    """By mail, the first time, as of a token: an open browser is enough to let somebody's app in."""
    member = request.user
    if not isinstance(member, User) or "code" not in parse_qs(urlsplit(response["Location"]).query):
        return
    if not Token.objects.using("default").valid().filter(user=member, client=app).exists():
        tell_of_app(member, app)


def _app_called(client_id: str | None) -> App | None:
    return App.objects.using("default").standing().filter(pk=client_id).select_related("owner").first()


def _was_let_in(request: HttpRequest, app: App) -> bool:
    """Whether `prompt=none` may be heard: allauth would do with what the member allowed to any other app."""
    if "none" not in request.GET.get("prompt", "").split():
        return True
    if not request.user.is_authenticated:
        return True  # allauth refuses it
    allowed: set[str] = set()
    for token in Token.objects.using("default").valid().filter(user=request.user, client=app, type__in=ACTING):
        allowed |= set(token.get_scopes())
    return allowed >= set(request.GET.get("scope", "").split() or app.get_default_scopes())


def _source_of(address: str) -> str:
    """An address to which members are sent back, as Content-Security-Policy names where it is."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else f"{parts.scheme}:"


def _for_apps(view: Answer) -> Answer:
    """An end point that programs call: counted by address, for each call may cost a slow hash."""

    @csrf_exempt  # programs have no session: each call brings the app's own keys
    @never_cache
    @wraps(view)
    def answer(request: HttpRequest) -> HttpResponse:
        now = time.time()
        if count_request(f"identity:{address_of(request)}", int(now // SPAN)) > settings.API_REQUESTS_ANONYMOUS:
            response: HttpResponse = _refused("temporarily_unavailable", _("Too many requests. Try again later."), 429)
            response["Retry-After"] = str(int(SPAN - now % SPAN) + 1)
            return response
        return view(request)

    return answer


def _refused(error: str, description: str, status: int) -> JsonResponse:
    """As RFC 6749 (5.2) says it."""
    return JsonResponse({"error": error, "error_description": description}, status=status)


def _of_standing_apps(view: Answer) -> Answer:
    @wraps(view)
    def answer(request: HttpRequest) -> HttpResponse:
        client_id = extract_basic_auth({"Authorization": request.headers.get("Authorization", "")})[0]
        if _app_called(client_id or request.POST.get("client_id")) is None:
            return _refused("invalid_client", _("This app is not known here, or not let in at present."), 401)
        return view(request)

    return answer


def _one_at_a_time(view: Answer) -> Answer:
    """A code is good once, and so is what renews a key: of two who trade it at once, one finds it used up."""

    @wraps(view)
    def answer(request: HttpRequest) -> HttpResponse:
        traded = digest(request.POST.get("code") or request.POST.get("refresh_token") or "")
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"traded {traded}"])
            return view(request)

    return answer


token = _for_apps(require_POST(_of_standing_apps(_one_at_a_time(allauth_views.token))))
revoke = _for_apps(require_POST(allauth_views.revoke))
userinfo = _for_apps(require_http_methods(["GET", "HEAD", "POST"])(allauth_views.user_info))


@csrf_exempt  # so that programs that post there hear the same 404 as everybody
def left_out(request: HttpRequest) -> HttpResponse:
    """What allauth could do and the house does without: its addresses must have names."""
    raise Http404
