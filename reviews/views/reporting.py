"""Asking the moderators to look at something, and what became of it."""

from collections.abc import Callable
from functools import partial
from typing import Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import MemberRequest
from films.addresses import film_at
from films.models import Film
from reviews.actions import reporting
from reviews.actions.reporting import about_field, report
from reviews.cases import reportable_member, reports_of, told
from reviews.forms import ReportForm
from reviews.models import Comment, Essay, FilmList, Quotation, Report, Review, Seat, Tip
from reviews.models.case import Reported
from reviews.trust import LimitReached
from reviews.views.doors import closed, look, private

A_PAGE: Final = 20


@login_required
@require_http_methods(["GET", "POST"])
def report_review(request: MemberRequest, review_id: int) -> HttpResponse:
    seen = Review.objects.visible_to(request.user).select_related("member", "film")
    return page(request, get_object_or_404(seen, pk=review_id))


@login_required
@require_http_methods(["GET", "POST"])
def report_comment(request: MemberRequest, comment_id: int) -> HttpResponse:
    standing = Comment.objects.standing().visible_to(request.user)
    subjects = ("review__film", "review__member", "film_list", "article", "film", "essay")
    return page(request, get_object_or_404(standing.select_related("member", *subjects), pk=comment_id))


@login_required
@require_http_methods(["GET", "POST"])
def report_list(request: MemberRequest, list_id: int) -> HttpResponse:
    seen = FilmList.objects.visible_to(request.user).select_related("member")
    return page(request, get_object_or_404(seen, pk=list_id))


@login_required
@require_http_methods(["GET", "POST"])
def report_essay(request: MemberRequest, essay_id: int) -> HttpResponse:
    seen = Essay.objects.visible_to(request.user).select_related("member")
    return page(request, get_object_or_404(seen, pk=essay_id))


@login_required
@require_http_methods(["GET", "POST"])
def report_tip(request: MemberRequest, tip_id: int) -> HttpResponse:
    received = Tip.objects.visible_to(request.user).filter(to=request.user)
    return page(request, get_object_or_404(received.select_related("member", "film"), pk=tip_id))


@login_required
@require_http_methods(["GET", "POST"])
def report_member(request: MemberRequest, username: str) -> HttpResponse:
    return page(request, reportable_member(request.user, username))


@login_required
@require_http_methods(["GET", "POST"])
def report_film(request: MemberRequest, slug: str) -> HttpResponse:
    film = film_at(slug, Film.objects.defer("search_text"))
    if film.slug != slug and request.method == "GET":
        return redirect("films:report_film", film.slug, permanent=True)
    return page(request, film)


@login_required
@require_http_methods(["GET", "POST"])
def report_name(request: MemberRequest, key: str, number: int | None = None) -> HttpResponse:
    """What a guest at the table calls themselves, or without a seat's number the name of the evening."""
    sitting = look(request, key)
    if sitting is None or sitting.seat_id is None:
        return closed(request)
    mine = get_object_or_404(Seat.objects.select_related("member"), pk=sitting.seat_id)
    evening = sitting.evening
    whose = None if number is None else get_object_or_404(Seat, evening=evening, number=number, member=None)
    kind = Quotation.Kind.EVENING if whose is None else Quotation.Kind.GUEST
    about = Quotation(kind=kind, words=evening.name if whose is None else whose.guest_name)
    if not about.words:
        return closed(request)
    send = partial(reporting.report_name, seat=mine, whose=whose)
    return private(page(request, about, send, back=evening.get_absolute_url()))


def page(
    request: MemberRequest, about: Reported, send: Callable[..., Report] | None = None, back: str = ""
) -> HttpResponse:
    kind = about_field(about)
    send = send or partial(report, member=request.user, about=about)
    back = back or about.get_absolute_url()  # type: ignore[union-attr]  # a quotation comes with one
    form = ReportForm(kind, request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                send(**form.cleaned_data)
            except LimitReached as refusal:
                status = 429
                form.add_error(None, refusal)
            except ValidationError as refusal:
                form.add_error(None, refusal)
            except PermissionDenied as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("Thank you. A moderator will look at it. You read here what became of it."))
                return redirect("reviews:my_reports")
    return render(
        request, "reviews/report.html", {"form": form, "about": about, "kind": kind, "back": back}, status=status
    )


@login_required
@require_safe
def my_reports(request: MemberRequest) -> HttpResponse:
    shown = Paginator(reports_of(request.user), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "reviews/my_reports.html", {"page": shown, "rows": told(shown, request.user)})
