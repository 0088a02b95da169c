"""Writing an essay, changing and deleting one."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.requests import MemberRequest
from accounts.views.posting import gone_before, gone_to
from reviews.actions.composing import StaleEssay, delete_essay, write_essay
from reviews.actions.covering import render_words
from reviews.curtains import opened_for
from reviews.models import Essay
from reviews.views.essay_forms import EssayForm

FORM = "reviews/essay_form.html"


@login_required
@require_http_methods(["GET", "POST"])
def new(request: MemberRequest) -> HttpResponse:
    if request.method == "POST":
        return answer(request, EssayForm(request.POST))
    return shown(request, EssayForm(initial={"films": [request.GET.get("film", "")[:120]]}))


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: MemberRequest, essay_id: int) -> HttpResponse:
    essay = own_essay(request, essay_id)
    if request.method == "GET":
        if essay is None:
            raise Http404
        return shown(request, EssayForm.of(essay), essay)
    form = EssayForm(request.POST)
    if essay is None:  # it was deleted in another window: the words come back
        form.add_error(None, _("This essay is not there any more. Keep your words, and post them anew."))
        return shown(request, form, status=410)
    form.lock_cover(essay)
    return answer(request, form, essay)


def own_essay(request: MemberRequest, essay_id: int) -> Essay | None:
    return opened_for(Essay.objects.filter(member=request.user), request.user).filter(pk=essay_id).first()


def answer(request: MemberRequest, form: EssayForm, essay: Essay | None = None) -> HttpResponse:
    """To what was sent: store it (`do` is post or draft), or show it again: as it will be read (look), with films that
    were looked for (find), or with what was refused or changed meanwhile.
    """
    does = request.POST.get("do", "post")
    is_valid = form.is_valid()
    if does == "find":  # films to tick; nothing is to be put right yet
        form.errors.clear()
        return shown(request, form, essay)
    if is_valid and does == "look":
        return shown(request, form, essay, preview=render_words(form.cleaned_data["body"], kind="essay").rendered)
    if is_valid:
        try:
            written = write_essay(
                member=request.user,
                composition=form.composition(),
                essay=essay,
                version=form.cleaned_data["version"],
                publish=does != "draft",
            )
        except StaleEssay as stale:
            return both_texts(request, form, stale.essay)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            return after(request, written)
    return shown(request, form, essay, status=422)


def after(request: HttpRequest, essay: Essay) -> HttpResponse:
    if not essay.is_draft:
        return redirect(essay)
    messages.success(request, _("Your draft is kept. Only you can see it."))
    return redirect("reviews:edit_essay", essay.pk)


def both_texts(request: HttpRequest, form: EssayForm, stored: Essay) -> HttpResponse:
    """What was typed, ready to be saved over what is stored now, and that beside it."""
    form.add_error(None, _("This essay was changed in another window. Compare the two, then save again."))
    form.data = request.POST.copy()
    form.data["version"] = str(stored.version)
    return shown(request, form, stored, newer=stored, status=409)


def shown(
    request: HttpRequest, form: EssayForm, essay: Essay | None = None, *, status: int = 200, **more: Any
) -> HttpResponse:
    return render(request, FORM, {"form": form, "essay": essay, "picker": form.picker()} | more, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def delete(request: MemberRequest, essay_id: int) -> HttpResponse:
    essay = Essay.objects.filter(member=request.user, pk=essay_id).select_related("member").first()
    if essay is None:
        return gone_before(request)
    if request.method == "GET":
        return render(request, "reviews/delete_essay.html", {"essay": essay})
    delete_essay(member=request.user, essay=essay)
    messages.success(request, _("“%(title)s” is deleted.") % {"title": essay.title})
    return gone_to(request, reverse("reviews:member_essays", args=[request.user.username]))
