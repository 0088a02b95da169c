"""A member's own note on a film, and all notes of theirs. Nobody else is shown any."""

from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import MemberRequest
from films.addresses import film_at
from films.models import Film
from reviews.actions.jotting import StalePrivateNote, delete_note, keep_note
from reviews.forms import PrivateNoteForm
from reviews.models import PrivateNote
from reviews.pages import page_of
from reviews.private_notes import notes_of
from reviews.views.writing import gone

A_PAGE: Final = 20


@login_required
@require_safe
def notes(request: MemberRequest) -> HttpResponse:
    """All of them, what was changed last first; with `q` those that have these words."""
    query = request.GET.get("q", "").strip()[:200]
    page = page_of(request, notes_of(request.user, query), "updated_at", "id", size=A_PAGE)
    return render(request, "reviews/private_notes.html", page | {"query": query})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def note(request: MemberRequest, slug: str) -> HttpResponse:
    """One of them: written, changed, or deleted by leaving nothing of it. `list`: whoever came from all of them."""
    try:
        film = film_at(slug)
    except Http404:
        return gone(request)
    if request.method == "POST":
        return _written(request, film)
    if film.slug != slug:
        return redirect("films:note", film.slug, permanent=True)
    own = PrivateNote.objects.visible_to(request.user).filter(film=film).first()
    return _page(request, film, PrivateNoteForm.of(own), {"note": own})


def _written(request: MemberRequest, film: Film) -> HttpResponse:
    form = PrivateNoteForm(request.POST)
    if form.is_valid():
        try:
            messages.success(request, _write(request, film, form))
        except StalePrivateNote as stale:
            return _both(request, film, form, stale)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            return redirect("reviews:notes") if "list" in request.POST else redirect(f"{film.get_absolute_url()}#note")
    return _page(request, film, form, {}, status=422)


def _write(request: MemberRequest, film: Film, form: PrivateNoteForm) -> str:
    """What was done, in a sentence."""
    version = form.cleaned_data["version"]
    if form.cleaned_data["body"] and "delete" not in request.POST:
        keep_note(member=request.user, film=film, body=form.cleaned_data["body"], version=version)
        return _("Your note is kept. Only you can see it.")
    delete_note(member=request.user, film=film, version=version)
    return _("You have no note on this film now.")


def _both(request: MemberRequest, film: Film, form: PrivateNoteForm, stale: StalePrivateNote) -> HttpResponse:
    """What was typed, ready to be saved over what is kept now, and that beside it."""
    form.add_error(None, _("%(stale)s Compare the two, then save again.") % {"stale": stale})
    form.data = request.POST.copy()
    form.data["version"] = str(stale.note.version if stale.note else 0)
    return _page(request, film, form, {"newer": stale.note, "was_deleted": stale.note is None}, status=409)


def _page(
    request: MemberRequest, film: Film, form: PrivateNoteForm, more: dict[str, Any], status: int = 200
) -> HttpResponse:
    asked = request.POST if request.method == "POST" else request.GET
    context = {"film": film, "form": form, "from_list": "list" in asked} | more
    return render(request, "reviews/private_note.html", context, status=status)
