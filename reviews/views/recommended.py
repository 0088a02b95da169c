"""What members recommend to each other: a film to somebody, what came to oneself, and what became of one's own."""

from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import MemberRequest
from accounts.views.posting import gone_before, gone_to, posted_from
from films.addresses import film_at
from films.models import Film
from reviews.actions.rating import mark_film
from reviews.actions.recommending import recommend_film, withdraw_tip
from reviews.forms import MarkForm, TipForm
from reviews.models import Tip
from reviews.pages import page_of
from reviews.tips import (
    attach_outcomes,
    attach_tips,
    films_for,
    given_by,
    heard_by,
    may_be_told_by,
    people_for,
    told_of,
)
from reviews.trust import LimitReached

A_PAGE: Final = 20
LONGEST_QUERY: Final = 60


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def recommend(request: MemberRequest, slug: str) -> HttpResponse:
    """A film to somebody: with `q`, to one of those who are called so. Posted: `to`, a username, and `words`."""
    film = film_at(slug)
    if request.method == "POST":
        return _recommended(request, film)
    if film.slug != slug:
        return redirect("films:recommend", film.slug, permanent=True)
    return _form(request, film, TipForm())


def _recommended(request: MemberRequest, film: Film) -> HttpResponse:
    form, status = TipForm(request.POST), 422
    if form.is_valid():
        to = may_be_told_by(request.user).filter(username__iexact=form.cleaned_data["to"]).first()
        try:
            if to is None:
                raise ValidationError({"to": [_("You cannot recommend films to this member. Choose somebody else.")]})
            recommend_film(member=request.user, to=to, film=film, words=form.cleaned_data["words"])
        except LimitReached as refusal:
            form.add_error(None, refusal)
            status = 429
        except ValidationError as refusal:
            form.add_error(None, refusal)
        except PermissionDenied as refusal:
            form.add_error(None, str(refusal))
        else:
            told = {"film": film, "name": to.name}
            messages.success(request, _("You recommended %(film)s to %(name)s.") % told)
            return redirect("films:recommend", film.slug)
    return _form(request, film, form, status)


def _form(request: MemberRequest, film: Film, form: TipForm, status: int = 200) -> HttpResponse:
    asked = request.POST if request.method == "POST" else request.GET
    query = asked.get("q", "").replace("\0", "").strip()[:LONGEST_QUERY]
    context = {
        "film": film,
        "form": form,
        "query": query,
        "people": people_for(request.user, film, query),
        "told": told_of(request.user, film),
    }
    return render(request, "reviews/recommend.html", context, status=status)


@login_required
@require_safe
def to_you(request: MemberRequest) -> HttpResponse:
    """What others recommend to the reader and they have not seen yet; with `seen` what they have."""
    seen = request.GET.get("seen") == "1"
    page = page_of(request, films_for(request.user, seen=seen), "id", size=A_PAGE)
    attach_tips(request.user, page["rows"])
    return render(request, "reviews/recommended.html", page | {"seen": seen})


@login_required
@require_safe
def by_you(request: MemberRequest) -> HttpResponse:
    """What the reader recommends to others, and what became of it."""
    page = page_of(request, given_by(request.user), "id", size=A_PAGE)
    attach_outcomes(request.user, page["rows"])
    return render(request, "reviews/recommended_by_you.html", page)


@login_required
@require_safe
def show(request: MemberRequest, tip_id: int) -> HttpResponse:
    """One of them alone, for either of the two."""
    tip = get_object_or_404(Tip.objects.visible_to(request.user), pk=tip_id)
    rows: list[Any]
    if tip.member_id == request.user.pk:
        rows = list(given_by(request.user).filter(pk=tip.pk))
        attach_outcomes(request.user, rows)
        return render(request, "reviews/recommended_by_you.html", {"rows": rows, "alone": True})
    rows = list(films_for(request.user).filter(film=tip.film_id))
    if not rows:  # muted or dismissed since
        raise Http404
    attach_tips(request.user, rows)
    return render(request, "reviews/recommended.html", {"rows": rows, "alone": True})


@login_required
@posted_from("reviews:recommended")
def mark(request: MemberRequest, tip_id: int) -> HttpResponse:
    """What the reader makes of a film that is recommended to them, said on the page of all these. Posted as on the
    film's page.
    """
    tip = get_object_or_404(heard_by(request.user).select_related("film"), pk=tip_id)
    form = MarkForm(request.POST)
    refusal = " ".join(str(message) for told in form.errors.values() for message in told)
    if not refusal:
        try:
            mark_film(member=request.user, film=tip.film, **form.changes())
        except ValidationError as refused:
            refusal = " ".join(refused.messages)
    if request.htmx:
        rows: list[Any] = list(films_for(request.user).filter(film=tip.film_id))
        attach_tips(request.user, rows)
        return render(request, "reviews/recommended.html#film", {"row": rows[0], "refusal": refusal})
    if refusal:
        messages.error(request, refusal)
    return redirect("reviews:recommended")


@login_required
@posted_from("reviews:recommended_by_you")
def withdraw(request: MemberRequest, tip_id: int) -> HttpResponse:
    """Taken back. Posted: `film`, where it was done on the page on which that film is recommended."""
    tip = Tip.objects.filter(member=request.user, pk=tip_id).select_related("film", "to").first()
    if tip is None:
        return gone_before(request)
    withdraw_tip(member=request.user, tip=tip)
    told = {"film": tip.film, "name": tip.to.name}
    messages.success(request, _("You no longer recommend %(film)s to %(name)s.") % told)
    by_film = reverse("films:recommend", args=[tip.film.slug])
    return gone_to(request, by_film if "film" in request.POST else reverse("reviews:recommended_by_you"))
