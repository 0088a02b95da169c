"""What members say that a film contains, and of what one wants to be told before one watches."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.freshness import by_tag
from accounts.requests import MemberRequest
from accounts.views.keeping import kept_page
from accounts.views.posting import posted_from
from config.keeping import Tags
from films.addresses import film_at
from films.freshness import tag_of
from films.models import ContentNote, Film
from reviews.actions.guiding import choose_cautions, say_what_it_contains
from reviews.guidance import ENOUGH, guidance_on, own_votes
from reviews.guidance_forms import CautionsForm, GuidanceForm
from reviews.models import Caution, Mark
from reviews.trust import counts_from

PAGE = "reviews/guidance.html"


@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponse:
    film = film_at(slug)
    if film.slug != slug:
        return redirect("films:guidance", film.slug, permanent=True)

    def make() -> tuple[dict[str, Any], Tags]:
        return _shown(request, film, None), (tag_of(film.pk), by_tag(request.user.pk))

    return kept_page(request, PAGE, make)


@login_required
@posted_from("films:guidance", "slug")
def say(request: MemberRequest, slug: str) -> HttpResponse:
    """All that a member says of the film, or nothing any more."""
    film = film_at(slug)
    form = GuidanceForm(ContentNote.objects.all(), request.POST)
    if "nothing" in request.POST:
        say_what_it_contains(member=request.user, film=film, levels={}, notes={})
        messages.success(request, _("You say nothing about this film any more."))
        return redirect("films:guidance", film.slug)
    if form.is_valid():
        try:
            say_what_it_contains(member=request.user, film=film, **form.said())
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            if counts_from(request.user):
                messages.success(
                    request, _("Thank you. What you say is kept, and counts once you have been here for a day.")
                )
            else:
                messages.success(request, _("Thank you. What you say is counted."))
            return redirect("films:guidance", film.slug)
    return render(request, PAGE, _shown(request, film, form), status=422)


def _shown(request: HttpRequest, film: Film, form: GuidanceForm | None) -> dict[str, Any]:
    """`form`: what was sent, where that could not be counted."""
    guidance = guidance_on(film)
    context: dict[str, Any] = {"film": film, "guidance": guidance, "enough": ENOUGH, "form": form}
    if request.user.is_authenticated:
        own = own_votes(request.user, film)
        seen = Mark.objects.watched().filter(member=request.user, film=film)
        context |= {"is_seen": seen.exists(), "has_said": bool(own.levels or own.notes), "counts_from": own.counts_from}
        context["form"] = form or GuidanceForm.of(guidance.notes, own)
    return context


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cautions(request: MemberRequest) -> HttpResponse:
    """Of what the member wants to be told."""
    if request.method == "POST":
        form = CautionsForm(request.POST)
        if form.is_valid():
            choose_cautions(member=request.user, notes=list(form.cleaned_data["notes"]))
            messages.success(request, _("Your choices are saved."))
            return redirect("reviews:cautions")
    else:
        chosen = Caution.objects.visible_to(request.user).values_list("note__slug", flat=True)
        form = CautionsForm(initial={"notes": list(chosen)})
    return render(request, "reviews/cautions.html", {"form": form}, status=422 if form.errors else 200)
