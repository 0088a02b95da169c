"""What a member says is wrong with a film, and what became of it."""

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import MemberRequest
from accounts.views.posting import posted_from
from films import record
from films.actions import TooManyWaiting, suggest_correction, suggest_merge, withdraw_suggestion
from films.addresses import film_at
from films.forms import CorrectionForm, TwinForm
from films.models import Film, Suggestion
from films.telling import Teller

A_PAGE: Final = 20


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def suggest(request: MemberRequest, slug: str) -> HttpResponse:
    film = film_at(slug, Film.objects.defer("search_text"))
    if request.method != "POST":
        if film.slug != slug:
            return redirect("films:suggest", film.slug, permanent=True)
        fact = request.GET.get("fact", "")
        return page(request, film, correction=CorrectionForm(film, initial={"fact": fact}))
    form: CorrectionForm | TwinForm
    if request.POST.get("kind") == Suggestion.Kind.MERGE:
        form = TwinForm(film, request.POST)
        return take(request, film, form, suggest_merge, twin=form)
    form = CorrectionForm(film, request.POST)
    return take(request, film, form, suggest_correction, correction=form)


def take(request: MemberRequest, film: Film, form: Any, act: Callable[..., Suggestion], **forms: Any) -> HttpResponse:
    status = 422
    if form.is_valid():
        try:
            act(member=request.user, film=film, **form.cleaned_data)
        except TooManyWaiting as refusal:
            status = 429
            form.add_error(None, refusal)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        except PermissionDenied as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Thank you. A curator will look at it, and you read the answer here."))
            return redirect("films:suggestions")
    return page(request, film, status=status, **forms)


def page(request: MemberRequest, film: Film, *, status: int = 200, **forms: Any) -> HttpResponse:
    """Both forms; the one that was sent keeps what was typed."""
    forms = {"correction": CorrectionForm(film), "twin": TwinForm(film)} | forms
    fact = forms["correction"]["fact"].value() or ""
    now = Teller().words(fact, record.read(film, fact)) if record.is_key(fact) else ""
    context = forms | {"film": film, "now": now, "fact": record.label(fact) if now else ""}
    return render(request, "films/suggest.html", context, status=status)


@login_required
@require_safe
def suggestions(request: MemberRequest) -> HttpResponse:
    mine = Suggestion.objects.filter(member=request.user).select_related("film", "twin")
    mine = mine.defer("film__search_text", "twin__search_text")
    shown = Paginator(mine, A_PAGE).get_page(request.GET.get("page"))
    rows = [(row, record.label(row.fact) if record.is_key(row.fact) else "") for row in shown]
    return render(request, "films/suggestions.html", {"page": shown, "rows": rows})


@login_required
@posted_from("films:suggestions")
def withdraw(request: MemberRequest, suggestion_id: int) -> HttpResponse:
    suggestion = get_object_or_404(Suggestion, pk=suggestion_id, member=request.user)
    if withdraw_suggestion(member=request.user, suggestion=suggestion):
        messages.success(request, _("It is taken back."))
    else:
        messages.info(request, _("It was answered already."))
    return redirect("films:suggestions")
