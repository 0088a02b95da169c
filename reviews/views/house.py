"""What the house itself says: a page about it, pages of its own, and notices that readers put away."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models.sight import is_signed_in
from config.kept_pages import AWAY
from reviews import markup
from reviews.actions import noticing
from reviews.house import house_of, put_away_by
from reviews.models import HouseNotice, HousePage

A_YEAR = 365 * 24 * 3600


@require_safe
def house(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    notices = [each for each in house_of(request).notices if each.stands(now) and each.is_for(request.user)]
    return render(request, "reviews/house.html", {"notices": notices})


@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """In the reader's language, if it is written in that. Somebody who may edit it sees it before it is published."""
    may_edit = request.user.has_perm("reviews.change_housepage")
    rows = HousePage.objects.select_related("original")
    found = get_object_or_404(rows if may_edit else rows.published(), slug=slug)
    if found.original and not may_edit:
        return redirect(found.original)
    if not found.original:
        found = found.in_language(get_language() or "")
    says = markup.excerpt(found.body, kind="article")
    return render(request, "reviews/house_page.html", {"page": found, "words": found.body_html, "says": says})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def put_away(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Put a notice away and go back to the page `next`.

    A visitor does it by a GET too, for the reasons of the house lights: all it changes is what their own pages show.
    """
    standing = HouseNotice.objects.standing().for_viewer(request.user)
    notice = get_object_or_404(standing, pk=notice_id)
    response = render(request, "reviews/_put_away.html") if request.htmx else redirect(_back(request))  # type: ignore[attr-defined]  # django-htmx sets it
    if is_signed_in(request.user):
        if request.method == "POST":
            noticing.put_away(member=request.user, notice=notice)
    elif request.method != "HEAD":
        _remember(request, response, notice)
    return response


def _back(request: HttpRequest) -> str:
    back = request.GET.get("next", "/")
    return back if url_has_allowed_host_and_scheme(back, allowed_hosts=None) else "/"


def _remember(request: HttpRequest, response: HttpResponse, notice: HouseNotice) -> None:
    """In the visitor's cookie, which knows only what is not over: it is part of what their pages are kept under."""
    away = put_away_by(request.user, request)
    kept = [each for each in house_of(request).notices if each.id in away or each.id == notice.pk]
    ends = [each.ends_at for each in kept]
    last = max((end for end in ends if end), default=None)
    lasts = A_YEAR if None in ends or last is None else int((last - timezone.now()).total_seconds()) + 1
    response.set_cookie(
        AWAY,
        "-".join(str(number) for number in sorted({each.id for each in kept})),
        max_age=min(lasts, A_YEAR),
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
