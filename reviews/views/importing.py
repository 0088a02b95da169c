"""Bringing what one has elsewhere: uploading it, looking at what it would do, taking it in, undoing it."""

from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import MemberRequest
from accounts.views.posting import posted_from
from films.addresses import film_at
from films.finding import best_films
from films.paging import Run
from films.search import as_typed
from reviews.actions import importing as actions
from reviews.import_forms import ImportForm
from reviews.import_progress import progress_of
from reviews.imports import candidates_of, counts_of, dress, imports_of, kept_of, rows_of, tabs
from reviews.models import Import, ImportRow
from reviews.pages import one_of, page_of
from reviews.search import Kind, with_card

A_PAGE: Final = 25
FOUND: Final = 8
BY_NUMBER: Final = [Run(("id",), descending=False)]


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def imports(request: MemberRequest) -> HttpResponse:
    """A form for a file, and the imports there are."""
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            made = actions.start_import(
                member=request.user, name=file.name, content=file.read(), visibility=form.cleaned_data["visibility"]
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            return redirect("reviews:import", made.pk)
    context = {"form": form, "import_form": form, "imports": imports_of(request.user)[: actions.MOST_KEPT]}
    return render(request, "reviews/imports.html", context, status=422 if form.errors else 200)


def _mine(request: MemberRequest, import_id: int) -> Import:
    found = get_object_or_404(Import.objects.visible_to(request.user).defer("file"), pk=import_id)
    found.member = request.user
    return found


@login_required
@never_cache
@require_safe
def show(request: MemberRequest, import_id: int) -> HttpResponse:
    """How far it is, what it would do or did, row by row; `?verdict=` shows only such rows."""
    importing = _mine(request, import_id)
    context: dict[str, Any]
    if importing.is_under_way:
        part = "#progress" if request.htmx else ""
        context = {"importing": importing, "progress": progress_of(importing)}
        return render(request, f"reviews/import.html{part}", context)
    if request.htmx and request.htmx.target == "progress":
        response = HttpResponse(status=204)
        response["HX-Refresh"] = "true"
        return response
    counts = counts_of(importing)
    verdict = one_of(request, "verdict", counts)
    context = page_of(request, rows_of(importing, verdict), "id", size=A_PAGE, runs=BY_NUMBER)
    dress(importing, context["rows"])
    context |= {
        "importing": importing, "counts": counts, "tabs": tabs(counts), "verdict": verdict,
        "waiting": counts.get("unknown", 0) + counts.get("ambiguous", 0), "rules": Import.Rule.choices,
        "kept": kept_of(importing) if importing.state == Import.State.UNDONE else [],
    }  # fmt: skip
    return render(request, "reviews/import.html", context)


@login_required
@posted_from("reviews:import", "import_id")
def act(request: MemberRequest, import_id: int) -> HttpResponse:
    """`do` says what: rule, take_in, undo, forget."""
    importing, do = _mine(request, import_id), request.POST.get("do", "")
    try:
        if do == "forget":
            actions.forget_import(member=request.user, importing=importing)
            messages.success(request, _("The import is forgotten. What came in by it is still there."))
            return redirect("reviews:imports")
        if do in {"rule", "take_in"} and "rule" in request.POST:
            actions.choose_rule(member=request.user, importing=importing, rule=request.POST["rule"])
        if do == "take_in":
            actions.take_in(member=request.user, importing=importing)
        elif do == "undo":
            actions.undo_import(member=request.user, importing=importing)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect("reviews:import", import_id)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def row(request: MemberRequest, import_id: int, row_id: int) -> HttpResponse:
    """Which film a row is about, and what becomes of it. `q` looks for films."""
    importing = _mine(request, import_id)
    found = get_object_or_404(rows_of(importing), pk=row_id)
    found.importing = importing
    if request.method == "POST":
        return _choose(request, found)
    dress(importing, [found])
    query = " ".join(as_typed(request.GET.get("q", found.title)).split())
    films: list[Any] = list(with_card(best_films(query), Kind.FILMS)[:FOUND]) if query else []
    candidates = candidates_of(found)
    films = [film for film in films if film.pk not in found.candidates]
    context = {"importing": importing, "row": found, "query": query, "found": films, "candidates": candidates,
               "choices": ImportRow.Choice.choices}  # fmt: skip
    return render(request, f"reviews/import_row.html{'#found' if request.htmx else ''}", context)


def _choose(request: MemberRequest, found: ImportRow) -> HttpResponse:
    """Posted: `film`, a slug or "none"; or `choice`."""
    try:
        if (slug := request.POST.get("film", "")) == "none":
            actions.name_film(member=request.user, row=found, film=None)
            messages.success(request, _("It waits until the catalogue has its film."))
        elif slug:
            film = film_at(slug[:120])
            number = actions.name_film(member=request.user, row=found, film=film)
            words = ngettext(
                "%(film)s it is, for %(number)d line of the file.",
                "%(film)s it is, for %(number)d lines of the file.",
                number,
            )
            messages.success(request, words % {"film": film, "number": number})
        else:
            actions.choose_for_row(member=request.user, row=found, choice=request.POST.get("choice", ""))
            messages.success(request, _("That is noted."))
    except Http404:
        messages.error(request, _("This film is not in the catalogue any more."))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect("reviews:import", found.importing_id)
