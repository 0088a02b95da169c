"""A member's shelf: the page of it, and putting copies there, correcting them and taking them off."""

from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.requests import MemberRequest
from accounts.views.keeping import kept_page
from accounts.views.posting import gone_before, gone_to
from config.keeping import Tags
from films.addresses import film_at
from films.choices import Choices
from films.freshness import about
from films.models import Film
from reviews.actions.owning import add_once, change_copy, drop_copy
from reviews.days import EARLIEST
from reviews.models import OwnedCopy
from reviews.models.owned_copy import CopyKind
from reviews.owning_forms import CopyForm
from reviews.pages import one_of, page_of
from reviews.parts import OF_OWN_SHELF, OF_SHELF, part_of
from reviews.shelf import RUNS, SORTS, numbers_of, shelf_of
from reviews.views.member import between_us, head, member_or_redirect

A_PAGE: Final = 40


@require_safe
def shelf(request: HttpRequest, username: str) -> HttpResponse:
    """All copies, or the part that the address asks for (reviews/parts.py), in one of several orders."""
    member = member_or_redirect(request, username)
    if isinstance(member, HttpResponse):
        return member
    top = head(request, member)
    if not top["shows_shelf"]:
        raise Http404(_("This shelf is private."))

    def make() -> tuple[dict[str, Any], Tags]:
        page = _page(request, member, mine=top["mine"])
        return top | page, (*between_us(request, member), *about(row.film_id for row in page["rows"]))

    return kept_page(request, "reviews/member_shelf.html", make)


def _page(request: HttpRequest, member: User, *, mine: bool) -> dict[str, Any]:
    notices: list[str] = []
    part = part_of(request.GET, OF_OWN_SHELF if mine else OF_SHELF, notices)
    for notice in notices:
        messages.info(request, notice)
    sort = one_of(request, "sort", SORTS) or "added"
    copies = shelf_of(member, request.user).filter(*part.conditions)
    asked = {name: request.GET.get(name, "") for name in ("kind", "genre", "decade", "lent")}
    return {
        "kind": "shelf",
        "only": part.said,
        "sort": sort,
        "sorts": SORTS,
        "asked": asked,
        "kinds": CopyKind.choices,
        "genres": Choices.load().names["genre"],
        "decades": _decades(),
        "numbers": numbers_of(copies),
    } | page_of(request, copies, size=A_PAGE, runs=RUNS[sort])


def _decades() -> list[tuple[str, str]]:
    """From this one back to the first of films."""
    years = range(timezone.localdate().year // 10 * 10, EARLIEST.year - 10, -10)
    return [(str(year), _("%(decade)ss") % {"decade": year}) for year in years]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: MemberRequest, slug: str) -> HttpResponse:
    """Put a copy of a film on one's shelf."""
    film = film_at(slug, Film.objects.defer("search_text"))
    if request.method != "POST":
        if film.slug != slug:
            return redirect("films:shelf", film.slug, permanent=True)
        return _form(request, film, CopyForm())
    form = CopyForm(request.POST)
    if form.is_valid():
        try:
            add_once(member=request.user, film=film, **form.said())
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("%(film)s is on your shelf.") % {"film": film})
            return redirect(f"{film.get_absolute_url()}#shelf")
    return _form(request, film, form)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: MemberRequest, copy_id: int) -> HttpResponse:
    """Correct a copy; with `back` posted alone, nobody has it on loan any more."""
    copy = _own(request, copy_id)
    if copy is None:
        raise Http404
    if request.method != "POST":
        return _form(request, copy.film, CopyForm.of(copy), copy)
    if "back" in request.POST:
        change_copy(member=request.user, copy=copy, lent_to="")
        messages.success(request, _("%(film)s is back on your shelf.") % {"film": copy.film})
        return redirect("reviews:member_shelf", request.user.username)
    form = CopyForm(request.POST)
    if form.is_valid():
        try:
            change_copy(member=request.user, copy=copy, **form.said())
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Your shelf is corrected."))
            return redirect("reviews:member_shelf", request.user.username)
    return _form(request, copy.film, form, copy)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: MemberRequest, copy_id: int) -> HttpResponse:
    copy = _own(request, copy_id)
    if copy is None:
        return gone_before(request)
    if request.method != "POST":
        return render(request, "reviews/delete_copy.html", {"copy": copy})
    drop_copy(member=request.user, copy=copy)
    messages.success(request, _("%(film)s is off your shelf.") % {"film": copy.film})
    return gone_to(request, reverse("reviews:member_shelf", args=[request.user.username]))


def _own(request: MemberRequest, copy_id: int) -> OwnedCopy | None:
    """Nothing for a copy of somebody else's, as for none."""
    return OwnedCopy.objects.filter(member=request.user, pk=copy_id).select_related("film").first()


def _form(request: MemberRequest, film: Film, form: CopyForm, copy: OwnedCopy | None = None) -> HttpResponse:
    context = {"film": film, "form": form, "copy": copy}
    return render(request, "reviews/copy.html", context, status=422 if form.errors else 200)
