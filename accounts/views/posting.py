"""What the views of forms share that have no page of their own."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

View = Callable[..., HttpResponse]


def posted_from(page: str, *keeping: str) -> Callable[[View], View]:
    """For a view that only takes a form: whoever arrives there otherwise is led to the page that the form is on.

    That happens to everybody whose session had ended when they sent it: after logging in, they are sent back here.
    `page` is the name of that page's address, `keeping` what of the view's own address it takes.
    """

    def decorate(view: View) -> View:
        @require_http_methods(["GET", "HEAD", "POST"])
        @wraps(view)
        def answer(request: HttpRequest, **address: object) -> HttpResponse:
            if request.method == "POST":
                return view(request, **address)
            return redirect(page, *(address[name] for name in keeping))

        return answer

    return decorate


def gone_to(request: HttpRequest, place: str) -> HttpResponse:
    """The answer to a form that deleted something; the session remembers it for a second press of the button."""
    request.session["gone"] = [request.path, place]
    return redirect(place)


def gone_before(request: HttpRequest) -> HttpResponse:
    """The answer to a form that deletes what is not there: where it led a moment ago. Raises Http404 for all else."""
    path, place = request.session.get("gone") or ("", "")
    if request.method != "POST" or path != request.path:
        raise Http404
    return redirect(place)


def posted_by_programs(view: View) -> View:
    """For an address that is signed or a secret, does one harmless thing, and heeds no session: what is posted to it
    carries no token.

    Mail programs post so by themselves, without cookies, when somebody presses "unsubscribe" (RFC 8058), and so do the
    players that members have at home. tests/test_architecture.py lists who may use it.
    """

    @wraps(view)
    def answer(request: HttpRequest, **address: object) -> HttpResponse:
        return view(request, **address)

    answer.csrf_exempt = True  # type: ignore[attr-defined]  # the mark that Django's middleware looks for
    return answer
